package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A published test set, and an orbit. */
class DetestTest {
  /** Orbits turn an error of their period into one that grows with time. */
  private static double allowed(DetestProblem problem) {
    return problem.name().startsWith("D") ? 6000 : 1500;
  }

  /**
   * A method of order p takes about {@code tolerance^(-1/p)} steps: not more than some thousand.
   */
  private static boolean isWorthIt(Solver solver, double tolerance) {
    return tolerance > 0.5 * StrictMath.pow(10, -3 * (solver.order() - 1));
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#adaptiveSolvers")
  void everyProblemIsSolvedToItsTolerance(AdaptiveSolver solver) {
    for (DetestProblem problem : DetestProblem.values()) {
      for (double tolerance : new double[] {1e-3, 1e-6, 1e-9}) {
        if (!isWorthIt(solver, tolerance)) {
          continue;
        }
        Integrator integrator = Integrator.adaptive(solver, Pid.of(tolerance, tolerance));
        Solution solution = integrator.withSaveAt(SaveAt.end()).solve(problem.problem());
        assertEquals(Result.SUCCESS, solution.result());
        double error = problem.error(solution);
        assertTrue(
            error < Math.min(5, allowed(problem) * tolerance),
            () -> problem + " by " + solver.name() + " at " + tolerance + ": " + error);
        assertEquals(List.of(), solution.notes(), () -> problem + " is not stiff");
        assertTrue(solution.statistics().accepted() < 2000, () -> problem + " " + solution);
      }
    }
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
