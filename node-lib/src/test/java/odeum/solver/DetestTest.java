package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Published test sets: Hull, Enright, Fellen and Sedgwick 1972, doi:10.1137/0709052; and orbits.
 */
class DetestTest {
  /** DETEST's class A, all with closed forms at t = 20. */
  enum ClassA {
    A1((t, y, dy) -> dy[0] = -y[0], 1, StrictMath.exp(-20)),
    A2((t, y, dy) -> dy[0] = -y[0] * y[0] * y[0] / 2, 1, 1 / Math.sqrt(21)),
    A3((t, y, dy) -> dy[0] = y[0] * StrictMath.cos(t), 1, StrictMath.exp(StrictMath.sin(20))),
    A4((t, y, dy) -> dy[0] = y[0] / 4 * (1 - y[0] / 20), 1, 20 / (1 + 19 * StrictMath.exp(-5)));

    private final Problem problem;
    private final double expected;

    ClassA(Derivative derivative, double start, double expected) {
      this.problem = Problem.of(OdeTerm.of(1, derivative), Tensor.vector(start), 0, 20);
      this.expected = expected;
    }
  }

  @ParameterizedTest
  @EnumSource
  void classA(ClassA test) {
    for (AdaptiveSolver solver : TestEquation.adaptiveSolvers()) {
      for (double tolerance : new double[] {1e-3, 1e-6, 1e-9}) {
        if (solver.order() == 2 && tolerance < 1e-6) {
          continue; // too many steps
        }
        Integrator integrator = Integrator.adaptive(solver, Pid.of(tolerance, tolerance));
        double error = integrator.solve(test.problem).last("y0") - test.expected;
        assertTrue(
            Math.abs(error) < 300 * tolerance,
            () -> test + " by " + solver.name() + " at " + tolerance + ": " + error);
      }
    }
  }

  /** B1, two species in conflict, over t = 20: scipy's DOP853 at 1e-13. */
  @ParameterizedTest
  @ValueSource(strings = {"dopri5", "tsit5", "dopri8"})
  void conflictingSpecies(String name) {
    OdeTerm species =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              dy[0] = 2 * (y[0] - y[0] * y[1]);
              dy[1] = -(y[1] - y[0] * y[1]);
            });
    Problem problem = Problem.of(species, Tensor.vector(1, 3), 0, 20);
    Solution solution = tight(name).solve(problem);
    assertEquals(0.67618760086, solution.last("y0"), 1e-8);
    assertEquals(0.18608160996, solution.last("y1"), 1e-8);
  }

  /** Arenstorf's orbit of a satellite around earth and moon closes after its period. */
  @ParameterizedTest
  @CsvSource({"dopri5, 1e-4", "tsit5, 1e-4", "dopri8, 1e-5"})
  void arenstorfOrbitCloses(String name, double allowed) {
    double period = 17.0652165601579625588917206249;
    Tensor start = Tensor.vector(0.994, 0, 0, -2.00158510637908252240537862224);
    Problem problem = Problem.of(OdeTerm.of(4, DetestTest::satellite), start, 0, period);
    Solution solution = tight(name).solve(problem);
    assertEquals(Result.SUCCESS, solution.result());
    assertEquals(0.994, solution.last("y0"), allowed);
    assertEquals(0, solution.last("y1"), allowed);
  }

  private static void satellite(double t, double[] y, double[] dy) {
    double moon = 0.012277471;
    double earth = 1 - moon;
    double d1 = (y[0] + moon) * (y[0] + moon) + y[1] * y[1];
    double d2 = (y[0] - earth) * (y[0] - earth) + y[1] * y[1];
    double pull1 = earth / (d1 * Math.sqrt(d1));
    double pull2 = moon / (d2 * Math.sqrt(d2));
    dy[0] = y[2];
    dy[1] = y[3];
    dy[2] = y[0] + 2 * y[3] - pull1 * (y[0] + moon) - pull2 * (y[0] - earth);
    dy[3] = y[1] - 2 * y[2] - (pull1 + pull2) * y[1];
  }

  private static Integrator tight(String name) {
    return switch (Solvers.named(name)) {
      case AdaptiveSolver solver -> Integrator.adaptive(solver, Pid.of(1e-11, 1e-11));
      case Solver other -> throw new AssertionError(other);
    };
  }
}
