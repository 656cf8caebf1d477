package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.apache.commons.math3.exception.MathIllegalStateException;
import org.apache.commons.math3.exception.util.LocalizedFormats;
import org.apache.commons.math3.ode.FirstOrderDifferentialEquations;
import org.apache.commons.math3.ode.nonstiff.HighamHall54Integrator;
import org.apache.commons.math3.ode.nonstiff.ThreeEighthesIntegrator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Black boxes keep what our own solvers keep. */
class CommonsSolverTest {
  private static final String ALL = "odeum.solver.TestEquation#blackBoxes";

  private static Integrator integrator(CommonsSolver solver) {
    return switch (solver) {
      case CommonsSolver.Adaptive adaptive -> Integrator.adaptive(adaptive, Pid.of(1e-9, 1e-11));
      case CommonsSolver.Fixed fixed -> Integrator.fixed(fixed, 1e-3);
    };
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void solvesForwardAndBackward(CommonsSolver solver) {
    for (TestEquation equation : TestEquation.values()) {
      for (Problem problem : List.of(equation.forward(), equation.backward())) {
        if (equation == TestEquation.COUPLED && solver == Solvers.commonsGbs()) {
          continue; // its slopes are all zero at 0, where this solver finds no first step
        }
        Solution solution = integrator(solver).solve(problem);
        assertEquals(Result.SUCCESS, solution.result(), equation + solution.message());
        assertEquals(problem.start(), solution.times()[0]);
        assertEquals(problem.end(), solution.times()[199]);
        double error = equation.error(solution);
        assertTrue(error < 2e-6, () -> equation + ": " + error);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void readsAnyTimeAsIfItHadBeenSaved(CommonsSolver solver) {
    Problem swing = TestEquation.HARMONIC_OSCILLATOR.forward();
    double[] times = {0, 0.01, 2.345, 7.4, 9.999, 10};
    Solution asked = integrator(solver).withSaveAt(SaveAt.times(times)).solve(swing);
    assertArrayEquals(times, asked.times());
    for (SaveAt other : List.of(SaveAt.even(7), SaveAt.steps(), SaveAt.dense())) {
      Solution solution = integrator(solver).withSaveAt(other).solve(swing);
      for (int i = 0; i < times.length; i++) {
        assertEquals(asked.state(i), solution.at(times[i]));
      }
    }
    Solution steps = integrator(solver).withSaveAt(SaveAt.steps()).solve(swing);
    assertEquals(1 + steps.statistics().accepted(), steps.size());
    assertEquals(10, steps.times()[steps.size() - 1]);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void countsAndTellsOfItsSteps(CommonsSolver solver) {
    AtomicLong calls = new AtomicLong();
    OdeTerm term =
        OdeTerm.of(
            1,
            (t, y, dy) -> {
              calls.incrementAndGet();
              dy[0] = y[0] * StrictMath.cos(t);
            });
    List<Double> ends = new ArrayList<>();
    StepListener listener = (t, h, y, k, evaluated) -> ends.add(t + h);
    Solution solution =
        integrator(solver).withListener(listener).solve(Problem.of(term, Tensor.vector(1), 0, 5));
    assertEquals(calls.get(), solution.statistics().evaluations());
    assertEquals(ends.size(), solution.statistics().accepted());
    assertEquals(5, ends.getLast(), 1e-12);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void stopsAtAnEvent(CommonsSolver solver) {
    Event crossing = Event.stop("crossing", (t, y) -> y[0], Event.Direction.FALLING);
    for (Problem problem :
        List.of(
            TestEquation.HARMONIC_OSCILLATOR.forward(),
            TestEquation.HARMONIC_OSCILLATOR.backward())) {
      Solution solution = integrator(solver).withEvents(crossing).solve(problem);
      assertEquals(Result.EVENT, solution.result());
      double expected = problem.start() == 0 ? 0.5 * Math.PI : 1.5 * Math.PI;
      assertEquals(expected, solution.events().getFirst().time(), 1e-7);
      assertEquals(solution.events().getFirst().time(), solution.times()[solution.size() - 1]);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void failuresAreValues(CommonsSolver solver) {
    Problem swing = TestEquation.KEPLER.forward();
    Solution few = integrator(solver).withMaxSteps(3).solve(swing);
    assertEquals(Result.MAX_STEPS_REACHED, few.result());
    assertEquals(3, few.statistics().accepted());
    double end = few.times()[few.size() - 1];
    assertEquals(0, TestEquation.KEPLER.error(end, few.state(few.size() - 1).toArray()), 1e-7);
    assertTrue(few.message().contains(solver.name()), few.message());

    AtomicInteger asked = new AtomicInteger();
    Solution stopped =
        integrator(solver).withInterrupt(() -> asked.incrementAndGet() > 2).solve(swing);
    assertEquals(Result.INTERRUPTED, stopped.result());
    assertEquals(2, stopped.statistics().accepted());

    OdeTerm explosion = OdeTerm.of(1, (t, y, dy) -> dy[0] = y[0] * y[0]);
    Solution late = integrator(solver).solve(Problem.of(explosion, Tensor.vector(1), 0, 2));
    Result expected =
        solver instanceof CommonsSolver.Fixed ? Result.NOT_FINITE : Result.STEP_TOO_SMALL;
    assertEquals(expected, late.result());
    assertTrue(Double.isFinite(late.last("y0")));

    OdeTerm root = OdeTerm.of(1, (t, y, dy) -> dy[0] = -Math.sqrt(1 - t));
    Solution half = integrator(solver).solve(Problem.of(root, Tensor.vector(1), 0, 2));
    assertEquals(Result.NOT_FINITE, half.result(), half.message());
    assertTrue(Double.isFinite(half.last("y0")));
    assertTrue(half.times()[half.size() - 1] <= 1.001);

    Solution none = integrator(solver).solve(Problem.of(root, Tensor.vector(Double.NaN), 0, 1));
    assertEquals(Result.NOT_FINITE, none.result());
    assertEquals(1, integrator(solver).solve(Problem.of(root, Tensor.vector(1), 3, 3)).size());
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theUsersOwnExceptionPasses(CommonsSolver solver) {
    MathIllegalStateException mine = new MathIllegalStateException(LocalizedFormats.INTERNAL_ERROR);
    OdeTerm broken =
        OdeTerm.of(
            1,
            (t, y, dy) -> {
              throw mine;
            });
    Problem problem = Problem.of(broken, Tensor.vector(1), 0, 1);
    assertEquals(
        mine, assertThrows(RuntimeException.class, () -> integrator(solver).solve(problem)));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aPropagatorGoesFromTimeToTime(CommonsSolver solver) {
    propagates(integrator(solver));
  }

  @Test
  void soDoOurOwn() {
    for (Solver solver : TestEquation.generalSolvers()) {
      if (solver.order() > 2) {
        propagates(
            solver instanceof AdaptiveSolver adaptive
                ? Integrator.adaptive(adaptive, Pid.of(1e-9, 1e-11))
                : Integrator.fixed(solver, 1e-3));
      }
    }
  }

  private static void propagates(Integrator integrator) {
    TestEquation equation = TestEquation.KEPLER;
    Propagator propagator = integrator.propagator(equation.term());
    double[] first = null;
    for (int repeat = 0; repeat < 2; repeat++) {
      double[] state = equation.exact(0);
      propagator.restart();
      double[] stops = {0, 0.3, 1, 1, 4, 4.5, 2, 5};
      for (int i = 1; i < stops.length; i++) {
        assertEquals(Result.SUCCESS, propagator.advance(stops[i - 1], stops[i], state));
        double error = equation.error(stops[i], state);
        assertTrue(error < 1e-6, () -> integrator.solver().name() + " " + error);
      }
      first = first == null ? state.clone() : first;
      assertArrayEquals(first, state, "after a restart nothing is remembered");
    }
    assertTrue(propagator.statistics().accepted() > 12);
    double[] broken = {Double.NaN, 0, 0, 0};
    assertEquals(Result.NOT_FINITE, propagator.advance(0, 1, broken));
    Propagator few = integrator.withMaxSteps(2).propagator(equation.term());
    assertEquals(Result.MAX_STEPS_REACHED, few.advance(0, 5, equation.exact(0)));
  }

  @Test
  void aUserWrapsAnyIntegrator() {
    CommonsSolver.Adaptive mine = CommonsSolver.adaptive("mine", 5, HighamHall54Integrator::new);
    CommonsSolver.Fixed old = CommonsSolver.fixed("old", 4, ThreeEighthesIntegrator::new);
    Problem swing = TestEquation.HARMONIC_OSCILLATOR.forward();
    assertEquals(StrictMath.cos(10), Integrator.of(mine).solve(swing).last("y0"), 1e-4);
    assertEquals(StrictMath.cos(10), Integrator.fixed(old, 0.01).solve(swing).last("y0"), 1e-8);
    assertTrue(Integrator.of(mine).solve(swing).summary().startsWith("mine · "));
  }

  @Test
  void fixedStepsAreRefusedWhereTheyCannotBe() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> Integrator.fixed(Solvers.commonsGbs(), 0.1))
            .getMessage();
    assertTrue(message.startsWith("commons:gbs chooses its steps by itself."), message);
    message =
        assertThrows(IllegalArgumentException.class, () -> Integrator.of(Solvers.commonsRk4()))
            .getMessage();
    assertTrue(message.startsWith("commons:rk4 has no error estimate"), message);
  }

  @Test
  void equationsOfCommonsMathAreATerm() {
    FirstOrderDifferentialEquations circle =
        new FirstOrderDifferentialEquations() {
          @Override
          public int getDimension() {
            return 2;
          }

          @Override
          public void computeDerivatives(double t, double[] y, double[] dy) {
            dy[0] = -y[1];
            dy[1] = y[0];
          }
        };
    Problem problem = Problem.of(OdeTerm.of(circle), Tensor.vector(1, 0), 0, 1);
    for (Solver solver : List.of(Solvers.tsit5(), Solvers.commonsGbs())) {
      assertEquals(StrictMath.cos(1), Integrator.of(solver).solve(problem).last("y0"), 1e-6);
    }
  }

  /** Values that do not count change no step, whatever their size. */
  @Test
  void uncontrolledValuesChooseNoSteps() {
    OdeTerm two =
        OdeTerm.of(
            3,
            (t, y, dy) -> {
              dy[0] = y[1];
              dy[1] = -y[0];
              dy[2] = 1e3 * StrictMath.sin(20 * t);
            });
    OdeTerm one = TestEquation.HARMONIC_OSCILLATOR.term();
    List<Solver> adaptive = new ArrayList<>(TestEquation.embeddedSolvers());
    adaptive.add(Solvers.commonsDopri853());
    for (Solver solver : adaptive) {
      Integrator integrator = Integrator.of(solver).withSaveAt(SaveAt.end());
      Problem wide = Problem.of(two, Tensor.vector(1, 0, 0), 0, 10);
      Solution alone = integrator.solve(Problem.of(one, Tensor.vector(1, 0), 0, 10));
      Solution free = integrator.withControlled(2).solve(wide);
      assertEquals(alone.statistics(), free.statistics(), solver.name());
      assertTrue(
          integrator.solve(wide).statistics().accepted() > alone.statistics().accepted(),
          solver.name());
    }
    assertThrows(
        IllegalArgumentException.class, () -> Integrator.of(adaptive.getFirst()).withControlled(0));
  }

  @Test
  void theFirstStepCanBeGiven() {
    for (AdaptiveSolver solver :
        List.of(Solvers.tsit5(), Solvers.dopri8(), Solvers.commonsDopri853())) {
      List<Double> steps = new ArrayList<>();
      StepListener listener = (t, h, y, k, evaluated) -> steps.add(h);
      Integrator integrator = Integrator.of(solver).withFirstStep(0.0125).withListener(listener);
      Solution solution = integrator.solve(TestEquation.KEPLER.backward());
      assertEquals(-0.0125, steps.getFirst(), 1e-15);
      assertTrue(TestEquation.KEPLER.error(solution) < 1e-3);
    }
    assertThrows(
        IllegalArgumentException.class, () -> Integrator.of(Solvers.tsit5()).withFirstStep(-1));
  }
}
