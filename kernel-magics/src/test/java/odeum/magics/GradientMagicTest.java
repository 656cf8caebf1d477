package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.autodiff.Gradient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GradientMagicTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define() {
    notebook.run(
        """
        %%ode lotka
        x' = a*x - b*x*y
        y' = -c*y + d*x*y
        param a = 1.5, b = 1
        const c = 3, d = 1
        init  x = 1, y = 1
        time  0 .. 10
        let   r = x*y\
        """);
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private String message(String cell) {
    return assertThrows(MagicException.class, () -> notebook.run(cell)).getMessage();
  }

  @Test
  void showsATableOneLineAndTheCheck() {
    String text = notebook.cell("%gradient lotka --of x(10) --wrt a,b,x(0) -o g");
    assertEquals(1, notebook.outputs.size());
    String[] lines = text.lines().toArray(String[]::new);
    assertTrue(lines[0].matches(" +value +gradient +finite difference +relative difference"), text);
    assertTrue(lines[2].matches("a +1\\.5 +-?[\\d.]+ +-?[\\d.]+ +\\d\\.\\de-\\d+"), text);
    assertTrue(lines[4].matches("x\\(0\\) +1 .*"), text);
    assertTrue(
        lines[6].matches(
            "x\\(10\\) = [\\d.]+ · tsit5 · adjoint direct \\(derives the very steps that were"
                + " taken\\) · \\d+ evaluations forward · [\\d.]+ m?s"),
        text);
    assertTrue(lines[7].startsWith("check passed"), text);
  }

  @Test
  void theResultIsAGradient() {
    notebook.java("import odeum.autodiff.Gradient;");
    notebook.run("%gradient lotka --of \"last(x)*last(y)\" --wrt a,x(0) -o g -q");
    notebook.java("Gradient h = g; double by = h.of(\"a\"); double start = g.of(\"x(0)\");");
    notebook.run("%solve lotka -p a=1.5001 --rtol 1e-11 --atol 1e-12 -q -o up");
    notebook.run("%solve lotka -p a=1.4999 --rtol 1e-11 --atol 1e-12 -q -o down");
    double expected = notebook.<Double>value("(up.last(\"r\") - down.last(\"r\")) / 2e-4");
    assertEquals(expected, notebook.<Double>value("by"), 1e-4 * Math.abs(expected));
    notebook.run("%solve lotka -q -o sol");
    assertEquals(
        notebook.<Double>value("sol.last(\"r\")"), notebook.<Gradient>value("g").value(), 1e-12);
    assertTrue(notebook.outputs.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lotka --of x(10)",
        "lotka --of \"x(5)^2 + integral(x*y)\" --wrt a,b,x(0),t1 -t 0 8",
        "lotka --of last(r) --wrt a -p a=2,c=2.5 --y0 x=3 -s dopri5 --rtol 1e-8",
        "lotka --of last(x) --wrt a -s rk4 --dt 0.01 --adjoint checkpointed",
        "lotka --of last(x) --wrt a -s commons:gbs",
        "lotka --of last(x) --wrt a --adjoint Adjoint.backsolve().withSeminorm()",
      })
  void theCodeItPrintsGivesEqualBits(String arguments) {
    notebook.java(
        "import odeum.autodiff.Gradient; import odeum.adjoint.*; import odeum.model.*;"
            + " import odeum.solver.*;");
    String code = notebook.cell("%gradient " + arguments + " -o g --code");
    Gradient gradient = notebook.value("g");
    notebook.java(
        code.replace("Gradient g =", "Gradient again =").replace("quantity.check(g)", ""));
    Gradient again = notebook.value("again");
    assertEquals(gradient.value(), again.value());
    assertEquals(gradient.names(), again.names());
    for (String name : gradient.names()) {
      assertEquals(gradient.of(name), again.of(name));
      assertTrue(Double.isFinite(again.of(name)));
    }
  }

  @Test
  void aBlackBoxTakesBacksolveAndSaysWhy() {
    String text = notebook.cell("%gradient lotka --of last(x) -s commons:gbs --rtol 1e-9");
    assertTrue(text.contains("adjoint backsolve (commons:gbs does not show its steps)"), text);
    assertTrue(text.contains("check passed"), text);
  }

  @Test
  void aCheckThatFailsSaysWhatToTry() {
    // Backward in time this decay grows by e^30, and with it the error of the state.
    notebook.run(
        "%%ode stiff\nx' = -k*x*x*x + sin(t) - 30*k*x\nparam k = 1\ninit x = 2\ntime 0 .. 3");
    String text = notebook.cell("%gradient stiff --of last(x) --wrt x(0),k --adjoint backsolve");
    assertTrue(text.contains("CHECK FAILED: by "), text);
    assertTrue(
        text.contains("try: %gradient stiff --of last(x) --wrt x(0),k --adjoint direct"), text);
  }

  @Test
  void aLooseToleranceIsTightenedFirst() {
    String text = notebook.cell("%gradient lotka --of last(x) --rtol 1e-2");
    assertTrue(text.contains("CHECK FAILED: by "), text);
    assertTrue(text.contains("try: %gradient lotka --of last(x) --rtol 1e-5"), text);
  }

  @Test
  void aFailedSolveIsExplained() {
    notebook.run("%%ode blowup\nx' = a*x^2\nparam a = 1\ninit x = 1\ntime 0 .. 2");
    String message = message("%gradient blowup --of last(x)");
    assertTrue(message.startsWith("%gradient blowup: the step size fell below"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "lotka               | %gradient: say what to derive: --of x(10), --of last(x) or --of"
            + " \"integral(x)^2\"",
        "lotka --off last(x) | %gradient: unknown option --off. Did you mean --of? (%gradient? for"
            + " help)",
        "lotka --of x(11)    | %gradient: x(11) reads the solution at t = 11.0, but the span is 0.0"
            + " .. 10.0. Give a span that holds it.",
        "lotka --of last(x) --wrt c | %gradient: 'c' is a constant. To derive by it, make it a"
            + " parameter: param c = 3.0",
        "lotka --of last(x) --wrt x | %gradient: 'x' is a state. The derivative by its start value"
            + " is x(0).",
        "3+4 --of last(x)    | %gradient: '3+4' is a value of type Integer, not a system. Define"
            + " one with %%ode, or give a Problem, a VectorField or Commons Math's"
            + " FirstOrderDifferentialEquations.",
      })
  void saysInOneLineWhatIsWrong(String arguments, String expected) {
    assertEquals(expected, message("%gradient " + arguments));
  }

  @Test
  void aMistakeInTheFormulaHasACaret() {
    assertEquals(
        """
        %gradient lotka --of: 'z' is not a function. Known: sin cos tan exp log sqrt tanh sigmoid \
        abs min max pow.
          x(10) + z(3)
                  ^\
        """,
        message("%gradient lotka --of \"x(10) + z(3)\""));
  }
}
