package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a mistake shows: {@code mistakes.txt} has each body with the report under it. */
class MistakesTest {
  @TestFactory
  Stream<DynamicTest> reports() throws IOException {
    List<String> blocks = List.of(table().strip().split("\n\n"));
    assertTrue(blocks.size() > 60, "the table was read");
    return blocks.stream()
        .map(
            block ->
                DynamicTest.dynamicTest(
                    block.lines().findFirst().orElseThrow(), () -> check(block)));
  }

  private static void check(String block) {
    String body = String.join("\n", block.lines().filter(line -> !line.startsWith("> ")).toList());
    String expected =
        String.join(
            "\n",
            block.lines().filter(line -> line.startsWith("> ")).map(l -> l.substring(2)).toList());
    EquationException mistake = assertThrows(EquationException.class, () -> Ode.parse(body));
    assertEquals(expected, mistake.getMessage());
  }

  private static String table() throws IOException {
    try (InputStream stream = MistakesTest.class.getResourceAsStream("mistakes.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void thePartsOfAReport() {
    String body =
        "x' = a*x - b*x*y\ny' = -c*y + dd*x*y\nparam a = 1.5, b = 1\nconst c = 3, d = 1\ninit x = 1, y = 1";
    EquationException mistake =
        assertThrows(EquationException.class, () -> Ode.parse("lotka", body));
    assertEquals(List.of(2, 13, 2), List.of(mistake.line(), mistake.column(), mistake.length()));
    assertEquals("'dd' is not defined. Known: a b c d x y t. Did you mean 'd'?", mistake.problem());
    assertEquals("  y' = -c*y + dd*x*y\n              ^^", mistake.caret());
    assertEquals(
        "%%ode lotka, line 2: " + mistake.problem() + "\n" + mistake.caret(),
        mistake.report("%%ode lotka"));
    assertEquals(mistake.report("lotka"), mistake.getMessage());
  }

  @Test
  void aCaretStandsUnderWideAndIndentedText() {
    String body = "init x = 1\n \t𝑥₁' = x + foo  # 𝑥";
    EquationException mistake = assertThrows(EquationException.class, () -> Ode.parse(body));
    assertEquals(
        "  𝑥₁' = x + foo  # 𝑥\n            ^^^",
        caretOf("x' = 1\ninit x = 1, 𝑥₁ = 2\n \t𝑥₁' = x + foo  # 𝑥"));
    assertEquals(2, mistake.line());
  }

  private static String caretOf(String body) {
    return assertThrows(EquationException.class, () -> Ode.parse(body)).caret();
  }

  @Test
  void anEmptyBodyIsNotWrittenYet() {
    for (String body : List.of("", "\n \n", "# YOUR CODE HERE", "/// only a comment")) {
      EquationException mistake = assertThrows(EquationException.class, () -> Ode.parse(body));
      assertTrue(mistake.problem().startsWith("Not written yet"), mistake.problem());
      assertEquals("", mistake.caret());
    }
  }
}
