package odeum.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import odeum.file.FileException;
import odeum.file.Json;
import odeum.graph.Tracer;
import odeum.nn.Linear;
import odeum.tensor.RandomKey;

/** Whatever is done to a saved model, loading it gives a model or one clear exception. */
class ModelFileProperties {
  private static final Pattern JSON_VALUE =
      Pattern.compile("\"[^\"]*\"|-?\\d+(\\.\\d+)?(E-?\\d+)?");
  private static final Path FILE = temporary();
  private static int loaded;
  private static int refused;
  private static final byte[] GOOD = good();
  private static final int HEAD = (int) buffer(GOOD).getLong();

  private static Path temporary() {
    try {
      return Files.createTempFile("odeum", ".safetensors");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] good() {
    Linear layer = Linear.of(2, 2);
    Model.of(
            (t, y, p) ->
                Tracer.concatenate(
                        0, List.of(y.slice(0, 1, 2), y.slice(0, 0, 1).pad(0, 0, 1).slice(0, 0, 1)))
                    .plus(layer.apply(p, y).tanh().times(0.5)),
            2,
            layer.initial(RandomKey.of(0)))
        .save(FILE);
    try {
      return Files.readAllBytes(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterContainer
  static void delete() throws IOException {
    // Numbers may change and names may not: a test in which one kind is missing tests nothing.
    assertTrue(loaded > 10 && refused > 500, loaded + " loaded, " + refused + " refused");
    Files.deleteIfExists(FILE);
  }

  @Provide
  Arbitrary<String> values() {
    return Arbitraries.of(
        "-1",
        "0",
        "1",
        "2",
        "7",
        "2147483647",
        "-9223372036854775808",
        "1.5",
        "1e308",
        "\"NaN\"",
        "[]",
        "[2]",
        "[0,1]",
        "{}",
        "true",
        "null",
        "\"\"",
        "\"tanh\"",
        "\"add\"",
        "\"input\"",
        "\"rk4\"",
        "[2147483647]",
        "[65536,65536]",
        "\"constant\"",
        "\"matrix multiply\"");
  }

  @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
  void aChangedValueGivesAModelOrOneException(
      @ForAll @IntRange(max = 100_000) int place, @ForAll @From("values") String value)
      throws IOException {
    String head = new String(GOOD, 8, HEAD, StandardCharsets.UTF_8);
    String json = Json.parse(head).get("__metadata__").get("odeum").text();
    List<MatchResult> matches = JSON_VALUE.matcher(json).results().toList();
    MatchResult changed = matches.get(place % matches.size());
    String wrong = json.substring(0, changed.start()) + value + json.substring(changed.end());
    String wrongHead = head.replace(new Json.Text(json).write(), new Json.Text(wrong).write());
    byte[] bytes = wrongHead.getBytes(StandardCharsets.UTF_8);
    Files.write(
        FILE,
        buffer(new byte[GOOD.length - HEAD + bytes.length])
            .putLong(bytes.length)
            .put(bytes)
            .put(GOOD, 8 + HEAD, GOOD.length - 8 - HEAD)
            .array());
    loadsOrRefuses();
  }

  private static void loadsOrRefuses() {
    try {
      Model model = Model.load(FILE);
      // What was let in can be computed, whatever it computes.
      model.derivative(0, new double[model.names().size()]);
      loaded++;
    } catch (FileException e) {
      assertTrue(e.getMessage().startsWith(FILE + " cannot be read: "), e.getMessage());
      refused++;
    }
  }
}
