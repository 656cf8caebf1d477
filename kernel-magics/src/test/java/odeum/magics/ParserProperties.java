package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ParserProperties {
  @Property(tries = 10_000, seed = "1")
  void anyLineIsACallOrOneLineThatSaysWhyNot(@ForAll("lines") String line) {
    try {
      Parser.parse(ParserTest.USAGE, line, "");
    } catch (MagicException e) {
      assertFalse(e.getMessage().isBlank());
      assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    }
  }

  @Property(tries = 2_000, seed = "2")
  void aLineRebuiltFromACallIsTheSameCall(@ForAll("words") String line) {
    Invocation call;
    try {
      call = Parser.parse(ParserTest.USAGE, line, "");
    } catch (MagicException e) {
      return;
    }
    if (call.has("code")) {
      return;
    }
    String rebuilt = call.with("code", "").substring("%bake ".length());
    Invocation again = Parser.parse(ParserTest.USAGE, rebuilt, "");
    assertEquals(call.arguments(), again.arguments(), rebuilt);
    call.options().forEach((name, value) -> assertEquals(value, again.texts(name), rebuilt));
  }

  @Provide
  Arbitrary<String> words() {
    return Arbitraries.of(
            List.of(
                "sponge",
                "\"a b\"",
                "\"\"",
                "\"-q\"",
                "\"x;\"",
                "\"#\"",
                "f(\"a  b\", 2)",
                "-t 0 -1.5",
                "--heat=\"1 + \\\"\\\\\"",
                "-w a=1, b=2",
                "--plot loss,fit",
                "-O gas",
                "--no-raise",
                "-q",
                ";",
                "# rest"))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(list -> String.join(" ", list));
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> pieces =
        Arbitraries.of(
            List.of(
                " ", " ", " ", "\t", "\"", "\\", ";", "#", "//", "=", ",", "(", ")", "[", "}", "-",
                "--", "-t", "-o", "-q", "--heat", "--oven", "gas", "--plot", "loss", "0", "-1.5",
                "a=1", "x'", "sponge", "f(1, 2)", "\"a b\"", "é", "\u2028", "😀"));
    Arbitrary<String> noise = Arbitraries.strings().all().ofMaxLength(4);
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(9, pieces), net.jqwik.api.Tuple.of(1, noise))
        .list()
        .ofMaxSize(14)
        .map(list -> String.join("", list));
  }
}
