package odeum.magics;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import odeum.display.HtmlTable;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;

/** {@code %envinfo}: what the notebook runs on; writes it to a file, or compares it with one. */
final class EnvInfoMagic implements Magic {
  private static final String LOCK = "odeum.lock";

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
    return Environment.class.getName();
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    if (call.has("lock") && call.has("check")) {
      throw new MagicException("--lock writes the file that --check reads: give one of them");
    }
    boolean named = !call.arguments().isEmpty();
    if (named && !call.has("lock") && !call.has("check")) {
      throw new MagicException("what about %s? Say --lock or --check".formatted(call.arguments()));
    }
    String name = named ? call.arguments().getFirst() : LOCK;
    Path file = kernel.directory().resolve(name);
    Environment here = Environment.here();
    if (call.has("lock")) {
      here.write(file);
      kernel.display(
          MimeBundle.of(
              "%s written: Java, %s jars, seed. Compare elsewhere with %%envinfo --check"
                  .formatted(name, here.jars().size())));
    } else if (call.has("check")) {
      kernel.display(MimeBundle.of(compared(name, here, read(file, name, kernel))));
    } else {
      kernel.display(HtmlTable.bundle("", table(here)));
    }
    if (call.has("code")) {
      kernel.display(MimeBundle.of(code(call, name)));
    }
    call.output().ifPresent(variable -> kernel.declare(variable, resultType(), here));
    return here;
  }

  private static TextTable table(Environment here) {
    TextTable table = TextTable.of("", "");
    for (Map.Entry<String, String> fact : here.facts().entrySet()) {
      table = table.row(fact.getKey(), fact.getValue());
    }
    return table.row("jars", here.jars().size() + " (--lock writes their hashes)");
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

  private static String code(Invocation call, String file) {
    String variable = call.output().orElse("environment");
    String type = Environment.class.getName();
    String path = "Path.of(" + JavaCode.string(file) + ")";
    String more =
        call.has("lock")
            ? "\n%s.write(%s);".formatted(variable, path)
            : call.has("check")
                ? "\n%s.differences(%s.read(%s))".formatted(variable, type, path)
                : "";
    return "%s %s = %1$s.here();%s".formatted(type, variable, more);
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
    return Environment.read(file);
  }
}
