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
import java.util.Map;
import java.util.Optional;

/** An environment as a file of JSON: its facts, and its jars under {@code jars}. */
final class LockFile {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private LockFile() {}

  /** Writes the file whole or not at all. */
  static void write(Path file, Environment environment) {
    Map<String, Object> content = new LinkedHashMap<>(environment.facts());
    content.put("jars", environment.jars());
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
      throw new IllegalArgumentException(
          "The environment cannot be written to %s: %s".formatted(file, e), e);
    }
  }

  static Environment read(Path file) {
    try {
      return parsed(Files.readString(file))
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      file.getFileName() + " was not written by %envinfo --lock"));
    } catch (IOException e) {
      throw new IllegalArgumentException("%s cannot be read: %s".formatted(file, e), e);
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
