package odeum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.autodiff.Gradient;
import odeum.equation.EquationException;
import odeum.equation.Ode;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  private static final Ode DECAY =
      Ode.parse(
          "decay",
          """
          x' = -k*x
          param k = 0.5, s = 2
          const c = 3
          init x = s
          time 1 .. 3
          let r = c*x*k
          """);
  private static final Ode LOTKA =
      Ode.parse(
          "lotka",
          """
          x' = a*x - b*x*y
          y' = -c*y + d*x*y
          param a = 1.5, b = 1, c = 3, d = 1
          init x = 1, y = 1
          time 0 .. 10
          let r = x*y
          """);

  private static Integrator tight() {
    return Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-14));
  }

  /** x(t) = s e^(-k (t-t0)) and the integral of x is s (1 - e^(-k T)) / k. */
  @Test
  void closedFormsOfADecay() {
    double e = Elementary.exp(-0.5 * 2);
    Gradient last =
        Quantity.of(DECAY, "last(x)")
            .withIntegrator(tight())
            .gradient("k", "s", "x(1)", "t0", "t1");
    assertEquals(2 * e, last.value(), 1e-12);
    assertEquals(-2 * 2 * e, last.of("k"), 1e-11);
    assertEquals(e, last.of("s"), 1e-11);
    assertEquals(e, last.of("x(1)"), 1e-11);
    assertEquals(0.5 * 2 * e, last.of("t0"), 1e-11);
    assertEquals(-0.5 * 2 * e, last.of("t1"), 1e-11);
    Gradient sum =
        Quantity.of(DECAY, "integral(x)").withIntegrator(tight()).gradient("k", "s", "t1", "t0");
    assertEquals(2 * (1 - e) / 0.5, sum.value(), 1e-12);
    assertEquals(2 * (2 * e * 0.5 - (1 - e)) / 0.25, sum.of("k"), 1e-10);
    assertEquals((1 - e) / 0.5, sum.of("s"), 1e-11);
    assertEquals(2 * e, sum.of("t1"), 1e-11);
    assertEquals(-2 * e, sum.of("t0"), 1e-11);
  }

  @Test
  void aTimeMayBeComputedAndALetRead() {
    // r(t0 + k) = 3 k s e^(-k k)
    double e = Elementary.exp(-0.25);
    Gradient g = Quantity.of(DECAY, "r(t0 + k)").withIntegrator(tight()).gradient("k", "t0", "t1");
    assertEquals(3 * e, g.value(), 1e-12);
    assertEquals(6 * e * (1 - 2 * 0.25), g.of("k"), 1e-10);
    assertEquals(0, g.of("t0"), 1e-11);
    assertEquals(0, g.of("t1"));
  }

  @Test
  void aFixedTimeDoesNotMoveWithTheEndEvenWhereTheyAreEqual() {
    Gradient g = Quantity.of(DECAY, "x(3) - last(x)").withIntegrator(tight()).gradient("t1", "k");
    assertEquals(0, g.value(), 1e-15);
    assertEquals(0.5 * 2 * Elementary.exp(-1.0), g.of("t1"), 1e-11);
    assertEquals(0, g.of("k"), 1e-12);
  }

  @Test
  void theStartIsReadWithoutASolve() {
    Gradient g = Quantity.of(DECAY, "x(1)^2").gradient("s", "k");
    assertEquals(4, g.value());
    assertEquals(4, g.of("s"), 1e-14);
    assertEquals(0, g.of("k"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x(10)",
        "last(x)",
        "integral(x)",
        "x(10)^2 + integral(x*y)",
        "x(10) + y(2.5)*x(4)",
        "integral(t*r)/(t1 - t0) - a*b",
        "max(x(1), y(1))*sin(r(7))",
        "last(x*y)/integral(1)",
      })
  void agreesWithFiniteDifferences(String formula) {
    for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.checkpointed(), Adjoint.backsolve())) {
      Quantity quantity =
          Quantity.of(LOTKA, formula)
              .withIntegrator(Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-9, 1e-12)))
              .withAdjoint(adjoint);
      GradientCheck check =
          quantity.check(quantity.gradient("a", "b", "c", "d", "x(0)", "y(0)", "t0", "t1"));
      assertTrue(check.passed(), check.toString());
      assertEquals(8, check.rows().size());
    }
  }

  @Test
  void fixedStepsAgreeToTheLastDigits() {
    Quantity quantity =
        Quantity.of(LOTKA, "x(10)^2 + integral(x*y)")
            .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.05));
    GradientCheck check = quantity.check(quantity.gradient());
    assertEquals(List.of("a", "b", "c", "d", "x(0)", "y(0)"), quantity.names());
    assertTrue(check.largest() < 1e-8, check.toString());
  }

  @Test
  void aWrongDerivativeIsNoticed() {
    Quantity quantity = Quantity.of(LOTKA, "x(10)");
    Gradient right = quantity.gradient("a", "x(0)");
    assertTrue(quantity.check(right).passed(), quantity.check(right).toString());
    Gradient wrong =
        Gradient.named(right.value(), right.names(), right.of("a") * 1.01, right.of("x(0)"));
    GradientCheck check = quantity.check(wrong);
    assertFalse(check.passed());
    assertFalse(check.rows().get(0).agrees());
    assertTrue(check.rows().get(1).agrees());
  }

  @Test
  void theValueHasTheBitsOfTheGradient() {
    Quantity quantity = Quantity.of(LOTKA, "x(10)^2 + integral(x*y)");
    assertEquals(quantity.value(), quantity.gradient("a").value());
    assertEquals(10, quantity.solution().times()[1]);
  }

  @Test
  void backwardInTime() {
    Quantity quantity = Quantity.of(DECAY.withSpan(3, 1), "x(2) + integral(x)");
    double e = Elementary.exp(0.5);
    assertEquals(2 * e - 2 * (e * e - 1) / 0.5, quantity.value(), 1e-4);
    GradientCheck check = quantity.check(quantity.gradient("k", "s", "t0", "t1"));
    assertTrue(check.passed(), check.toString());
  }

  @Test
  void aFailedSolveSaysWhy() {
    Ode blowup = Ode.parse("x' = a*x^2\nparam a = 1\ninit x = 1\ntime 0 .. 2");
    Quantity quantity = Quantity.of(blowup, "last(x)");
    String message = assertThrows(IllegalStateException.class, quantity::gradient).getMessage();
    assertTrue(message.startsWith("The step size fell below"), message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x              | x changes over time. Say what is meant: x(10), last(x) or integral(x).  | 1 | 1",
        "2*x(3) + zz    | 'zz' is not defined. Known: a b c d x y r t. Add a line: param zz = 1    | 10 | 2",
        "x(10           | This '(' is never closed.                                               | 2 | 1",
        "lsat(x)        | 'lsat' is not a function. Did you mean 'last'?                          | 1 | 4",
        "x(t)           | Say at which time: x(10), or last(x).                                   | 3 | 1",
        "x(1, 2)        | x is read at one time: x(10), got 2.                                    | 1 | 1",
        "integral(x(1)) | Inside of last and integral everything is at one time: write x, not x(…). | 10 | 1",
        "x(y(1))        | The time at which x is read may not depend on the solution.             | 1 | 1",
        "a + 2          | This does not depend on the solution. It is read by x(10), last(x) or integral(x). | 1 | 5",
        "t*x(1)         | Time has no one value here. The ends of the span are t0 and t1.         | 1 | 1",
        "integral(q)    | 'q' is not defined. Known: a b c d x y r t. Add a line: param q = 1     | 10 | 1",
        "q(10)          | 'q' is not a function. Known: sin cos tan exp log sqrt tanh sigmoid abs min max pow. | 1 | 1",
        "x(1) x(2)      | A sign is missing between 'x(1)' and 'x'. Did you mean x(1)*x?          | 1 | 6",
      })
  void aMistakeHasItsPlace(String formula, String problem, int column, int length) {
    EquationException e = assertThrows(EquationException.class, () -> Quantity.of(LOTKA, formula));
    assertEquals(problem, e.problem());
    assertEquals(column, e.column());
    assertEquals(length, e.length());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x    | 'x' is a state. The derivative by its start value is x(t0).",
        "x(0) | A derivative is taken by the value at the start, t0 = 1.0, not by x(0). Say x(t0).",
        "c    | 'c' is a constant. To derive by it, make it a parameter: param c = 3.0",
        "kk   | There is no 'kk' to derive by. Known: k s x(t0) t0 t1. Did you mean 'k'?",
      })
  void saysWhatItCanBeDerivedBy(String name, String problem) {
    Quantity quantity = Quantity.of(DECAY, "last(x)");
    assertEquals(
        problem,
        assertThrows(IllegalArgumentException.class, () -> quantity.gradient(name)).getMessage());
  }

  @Test
  void aTimeOutsideOfTheSpanIsRefused() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Quantity.of(LOTKA, "x(11)"))
            .getMessage();
    assertTrue(
        message.startsWith("x(11) reads the solution at t = 11.0, but the span is"), message);
  }

  /**
   * A ball falls from h, bounces once with the part e of its speed, and is read in the air: {@code
   * x = e v0 s - g s^2 / 2} with {@code v0 = sqrt(2 g h)} and s the time since the bounce.
   */
  @Test
  void throughAnEventThatChangesTheState() {
    Ode ball =
        Ode.parse(
            """
            x'' = -g
            param g = 8, bounce = 0.5, h = 1
            init x = h, x' = 0
            time 0 .. 0.7
            event x = 0 falling: x' = -bounce*x'
            """);
    Quantity height = Quantity.of(ball, "last(x)").withIntegrator(tight());
    Gradient gradient = height.gradient("bounce", "h", "g", "t1");
    double speed = 4;
    double since = 0.7 - 0.5;
    assertEquals(0.5 * speed * since - 8 * since * since / 2, gradient.value(), 1e-10);
    assertEquals(speed * since, gradient.of("bounce"), 1e-9);
    // v0 grows by 2 with h, the bounce is later by 1/4: d/dh = e (2 s - v0/4) + g s / 4.
    assertEquals(0.5 * (2 * since - 1) + 8 * since / 4, gradient.of("h"), 1e-9);
    // By g: v0 grows by 1/4, the bounce comes earlier by 1/32.
    assertEquals(
        0.5 * (since / 4 + speed / 32) - since * since / 2 - 8 * since / 32,
        gradient.of("g"),
        1e-9);
    assertEquals(0.5 * speed - 8 * since, gradient.of("t1"), 1e-9);
    assertTrue(height.check(gradient).passed());

    // The path under the curve: half of it falls before the bounce.
    double area =
        1 * 0.5 - 8 * 0.125 / 6 + 0.5 * 4 * since * since / 2 - 8 * since * since * since / 6;
    Quantity integral = Quantity.of(ball, "integral(x)").withIntegrator(tight());
    assertEquals(area, integral.value(), 1e-10);
    assertEquals(speed * since * since / 2, integral.gradient("bounce").of("bounce"), 1e-9);
  }
}
