package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;

class EquationProperties {
  private static final Map<String, Double> AT = Map.of("x", 1.25, "y", -0.7, "t", 3.1);

  private static final List<String> PIECES =
      List.of(
          "x' = a*x - b*x*y\n",
          "y'' = -c*y + d*x*sin(t)^2\n",
          "param a = 1.5 in 0..5, b = 1\n",
          "const c = 3, d = 1/c\n",
          "init x = 1, y = a, y' = 0\n",
          "time 0 .. 2*pi\n",
          "let r = x*y, s = r^2\n",
          "event hit: y = 0 falling: stop\n",
          "net f = mlp(2, 3, 1, tanh), g = mlp(1, 2)\n",
          "let (u, v) = g(x + f(y, t))\n",
          "event x = y: v = -v\n",
          "net h = {layer}\n",
          "(x', z') = g(x)\n",
          "mlp(",
          "f(x, y)",
          "relu",
          "u[i]' = 3\n",
          "# BEGIN SOLUTION\n",
          "x' = ...\n",
          "'",
          "''",
          "=",
          "(",
          ")",
          ",",
          "..",
          ".",
          ":",
          "^",
          "-",
          "*",
          "/",
          "+",
          "[",
          "]",
          "{",
          "\"",
          "\t",
          " ",
          "\n",
          "\r\n",
          "x",
          "y",
          "x1",
          "α",
          "₁",
          "𝑥",
          "\u0301",
          "\ud800",
          "\u0000",
          "\u2028",
          "1",
          "0",
          "1e",
          "1e999",
          ".5",
          "sin",
          "max(",
          "in",
          "for",
          "let",
          "param",
          "t",
          "pi",
          "e",
          "%",
          "@",
          "§",
          "²");

  private static long slowest;

  @Property(tries = 2000, edgeCases = EdgeCasesMode.NONE)
  void aPrintedFormulaReadsBackAsItself(@ForAll("formulas") Expression formula) {
    String printed = Text.of(formula);
    Expression read = GrammarTest.read(printed);
    assertEquals(printed, Text.of(read));
    assertEquals(Expressions.value(formula, AT), Expressions.value(read, AT), printed);
  }

  @Provide
  Arbitrary<Expression> formulas() {
    return Formulas.trees(4, true);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void tracedFormulasGiveTheBitsOfNumbers(@ForAll("foldable") Expression formula) {
    String text = Text.of(formula);
    Ode ode = Ode.parse("x' = %s\ny' = 0\ninit x = 0, y = 0".formatted(text));
    assertArrayEquals(
        new double[] {Expressions.value(formula, AT), 0},
        ode.derivative(AT.get("t"), AT.get("x"), AT.get("y")),
        text);
    String let = "let f = %s\nx' = f\ny' = 0\ninit x = 0, y = 0".formatted(text);
    assertEquals(ode.derivative(1, 2, 3)[0], Ode.parse(let).derivative(1, 2, 3)[0]);
  }

  @Provide
  Arbitrary<Expression> foldable() {
    return Formulas.trees(4, false);
  }

  @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
  void anyTextIsReadOrExplained(@ForAll("bodies") String body) {
    long start = System.nanoTime();
    try {
      Ode ode = Ode.parse(body);
      assertTrue(ode.latex().contains("aligned"));
      assertEquals(ode.toString(), Ode.parse(ode.source()).toString());
    } catch (EquationException mistake) {
      checkReport(body, mistake);
    }
    slowest = Math.max(slowest, System.nanoTime() - start);
  }

  private static void checkReport(String body, EquationException mistake) {
    long lines = body.lines().count();
    assertTrue(mistake.line() >= 1 && mistake.line() <= Math.max(1, lines), mistake::getMessage);
    assertTrue(mistake.problem().lines().count() == 1, mistake::getMessage);
    if (!mistake.caret().isEmpty()) {
      assertEquals(2, mistake.caret().lines().count(), mistake::getMessage);
    }
  }

  @AfterContainer
  static void eachEndsFast() {
    assertTrue(slowest < 5_000_000_000L, () -> "slowest: %s ms".formatted(slowest / 1_000_000));
  }

  /** Half of them are whole systems with a few slips, half are heaps of pieces. */
  @Provide
  Arbitrary<String> bodies() {
    Arbitrary<String> pieces = Arbitraries.of(PIECES);
    Arbitrary<String> heaps = pieces.list().ofMaxSize(25).map(list -> String.join("", list));
    String whole = String.join("", PIECES.subList(0, 10));
    Arbitrary<String> slips =
        Combinators.combine(
                Arbitraries.integers().between(0, whole.length()),
                Arbitraries.integers().between(0, 6),
                Arbitraries.oneOf(Arbitraries.just(""), pieces))
            .as((at, cut, piece) -> at + "," + cut + "," + piece)
            .list()
            .ofMaxSize(3)
            .map(slipped -> slipped.stream().reduce(whole, EquationProperties::slip));
    return Arbitraries.oneOf(heaps, slips, slips, Arbitraries.strings().ofMaxLength(80));
  }

  private static String slip(String text, String slip) {
    String[] parts = slip.split(",", 3);
    int at = Math.min(Integer.parseInt(parts[0]), text.length());
    int end = Math.min(at + Integer.parseInt(parts[1]), text.length());
    return text.substring(0, at) + parts[2] + text.substring(end);
  }
}
