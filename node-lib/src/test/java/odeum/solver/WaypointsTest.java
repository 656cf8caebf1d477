package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Times that no step goes over. */
class WaypointsTest {
  private static final String ALL = "odeum.solver.TestEquation#generalSolvers";

  /** 0 before t = 1, 3 until t = 2.5, then -1; the values at the jumps are those after them. */
  private static final OdeTerm STAIRS =
      OdeTerm.of(1, (t, y, dy) -> dy[0] = t < 1 ? 0 : t < 2.5 ? 3 : -1);

  /** The same with the values before them. */
  private static final OdeTerm OTHER_STAIRS =
      OdeTerm.of(1, (t, y, dy) -> dy[0] = t <= 1 ? 0 : t <= 2.5 ? 3 : -1);

  private static double stairs(double t) {
    return t < 1 ? 7 : t < 2.5 ? 7 + 3 * (t - 1) : 11.5 - (t - 2.5);
  }

  private static Integrator integrator(Solver solver) {
    return solver instanceof AdaptiveSolver adaptive
        ? Integrator.adaptive(adaptive, Pid.of(1e-8, 1e-8))
        : Integrator.fixed(solver, 0.3);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void stepTimesAreHitExactly(Solver solver) {
    double[] wanted = {0.3, 1 / 3.0, 2, Math.nextUp(2.0), 4.9, -1, 5, 6};
    List<Double> inside = List.of(0.3, 1 / 3.0, 2.0, Math.nextUp(2.0), 4.9);
    TestEquation equation = TestEquation.BREATHING;
    for (Problem problem : List.of(equation.forward(), equation.backward())) {
      Integrator integrator =
          Integrator.fixed(solver, 0.01).withStepTimes(wanted).withSaveAt(SaveAt.steps());
      Solution solution = integrator.solve(problem);
      List<Double> times = DoubleStream.of(solution.times()).boxed().toList();
      assertTrue(times.containsAll(inside), times::toString);
      assertEquals(times.size(), times.stream().distinct().count());
      assertEquals(problem.end(), times.getLast());
      assertTrue(equation.error(solution) < (solver.order() == 1 ? 0.1 : 1e-3));
    }
  }

  /** Where the slope is constant on both sides, every method is exact. */
  @ParameterizedTest
  @MethodSource(ALL)
  void aStepFunctionIsIntegratedExactly(Solver solver) {
    if (solver.equals(Solvers.kvaerno5())) {
      return; // its third stage lies beyond the step
    }
    SaveAt saveAt = SaveAt.times(0, 0.5, 1, 1.2, 2.5, 2.7, 4);
    Integrator integrator = integrator(solver).withJumpTimes(2.5, 1).withSaveAt(saveAt);
    for (OdeTerm term : List.of(STAIRS, OTHER_STAIRS)) {
      Solution solution = integrator.solve(Problem.of(term, Tensor.vector(7), 0, 4));
      check(solution);
      assertTrue(solution.statistics().rejected() == 0, solution::toString);
      SaveAt back = SaveAt.times(4, 2.7, 2.5, 1.2, 1, 0.5, 0);
      check(integrator.withSaveAt(back).solve(Problem.of(term, Tensor.vector(stairs(4)), 4, 0)));
    }
  }

  private static void check(Solution solution) {
    assertEquals(Result.SUCCESS, solution.result());
    double[] times = solution.times();
    assertEquals(7, times.length);
    for (int i = 0; i < 7; i++) {
      assertEquals(stairs(times[i]), solution.values("y0")[i], 1e-10, "t = " + times[i]);
    }
    for (double t = 0; t < 4; t += 0.13) {
      // The polynomials of vern9 have coefficients of some thousands.
      assertEquals(stairs(t), solution.at(t, "y0"), 1e-10, "t = " + t);
    }
  }

  /** Also where the span begins or ends at a jump. */
  @ParameterizedTest
  @MethodSource(ALL)
  void jumpsAtTheEnds(Solver solver) {
    if (solver.equals(Solvers.kvaerno5())) {
      return; // its third stage lies beyond the step
    }
    for (OdeTerm term : List.of(STAIRS, OTHER_STAIRS)) {
      for (SaveAt saveAt : List.of(SaveAt.end(), SaveAt.even(5), SaveAt.steps())) {
        Integrator integrator = integrator(solver).withJumpTimes(1, 2.5).withSaveAt(saveAt);
        Solution before = integrator.solve(Problem.of(term, Tensor.vector(7), 0, 1));
        assertEquals(7, before.last("y0"));
        assertEquals(1, before.times()[before.size() - 1]);
        Solution back = integrator.solve(Problem.of(term, Tensor.vector(11.5), 4, 2.5));
        assertEquals(13, back.last("y0"), 1e-13);
        assertEquals(2.5, back.times()[back.size() - 1]);
        assertEquals(Result.SUCCESS, back.result());
      }
    }
    Solution after =
        integrator(solver).withJumpTimes(1).solve(Problem.of(STAIRS, Tensor.vector(7), 1, 2));
    assertEquals(10, after.last("y0"), 1e-13);
  }

  /** Told of the jump, a solve takes a fraction of the steps. */
  @Test
  void aJumpToldOfCostsLittle() {
    OdeTerm pushed =
        OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0] + (t < 1 ? 0 : 5 * StrictMath.cos(t)));
    Problem problem = Problem.of(pushed, Tensor.vector(1), 0, 2);
    for (AdaptiveSolver solver : StiffTest.preciseSolvers()) {
      if (solver.equals(Solvers.kvaerno5())) {
        continue; // its third stage lies beyond the step
      }
      Integrator integrator = Integrator.adaptive(solver, Pid.of(1e-8, 1e-8));
      Statistics untold = integrator.solve(problem).statistics();
      Statistics told = integrator.withJumpTimes(1).solve(problem).statistics();
      assertTrue(told.rejected() * 2 <= untold.rejected(), solver.name() + told + untold);
      // With u = y - (cos t + sin t) 5/2, u' = -u after the jump.
      double at = 2.5 * (StrictMath.cos(1) + StrictMath.sin(1));
      double end = 2.5 * (StrictMath.cos(2) + StrictMath.sin(2));
      double exact = end + (StrictMath.exp(-1) - at) * StrictMath.exp(-1);
      assertEquals(
          exact, integrator.withJumpTimes(1).solve(problem).last("y0"), 1e-6, solver.name());
    }
  }

  @Test
  void blackBoxesMindThemToo() {
    for (CommonsSolver solver : TestEquation.blackBoxes()) {
      Integrator integrator =
          solver instanceof CommonsSolver.Adaptive adaptive
              ? Integrator.adaptive(adaptive, Pid.of(1e-8, 1e-8))
              : Integrator.fixed(solver, 0.1);
      integrator = integrator.withJumpTimes(1, 2.5).withSaveAt(SaveAt.steps());
      OdeTerm term =
          OdeTerm.of(1, (t, y, dy) -> dy[0] = t < 1 ? -1 : t < 2.5 ? 3 : -1); // gbs needs a slope
      Solution solution = integrator.solve(Problem.of(term, Tensor.vector(7), 0, 2.5));
      assertEquals(6 + 4.5, solution.last("y0"), 1e-7, solver.name());
      assertEquals(2.5, solution.times()[solution.size() - 1]);
      List<Double> times = new ArrayList<>();
      Arrays.stream(solution.times()).forEach(times::add);
      assertTrue(times.contains(Math.nextDown(1.0)), times::toString);
    }
  }

  /** Any times in any order, some of them twice or a rounding apart. */
  @Test
  void theLegsCoverTheSpan() {
    SplittableRandom random = new SplittableRandom(3);
    for (int repeat = 0; repeat < 1000; repeat++) {
      double start = random.nextInt(-3, 3);
      double end = start + (random.nextBoolean() ? 1 : -1) * random.nextInt(1, 4);
      double direction = Math.signum(end - start);
      Waypoints waypoints = new Waypoints(times(random), times(random));
      double from = start;
      for (Waypoints.Leg leg : waypoints.legs(start, end)) {
        assertTrue((leg.to() - from) * direction > 0, waypoints::toString);
        assertTrue((leg.next() - leg.to()) * direction >= 0);
        from = leg.next();
      }
      assertEquals(end, from);
    }
  }

  private static List<Double> times(SplittableRandom random) {
    List<Double> times = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      double time = random.nextInt(-4, 8) / 2.0;
      times.add(random.nextInt(3) == 0 ? Math.nextUp(time) : time);
    }
    return times;
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#adaptiveSolvers")
  void theSmallestAndTheLargestStepHold(AdaptiveSolver solver) {
    if (solver.order() == 1) {
      return; // needs smaller steps
    }
    TestEquation equation = TestEquation.BREATHING;
    Pid pid = Pid.of(1e-5, 1e-7).withSteps(1e-3, 0.02);
    Solution solution =
        Integrator.adaptive(solver, pid).withSaveAt(SaveAt.steps()).solve(equation.forward());
    assertEquals(Result.SUCCESS, solution.result());
    double[] times = solution.times();
    for (int i = 1; i < times.length - 1; i++) {
      double step = times[i] - times[i - 1];
      assertTrue(step <= 0.02 * (1 + 1e-12) && step >= 1e-3 * (1 - 1e-12), () -> "" + step);
    }
    Pid never = Pid.of(1e-13, 1e-13).withSteps(0.5, 1);
    Solution stuck = Integrator.adaptive(solver, never).solve(TestEquation.KEPLER.forward());
    List<Result> expected = List.of(Result.STEP_TOO_SMALL, Result.NOT_SOLVED);
    assertTrue(expected.contains(stuck.result()), stuck::toString);
    assertArrayEquals(TestEquation.KEPLER.exact(0), stuck.state(0).toArray());
  }
}
