package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import jdk.jshell.JShell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A system shown: typeset, in words, and as Java. */
class DescriptionTest {
  private static final String BODY =
      """
      x'' = -omega^2*x + k_cat*r/2
      y' = x'
      let r = exp(-y)*(x - 1)
      param omega = 1.5, k_cat = 2 in 0..
      const c1 = 1e-9
      init x = omega, x' = 0, y = -1
      event hit: y = 0 falling: stop
      time 0 .. 2*3
      """;

  @Test
  void typeset() {
    assertEquals(
        """
        \\begin{aligned}
        x'' &= -{\\omega}^{2}\\,x + \\frac{k_{\\mathrm{cat}}\\,r}{2} \\\\
        y' &= x' \\\\
        r &= e^{-y}\\,\\left(x - 1\\right) \\\\
        x(0) &= \\omega,\\quad x'(0) = 0,\\quad y(0) = -1 \\\\
        \\omega &= 1.5,\\quad k_{\\mathrm{cat}} = 2,\\quad c_{1} = 10^{-9}
        \\end{aligned}"""
            .indent(0)
            .stripTrailing(),
        Ode.parse(BODY).latex());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '@',
      textBlock =
          """
          a*x*2           @ a\\,x \\cdot 2
          2*3             @ 2 \\cdot 3
          2*x             @ 2\\,x
          (x + y)*t       @ \\left(x + y\\right)\\,t
          x - (y - t)     @ x - \\left(y - t\\right)
          x - -y          @ x - \\left(-y\\right)
          -(x + y)        @ -\\left(x + y\\right)
          --x             @ -\\left(-x\\right)
          x/(y + 1)       @ \\frac{x}{y + 1}
          (x/y)^2         @ {\\left(\\frac{x}{y}\\right)}^{2}
          x^y^2           @ {x}^{{y}^{2}}
          x'^2            @ {x'}^{2}
          sqrt(x + 1)     @ \\sqrt{x + 1}
          abs(x)          @ \\left|x\\right|
          sin(pi*x)^2     @ {\\left(\\sin\\left(\\pi\\,x\\right)\\right)}^{2}
          log(x)          @ \\ln\\left(x\\right)
          max(x, y)       @ \\max\\left(x, y\\right)
          sigmoid(x)      @ \\operatorname{sigmoid}\\left(x\\right)
          1.5e-7*x        @ 1.5 \\cdot 10^{-7}\\,x
          alpha + β + Ω   @ \\alpha + \\beta + \\Omega
          x1 + x_2 + x₃   @ x_{1} + x_{2} + x_{3}
          beta12          @ \\beta_{12}
          growth          @ \\mathrm{growth}
          k_on_2          @ k_{\\mathrm{on},2}
          """)
  void formulas(String formula, String latex) {
    assertEquals(latex.replace("\\\\", "\\"), Latex.formula(GrammarTest.read(formula)));
  }

  @Test
  void inWords() {
    assertEquals(
        """
        spring: 3 states, 2 parameters
          x'' = -omega^2*x + k_cat*r/2
          y' = x'
          let r = exp(-y)*(x - 1)
          event hit: y = 0 falling: stop
          param omega = 1.5, k_cat = 3 in 0..
          const c1 = 1e-9
          init x = omega, x' = 0, y = -2
          time 0 .. 6"""
            .indent(0)
            .stripTrailing(),
        Ode.parse("spring", BODY).with("k_cat", 3).withInitial("y", -2).toString());
  }

  @Test
  void asJava() {
    assertEquals(
        """
        Ode.parse("decay", \"""
            x' = -k*x  # \\\\u0041 \\\"""

            param k = 1
            init x = 2
            \""").with("k", 1e-7).withInitial("x", 3).withSpan(0, 12345678)"""
            .indent(0)
            .stripTrailing()
            .replace("12345678", "1.2345678e7"),
        Ode.parse("decay", "x' = -k*x  # \\u0041 \"\"\"\n\nparam k = 1\ninit x = 2")
            .with("k", 1e-7)
            .withInitial("x", 3)
            .withSpan(0, 12345678)
            .code());
  }

  @Test
  void theJavaMakesTheSameSystem() {
    Ode ode =
        Ode.parse("a \"b\"", BODY + "# \\ \\u0041 \"\"\"\n")
            .with("omega", 0.1)
            .withInitial("x'", 1 / 3.0);
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.eval("import odeum.equation.Ode;");
      var events = shell.eval("var ode = " + ode.code() + ";");
      assertEquals(List.of(), shell.diagnostics(events.getFirst().snippet()).toList());
      String same = "java.util.Arrays.toString(ode.derivative(0, ode.initial().toArray())) + ode";
      String value = shell.eval(same).getFirst().value();
      String expected = Arrays.toString(ode.derivative(0, ode.initial().toArray())) + ode;
      assertEquals(
          expected.replace("\"", "\\\"").replace("\n", "\\n"),
          value.substring(1, value.length() - 1));
    }
  }
}
