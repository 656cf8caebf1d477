package odeum.magics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;

/** {@code %envinfo}: what the notebook runs on; writes it to a file, or compares it with one. */
final class EnvInfoMagic implements Magic {
  private static final String LOCK = "odeum.lock";
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  @Override
  public Usage usage() {
    return new Usage(
        "envinfo",
        false,
        "[FILE]",
        0,
        1,
        "Shows what the notebook runs on; locks it in a file (odeum.lock), or checks it.",
        List.of(
            Option.toggle("lock", "writes JDK, jar hashes and seed to FILE"),
            Option.toggle("check", "compares the environment with FILE")),
        List.of("%envinfo --lock", "%envinfo --check"));
  }

  @Override
  public String resultType() {
    return "java.util.Map<String, String>";
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    if (call.has("lock") && call.has("check")) {
      throw new MagicException("--lock writes the file that --check reads: give one of them");
    }
    if (call.has("code")) {
      throw new MagicException("--code: there is no Java call for this");
    }
    boolean named = !call.arguments().isEmpty();
    if (named && !call.has("lock") && !call.has("check")) {
      throw new MagicException("what about %s? Say --lock or --check".formatted(call.arguments()));
    }
    String name = named ? call.arguments().getFirst() : LOCK;
    Path file = kernel.directory().resolve(name);
    Environment here = Environment.here();
    if (call.has("lock")) {
      write(file, here);
      kernel.display(
          MimeBundle.of(
              "%s written: Java, %s jars, seed. Compare elsewhere with %%envinfo --check"
                  .formatted(name, here.jars().size())));
    } else if (call.has("check")) {
      kernel.display(MimeBundle.of(compared(name, here, read(file, name, kernel))));
    } else {
      kernel.display(MimeBundle.of(text(here)));
    }
    call.output().ifPresent(variable -> kernel.declare(variable, resultType(), here.facts()));
    return here.facts();
  }

  private static String text(Environment here) {
    TextTable table = TextTable.of("", "");
    for (Map.Entry<String, String> fact : here.facts().entrySet()) {
      table = table.row(fact.getKey(), fact.getValue());
    }
    return table.row("jars", here.jars().size() + " (--lock writes their hashes)").text();
  }

  private static String compared(String name, Environment here, Environment locked) {
    List<String> differences = here.differences(locked);
    boolean same = here.facts().get("numbers").equals(locked.facts().get("numbers"));
    String verdict =
        same
            ? "This environment computes the same numbers as the one of " + name + "."
            : "This environment does NOT compute the same numbers as the one of " + name + ".";
    return differences.isEmpty()
        ? verdict + " Nothing differs."
        : verdict + " What differs:\n  " + String.join("\n  ", differences);
  }

  private static void write(Path file, Environment here) {
    Map<String, Object> content = new LinkedHashMap<>(here.facts());
    content.put("jars", here.jars());
    Path folder = file.toAbsolutePath().getParent();
    try {
      Path draft = Files.createTempFile(folder, ".odeum", ".lock");
      try {
        Files.writeString(draft, JSON.writeValueAsString(content) + "\n");
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
      } finally {
        Files.deleteIfExists(draft);
      }
    } catch (IOException e) {
      throw new MagicException("--lock cannot write %s: %s".formatted(file, e));
    }
  }

  private static Environment read(Path file, String name, KernelPort kernel) {
    if (!Files.exists(file)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "there is no file %s in %s. %%envinfo --lock writes one",
              name,
              kernel.directory()));
    }
    try {
      return parsed(Files.readString(file))
          .orElseThrow(() -> new MagicException(name + " was not written by %envinfo --lock"));
    } catch (IOException e) {
      throw new MagicException("%s cannot be read: %s".formatted(name, e.getMessage()));
    }
  }

  private static Optional<Environment> parsed(String text) {
    Map<String, String> facts = new LinkedHashMap<>();
    Map<String, String> jars = new LinkedHashMap<>();
    try {
      JsonNode content = JSON.readTree(text);
      for (Map.Entry<String, JsonNode> entry : content.properties()) {
        if (entry.getValue().isTextual()) {
          facts.put(entry.getKey(), entry.getValue().textValue());
        }
      }
      content.path("jars").properties().forEach(e -> jars.put(e.getKey(), e.getValue().asText()));
    } catch (JsonProcessingException broken) {
      return Optional.empty();
    }
    return facts.containsKey("numbers")
        ? Optional.of(new Environment(facts, jars))
        : Optional.empty();
  }
}
