package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;

import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers computed apart from this library. */
class ReferenceValuesTest {
  @ParameterizedTest
  @CsvSource({
    "euler, 0, 0.5",
    "midpoint, 0.5, 0.625",
    "heun, 0.5, 0.625",
    "ralston, 0.5, 0.625",
    "bosh3, 0.3333333333333333, 0.6041666666666666",
    "rk4, 0.375, 0.6067708333333333",
    "rk4-38, 0.375, 0.6067708333333333",
    "dopri5, 0.3683333333333333, 0.6065364583333333"
  })
  void oneStepOfDecay(String name, double whole, double half) {
    OdeTerm decay = OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0]);
    Solver solver = Solvers.named(name);
    Problem problem = Problem.of(decay, Tensor.vector(1), 0, 1);
    assertEquals(whole, Integrator.fixed(solver, 1).solve(problem).last("y0"), 1e-13);
    assertEquals(half, Integrator.fixed(solver, 0.5).solve(problem, 0, 0.5).last("y0"), 1e-13);
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    assertEquals(whole, tableau.stability(-1), 1e-13);
    assertEquals(half, tableau.stability(-0.5), 1e-13);
  }

  @ParameterizedTest
  @CsvSource({
    "euler, 0.351569039101689, 1.002",
    "midpoint, 0.384015618995821, 1.999",
    "heun, 0.383992785370135, 1.978",
    "ralston, 0.384019898432993, 2",
    "bosh3, 0.383290123742877, 3.009",
    "rk4, 0.383305135532242, 3.960",
    "rk4-38, 0.383304820442342, 4.14",
    "dopri5, 0.383304995862581, 4.926"
  })
  void fiftySteps(String name, double expected, double order) {
    Solver solver = Solvers.named(name);
    assertEquals(expected, breathe(solver, 50).last("y0"), 6e-16 * 1e3);
    double error = TestEquation.BREATHING.errorAtEnd(breathe(solver, 100));
    double errorOfHalf = TestEquation.BREATHING.errorAtEnd(breathe(solver, 200));
    assertEquals(order, Convergence.rate(error, errorOfHalf), 0.15);
  }

  private static Solution breathe(Solver solver, int steps) {
    return Integrator.fixed(solver, 5.0 / steps).solve(TestEquation.BREATHING.forward());
  }

  /** Steps and evaluations of scipy 1.17's RK45, which has the same pair and the same control. */
  @Test
  void lotkaVolterraTakesTheStepsScipyTakes() {
    OdeTerm lotka =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              dy[0] = 1.5 * y[0] - y[0] * y[1];
              dy[1] = -3 * y[1] + y[0] * y[1];
            });
    Problem problem = Problem.of(lotka, Tensor.vector(1, 1), 0, 100);
    Solution solution = Integrator.of(Solvers.dopri5()).solve(problem);
    assertEquals(875, solution.statistics().accepted());
    assertEquals(6032, solution.statistics().evaluations());
    assertEquals(1.49329919, solution.last("y0"), 1e-8);
    assertEquals(0.42458531, solution.last("y1"), 1e-8);
    Solution fine = Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-13, 1e-13)).solve(problem);
    assertEquals(1.49242494, fine.last("y0"), 1e-8);
    assertEquals(0.42488825, fine.last("y1"), 1e-8);
  }

  /** One step of size one is a residual layer, to the bit. */
  @Test
  void eulerIsAResidualNetwork() {
    OdeTerm layer = OdeTerm.of(1, (t, y, dy) -> dy[0] = StrictMath.tanh(0.3 * y[0] - 0.1));
    double state = 0.7;
    for (int i = 0; i < 5; i++) {
      state += StrictMath.tanh(0.3 * state - 0.1);
    }
    Problem problem = Problem.of(layer, Tensor.vector(0.7), 0, 5);
    assertEquals(state, Integrator.fixed(Solvers.euler(), 1).solve(problem).last("y0"));
  }
}
