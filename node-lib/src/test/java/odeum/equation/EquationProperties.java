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
          "event x = 1 rising: x = -x/2, y' = 0\n",
          "w[i]' = (w[i-1] - 2*w[i] + w[i+1])/d^2 + stiff(-w[i]) for i in 1..c\n",
          "init w[i] = sin(2*pi*i/8), w[2] = a\n",
          "boundary w periodic\n",
          "let m = sum(w[i]^2 for i in 1..3) + mean(w)\n",
          "z[j]'' = z[j+1]' for j in 0..4\ninit z[j] = j, z[j]' = 0\n",
          "boundary z = sin(t), insulated\n",
          "boundary z' = 0\n",
          "event z[2] = 1: z[j] = -z[j],\n",
          "event x = y: v = -v\n",
          "net h = {layer}\n",
          "(x', z') = g(x)\n",
          "mlp(",
          "f(x, y)",
          "relu",
          "u[i]' = 3\n",
          "u[i]' = u[i+1] for i in 1..4\n",
          "w[",
          "sum(",
          "stiff(",
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

  /** So many of the pieces are a system. */
  private static final int WHOLE = 18;

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

  @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
  void aGridIsItsPointsWrittenOut(
      @ForAll("foldable") Expression formula, @ForAll("boundaries") String boundary) {
    String grid =
        Text.of(Formulas.renamed(formula, Map.of("x", "u[i-1]", "y", "u[i+2]", "t", "i")));
    String body =
        "u[i]' = %s + t for i in 2..6\ninit u = 0\nboundary u %s".formatted(grid, boundary);
    double[] y = {1.25, -0.7, 3.1, 0.4, 2.5};
    double[] dy = Ode.parse(body).derivative(0.3, y);
    List<String> beyond = BEYOND.get(boundary);
    StringBuilder points = new StringBuilder();
    for (int i = 2; i <= 6; i++) {
      Map<String, String> at =
          Map.of("x", beyond.get(i - 2), "y", beyond.get(i + 1), "t", Integer.toString(i));
      points.append(
          "v%d' = %s + t\ninit v%d = 0\n".formatted(i, Text.of(Formulas.renamed(formula, at)), i));
    }
    assertArrayEquals(Ode.parse(points.toString()).derivative(0.3, y), dy, body);
  }

  /** The values from index 1 to 8 of a grid from 2 to 6. */
  private static final Map<String, List<String>> BEYOND =
      Map.of(
          "periodic", List.of("v6", "v2", "v3", "v4", "v5", "v6", "v2", "v3"),
          "insulated", List.of("v2", "v2", "v3", "v4", "v5", "v6", "v6", "v5"),
          "= sin(t), 7", List.of("sin(t)", "v2", "v3", "v4", "v5", "v6", "7", "7"));

  @Provide
  Arbitrary<String> boundaries() {
    return Arbitraries.of("periodic", "insulated", "= sin(t), 7");
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
    String whole = String.join("", PIECES.subList(0, WHOLE));
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
