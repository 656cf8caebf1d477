package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.term.TracedField;
import org.junit.jupiter.api.Test;

/** Which part of a right-hand side takes implicit steps. */
class StiffTermsTest {
  private static double[] at(Ode ode, TracedField field, double t, double... y) {
    double[] dy = new double[y.length];
    field.open(ode.parameterValues().toArray()).evaluate(t, y, dy);
    return dy;
  }

  @Test
  void markedTermsAreTheImplicitPart() {
    Ode ode =
        Ode.parse(
            """
            u' = stiff(-k*u) + 3*t - (stiff(u^2) - v)
            v' = u*v
            w' = -(1 - stiff(w))
            init u = 1, v = 0, w = 0
            param k = 1000
            """);
    List<TracedField> parts = ode.field().summands();
    assertArrayEquals(new double[] {3 * 2 + 5, 4 * 5, -1}, at(ode, parts.getFirst(), 2, 4, 5, 6));
    assertArrayEquals(new double[] {-4000 - 16, 0, 6}, at(ode, parts.getLast(), 2, 4, 5, 6));
    assertArrayEquals(new double[] {-4000 + 6 - 16 + 5, 20, 5}, ode.derivative(2, 4, 5, 6));
    assertTrue(Ode.parse("x' = -x\ninit x = 1").field().summands().isEmpty());
  }

  @Test
  void aStiffSpringIsImplicitAsAWhole() {
    Ode ode =
        Ode.parse("x'' = stiff(-1e6*x) + sin(t)\ny'' = -y\ninit x = 1, x' = 0, y = 1, y' = 0");
    List<TracedField> parts = ode.field().summands();
    assertArrayEquals(new double[] {0, 0, 9, -8}, at(ode, parts.getFirst(), 0, 3, 7, 8, 9));
    assertArrayEquals(new double[] {7, -3e6, 0, 0}, at(ode, parts.getLast(), 0, 3, 7, 8, 9));
  }

  @Test
  void diffusionOfAGrid() {
    Ode ode =
        Ode.parse(
            "u[i]' = stiff(9*(u[i-1] - 2*u[i] + u[i+1])) + u[i]*(1 - u[i]) for i in 1..3\nboundary u insulated\ninit u = 1");
    List<TracedField> parts = ode.field().summands();
    assertArrayEquals(new double[] {0, -2, -6}, at(ode, parts.getFirst(), 0, 1, 2, 3));
    assertArrayEquals(new double[] {9, 0, -9}, at(ode, parts.getLast(), 0, 1, 2, 3));
    assertEquals(
        "u[i]' = stiff(9*(u[i-1] - 2*u[i] + u[i+1])) + u[i]*(1 - u[i]) for i in 1..3",
        ode.toString().lines().skip(1).findFirst().orElseThrow().strip());
  }

  @Test
  void implicitStepsForTheStiffPartOnly() {
    String body =
        "u' = %s + sin(t)\ninit u = 1\ntime 0 .. 3\nparam k = 1e5"
            .formatted("stiff(-k*(u - cos(t)))");
    Integrator integrator = Integrator.adaptive(Solvers.kencarp4(), Pid.of(1e-6, 1e-8));
    Solution solution = integrator.solve(Ode.parse(body));
    // u = a cos t + b sin t behind the first moments, where -a = -k b + 1 and b = -k a + k.
    double k = 1e5;
    double a = (k * k - 1) / (k * k + 1);
    double b = (1 + a) / k;
    double exact = a * Elementary.cos(3) + b * Elementary.sin(3);
    assertEquals(exact, solution.last("u"), 1e-5);
    assertTrue(solution.statistics().accepted() < 5000, solution::summary);
  }
}
