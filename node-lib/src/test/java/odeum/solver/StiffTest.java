package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Stiff problems with published values. */
class StiffTest {
  /** Every method for stiff systems that takes 1e-6 in some thousand steps. */
  static List<AdaptiveSolver> preciseSolvers() {
    return TestEquation.adaptiveSolvers().stream()
        .filter(s -> s instanceof StagedMethod || s instanceof SwitchingMethod)
        .filter(s -> s.order() > 2)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("preciseSolvers")
  void theStiffSetIsSolvedToItsTolerance(AdaptiveSolver solver) {
    for (StiffProblem problem : StiffProblem.values()) {
      for (double tolerance : new double[] {1e-3, 1e-6}) {
        Solution solution =
            Integrator.adaptive(solver, problem.pid(tolerance))
                .withSaveAt(SaveAt.end())
                .solve(problem.problem());
        assertEquals(Result.SUCCESS, solution.result());
        double error = problem.error(solution);
        assertTrue(error < 300 * tolerance, () -> problem + " at " + tolerance + ": " + error);
        int most = solver.order() == 3 ? 4000 : 1000;
        Statistics work = solution.statistics();
        assertTrue(work.accepted() < most, () -> problem + " at " + tolerance + ": " + work);
        assertTrue(work.rejected() < 150, () -> problem + " at " + tolerance + ": " + work);
      }
    }
  }

  /** Steps follow the tolerance as the order says, or a little less well where it is stiff. */
  @ParameterizedTest
  @ValueSource(strings = {"kvaerno3", "kvaerno5", "rodas5p", "kencarp4"})
  void theStepsFollowTheTolerance(String name) {
    StiffProblem problem = StiffProblem.HIRES;
    double few = steps(name, problem, 1e-5);
    double many = steps(name, problem, 1e-7);
    double power = StrictMath.log(many / few) / StrictMath.log(100);
    // The estimate of an error of order q shrinks with h^q, so h goes with the q-th root.
    double expected = 1.0 / ((OneStepMethod) Solvers.named(name)).errorOrder();
    assertTrue(
        power > expected - 0.05 && power < expected + 0.12,
        () -> few + " and " + many + " steps: " + power + " instead of " + expected);
  }

  private static double steps(String name, StiffProblem problem, double tolerance) {
    AdaptiveSolver solver = (AdaptiveSolver) Solvers.named(name);
    return Integrator.adaptive(solver, problem.pid(tolerance))
        .solve(problem.problem())
        .statistics()
        .accepted();
  }

  @ParameterizedTest
  @CsvSource({"implicit-euler, 200", "implicit-midpoint, 20", "trapezoid, 20"})
  void lowOrdersSolveTheStiffSetRoughly(String name, double allowed) {
    for (StiffProblem problem : List.of(StiffProblem.HIRES, StiffProblem.VAN_DER_POL)) {
      Solution solution =
          Integrator.adaptive((AdaptiveSolver) Solvers.named(name), problem.pid(1e-3))
              .withSaveAt(SaveAt.end())
              .solve(problem.problem());
      assertEquals(Result.SUCCESS, solution.result());
      double error = problem.error(solution);
      assertTrue(error < allowed * 1e-3, () -> problem + ": " + error);
    }
  }

  /** At t = 11 the oscillator has made several turns: scipy's Radau at 1e-12. */
  @ParameterizedTest
  @MethodSource("preciseSolvers")
  void vanDerPolTurnsAgainAndAgain(AdaptiveSolver solver) {
    double tolerance = solver.order() == 3 ? 1e-6 : 1e-8;
    double allowed = 300 * tolerance;
    Solution solution =
        Integrator.adaptive(solver, Pid.of(tolerance, tolerance))
            .withSaveAt(SaveAt.times(2, 11))
            .solve(StiffProblem.VAN_DER_POL.problem(11));
    assertEquals(0.1706167732170483e1, solution.values("y0")[0], allowed);
    assertEquals(-1.590150544829, solution.values("y0")[1], allowed);
    assertEquals(1.040279389212, solution.values("y1")[1], allowed);
  }

  /** Computed apart from this library. */
  @ParameterizedTest
  @MethodSource("preciseSolvers")
  void robertsonAtHundred(AdaptiveSolver solver) {
    Solution solution =
        Integrator.adaptive(solver, Pid.of(1e-7, 1e-12))
            .withSaveAt(SaveAt.end())
            .solve(StiffProblem.ROBERTSON.problem(100));
    assertEquals(0.617234882396, solution.last("y0"), 1e-6);
    assertEquals(6.15359127464e-6, solution.last("y1"), 1e-11);
    assertEquals(0.382758964013, solution.last("y2"), 1e-6);
  }

  /** The same equations as a hand-written derivative, whose Jacobian is found by differences. */
  @ParameterizedTest
  @MethodSource("preciseSolvers")
  void differencesDoAsWell(AdaptiveSolver solver) {
    OdeTerm traced = StiffProblem.ROBERTSON.problem().term();
    OdeTerm plain = OdeTerm.of(3, traced.open());
    Solution solution =
        Integrator.adaptive(solver, Pid.of(1e-6, 1e-12))
            .withSaveAt(SaveAt.end())
            .solve(Problem.of(plain, Tensor.vector(1, 0, 0), 0, 100));
    assertEquals(0.617234882396, solution.last("y0"), 1e-5);
    assertEquals(6.15359127464e-6, solution.last("y1"), 1e-10);
  }

  /** PI and PID keep to tolerances too, with about as many steps. */
  @ParameterizedTest
  @MethodSource("preciseSolvers")
  void everyControlMeetsTheTolerance(AdaptiveSolver solver) {
    for (StiffProblem problem : StiffProblem.values()) {
      Pid pid = problem.pid(1e-5);
      Integrator integral = Integrator.adaptive(solver, pid).withSaveAt(SaveAt.end());
      int steps = integral.solve(problem.problem()).statistics().accepted();
      for (Pid control :
          List.of(pid.withCoefficients(0.4, 0.3, 0), pid.withCoefficients(0.3, 0.3, 0.1))) {
        Solution solution =
            Integrator.adaptive(solver, control).withSaveAt(SaveAt.end()).solve(problem.problem());
        double error = problem.error(solution);
        assertTrue(error < 300 * 1e-5, () -> problem + " with " + control + ": " + error);
        int taken = solution.statistics().accepted();
        assertTrue(taken < 2 * steps, () -> problem + ": " + taken + " of " + steps);
      }
    }
  }

  /**
   * Far behind the fast part, steps are as large as the slow one allows, and no larger: all stages
   * lie on the slow solution, so their differences do not tell, but what is between them would.
   */
  @Test
  void stepsGrowBeyondTheFastPart() {
    OdeTerm relaxation = OdeTerm.of((t, y, p) -> y.minus(t.cos()).times(-1e6).minus(t.sin()), 1);
    for (AdaptiveSolver solver : preciseSolvers()) {
      Problem problem = Problem.of(relaxation, Tensor.vector(2), 0, 10);
      Solution solution = Integrator.of(solver).solve(problem);
      assertEquals(StrictMath.cos(10), solution.last("y0"), 1e-5, solver.name());
      for (double t = 0.1; t < 10; t += 0.03) {
        assertEquals(StrictMath.cos(t), solution.at(t, "y0"), 1e-3, solver.name());
      }
      int most = solver instanceof SwitchingMethod ? 1000 : 400;
      assertTrue(solution.statistics().accepted() < most, solver.name() + solution.statistics());
    }
  }
}
