package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {
  static final Usage USAGE =
      new Usage(
          "bake",
          false,
          "CAKE [TIN]",
          1,
          2,
          "Bakes.",
          List.of(
              Option.of("time", Option.Value.SPAN, "T0 T1", "from when to when").flag("t"),
              Option.of("heat", Option.Value.NUMBER, "H", "how hot").standard("180"),
              Option.of("with", Option.Value.ASSIGNMENTS, "a=1,b=2", "amounts").flag("w"),
              Option.choice("oven", List.of("gas", "electric"), "which oven").flag("O"),
              Option.choices("plot", List.of("loss", "fit", "none"), "figures"),
              Option.toggle("no-raise", "stays calm")),
          List.of("%bake sponge --heat 200"));

  private static Invocation parse(String line) {
    return Parser.parse(USAGE, line, "");
  }

  private static String message(String line) {
    return assertThrows(MagicException.class, () -> parse(line)).getMessage();
  }

  @Test
  void readsOptionsInAllTheirForms() {
    Invocation call = parse("sponge -t 0 -1.5 --heat=2*h --oven gas -w a=-1,b=f(1, 2) -o r -q");
    assertEquals(List.of("sponge"), call.arguments());
    assertEquals(List.of("0", "-1.5"), call.texts("time"));
    assertEquals(Optional.of("2*h"), call.text("heat"));
    assertEquals(Optional.of("a=-1,b=f(1, 2)"), call.text("with"));
    assertEquals(Optional.of("r"), call.output());
    assertTrue(call.quiet());
  }

  @Test
  void keepsQuotesOfJavaAndDropsItsOwn() {
    Invocation call =
        parse("Cake.of(\"x' = -x  # y\") \"big tin\" --heat=\"1 + 1\" # -q is no option");
    assertEquals(List.of("Cake.of(\"x' = -x  # y\")", "big tin"), call.arguments());
    assertEquals(Optional.of("1 + 1"), call.text("heat"));
    assertFalse(call.quiet());
  }

  @Test
  void aValueListMayHaveBlanksAfterItsCommas() {
    assertEquals(Optional.of("a=1,b=2"), parse("sponge -w a=1, b=2").text("with"));
  }

  @Test
  void aSemicolonSilences() {
    assertTrue(parse("sponge;").quiet());
    assertTrue(parse("sponge -t 0 1 ; # done").quiet());
    assertEquals(List.of("a;"), parse("\"a;\"").arguments());
  }

  @Test
  void aValueMayBeginWithAMinusButIsNoOption() {
    assertEquals(List.of("-a", "-2"), parse("sponge -t -a -2").texts("time"));
    assertTrue(message("sponge -t 0 -q").contains("-t needs two values: -t T0 T1"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "sponge --haet 3    | %bake: unknown option --haet. Did you mean --heat? (%bake? for help)",
        "sponge --heat      | %bake: --heat needs a value: --heat H. (%bake? for help)",
        "sponge --heat --code | %bake: --heat needs a value: --heat H. (%bake? for help)",
        "sponge --heat=     | %bake: --heat needs a value: --heat H. (%bake? for help)",
        "a b -w c=1 d=2     | %bake: 'd=2' is one word too many. Join values by commas: a=1,b=2."
            + " Usage: %bake CAKE [TIN]. (%bake? for help)",
        "sponge -q -q       | %bake: -q is given twice. (%bake? for help)",
        "sponge -q=3        | %bake: -q takes no value, got '3'. (%bake? for help)",
        "a b c              | %bake: 'c' is one word too many. Usage: %bake CAKE [TIN]. (%bake? for"
            + " help)",
        "new Cake() tin     | %bake: 'tin' is one word too many. Put Java with spaces in quotes:"
            + " \"new Name(…)\". Usage: %bake CAKE [TIN]. (%bake? for help)",
        "-q                 | %bake: nothing to work on. Usage: %bake CAKE [TIN]. (%bake? for"
            + " help)",
        "sponge -O gaz      | %bake: -O 'gaz' is unknown. Did you mean gas? Known: gas electric."
            + " (%bake? for help)",
        "sponge -o gas      | %bake: -o names the variable for the result, but 'gas' is a value of"
            + " --oven. Did you mean -O gas? (%bake? for help)",
        "sponge -o 2x       | %bake: -o needs the name of a Java variable, got '2x'. (%bake? for"
            + " help)",
        "f(1                | '(' is not closed in: f(1",
        "f)                 | ')' has no '(' before it in: f)",
      })
  void saysInOneLineWhatIsWrong(String line, String expected) {
    assertEquals(expected, message(line));
  }

  @Test
  void repeatsALineWithOneOptionChanged() {
    Invocation call = parse("\"big cake\" -t 0 1 --plot loss,fit -O gas --no-raise");
    assertEquals(
        "%bake \"big cake\" -t 0 1 --plot loss,fit --no-raise -O electric",
        call.with("oven", "electric"));
    assertEquals(
        call.with("oven", "electric"),
        parse(call.with("oven", "electric").substring(6)).with("oven", "electric"));
  }

  @Test
  void helpShowsEachOptionWithItsDefault() {
    String help = USAGE.help();
    assertTrue(help.contains("%bake CAKE [TIN] [options]"), help);
    assertTrue(help.contains("--heat H"), help);
    assertTrue(help.contains("how hot (default 180)"), help);
    assertTrue(help.contains("-o, --output NAME"), help);
    assertTrue(help.contains("%bake sponge --heat 200"), help);
  }
}
