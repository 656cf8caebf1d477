package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every adaptive solver keeps. */
class AdaptiveContractTest {
  private static final String ALL = "odeum.solver.TestEquation#adaptiveSolvers";

  @ParameterizedTest
  @MethodSource(ALL)
  void errorFallsWithTheTolerance(AdaptiveSolver solver) {
    double lowest = solver.order() > 3 ? 1e-10 : solver.order() == 3 ? 1e-8 : 1e-6;
    for (TestEquation equation : TestEquation.values()) {
      double previous = Double.POSITIVE_INFINITY;
      for (double rtol = 1e-4; rtol > lowest / 2; rtol /= 100) {
        double tolerance = rtol;
        double allowed = allowed(solver, rtol);
        Integrator integrator = Integrator.adaptive(solver, Pid.of(rtol, rtol * 1e-2));
        Solution solution = integrator.solve(equation.forward());
        assertEquals(Result.SUCCESS, solution.result());
        double error = error(equation, solver, solution);
        assertTrue(error < allowed, () -> equation + " at " + tolerance + ": " + error);
        assertTrue(error < previous / 5, () -> equation + " at " + tolerance + ": " + error);
        previous = error;
      }
    }
  }

  /** With steps of size h an error of h^2 in each leaves order 1 with h at the end. */
  private static double allowed(Solver solver, double tolerance) {
    if (solver.order() == 1) {
      return 100 * Math.sqrt(tolerance);
    }
    return (solver instanceof StagedMethod ? 2000 : 300) * tolerance;
  }

  /** At all saved times, unless dense output falls short of the method by more than one order. */
  private static double error(TestEquation equation, Solver solver, Solution solution) {
    boolean within = !(solver instanceof StagedMethod m) || m.denseOrder() >= m.order() - 1;
    return within ? equation.error(solution) : equation.errorAtEnd(solution);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void goesBackward(AdaptiveSolver solver) {
    for (TestEquation equation : TestEquation.values()) {
      Integrator integrator = Integrator.adaptive(solver, Pid.of(1e-6, 1e-8));
      double error = error(equation, solver, integrator.solve(equation.backward()));
      double allowed = 10 * allowed(solver, 1e-6);
      assertTrue(error < allowed, () -> equation + ": " + error);
    }
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#stiffSolvers")
  void countsTheEvaluationsOfDifferencesToo(AdaptiveSolver solver) {
    AtomicLong calls = new AtomicLong();
    Derivative derivative =
        (t, y, dy) -> {
          calls.incrementAndGet();
          dy[0] = y[0] * StrictMath.cos(t);
        };
    Problem problem = Problem.of(OdeTerm.of(1, derivative), Tensor.vector(1), 0, 5);
    for (SaveAt saveAt : new SaveAt[] {SaveAt.end(), SaveAt.even(1000)}) {
      calls.set(0);
      Statistics work = Integrator.of(solver).withSaveAt(saveAt).solve(problem).statistics();
      assertEquals(calls.get(), work.evaluations());
    }
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#embeddedSolvers")
  void countsItsEvaluations(AdaptiveSolver solver) {
    AtomicLong calls = new AtomicLong();
    Derivative derivative =
        (t, y, dy) -> {
          calls.incrementAndGet();
          dy[0] = y[0] * StrictMath.cos(t);
        };
    Problem problem = Problem.of(OdeTerm.of(1, derivative), Tensor.vector(1), 0, 5);
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    Integrator integrator = Integrator.of(solver).withSaveAt(SaveAt.end());
    Statistics work = integrator.solve(problem).statistics();
    assertEquals(calls.get(), work.evaluations());
    // The first slope and the guess of the first step; then every step reuses its first stage.
    long attempts = work.accepted() + work.rejected();
    assertEquals(2 + attempts * (tableau.stages() - 1) + closings(tableau, work), calls.get());

    calls.set(0);
    SaveAt within = SaveAt.times(4.999_999_99); // inside the last step only
    Statistics dense = integrator.withSaveAt(within).solve(problem).statistics();
    assertEquals(calls.get(), dense.evaluations());
    int extra = tableau.allStages() - Math.max(tableau.stages(), tableau.closing() + 1);
    int close = tableau.isFirstSameAsLast() ? 0 : 1;
    assertEquals(work.evaluations() + extra + close, calls.get());
  }

  /** Without FSAL the slope at the end of a step is one more evaluation, but not of the last. */
  private static long closings(ButcherTableau tableau, Statistics work) {
    return tableau.isFirstSameAsLast() ? 0 : work.accepted() - 1;
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void givesTheSameBitsTwice(AdaptiveSolver solver) {
    Integrator integrator = Integrator.of(solver);
    Solution first = integrator.solve(TestEquation.KEPLER.forward());
    Solution second = integrator.solve(TestEquation.KEPLER.forward());
    assertEquals(first.statistics(), second.statistics());
    for (String name : first.names()) {
      assertArrayEquals(first.values(name), second.values(name));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void everyControlMeetsTheTolerance(AdaptiveSolver solver) {
    TestEquation equation = TestEquation.KEPLER;
    Pid[] controls = {
      Pid.of(1e-6, 1e-8).withCoefficients(0.4, 0.3, 0),
      Pid.of(1e-6, 1e-8).withCoefficients(0.3, 0.3, 0.1),
      Pid.of(1e-6, 1e-8).withSteps(0, 0.01)
    };
    for (Pid pid : controls) {
      Solution solution = Integrator.adaptive(solver, pid).solve(equation.forward());
      assertEquals(Result.SUCCESS, solution.result());
      double allowed = allowed(solver, 1e-6);
      double error = error(equation, solver, solution);
      assertTrue(error < allowed, () -> pid + ": " + error);
    }
    Solution small =
        Integrator.adaptive(solver, controls[2])
            .withSaveAt(SaveAt.steps())
            .solve(equation.forward());
    double[] times = small.times();
    for (int i = 1; i < times.length - 1; i++) {
      assertTrue(times[i] - times[i - 1] <= 0.01 * (1 + 1e-12));
    }
  }
}
