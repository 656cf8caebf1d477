package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import odeum.graph.Tracer;
import odeum.nonlinear.RootFinder;
import odeum.solver.Event.Direction;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SteadyStateTest {
  private static final double ENDLESS = Double.POSITIVE_INFINITY;
  private static final double RTOL = 1e-4;
  private static final double ATOL = 1e-5;
  private static final Event STEADY = Event.steady("rest", RTOL, ATOL);

  /** x goes to 2 slowly, y to 3 fast. */
  private static final OdeTerm RELAXATION =
      OdeTerm.of(
          (t, y, p) ->
              Tracer.stack(
                  y.get(0).minus(2).times(-0.5),
                  y.get(1).times(y.get(0).plus(1).minus(y.get(1))).times(2)),
          2);

  private static final OdeTerm PENDULUM =
      OdeTerm.of((t, y, p) -> Tracer.stack(y.get(1), y.get(0).unaryMinus()), 2);

  private static Problem.Of relaxation() {
    return Problem.of(RELAXATION, Tensor.vector(5, 0.1), 0, ENDLESS).withNames("x", "y");
  }

  private static double fastest(Tensor state) {
    double[] slope = new double[state.size()];
    RELAXATION.open().evaluate(0, state.toArray(), slope);
    double most = 0;
    for (int i = 0; i < slope.length; i++) {
      most = Math.max(most, Math.abs(slope[i]) / (ATOL + RTOL * Math.abs(state.at(i))));
    }
    return most;
  }

  static Stream<AdaptiveSolver> adaptiveSolvers() {
    return Solvers.all().stream()
        .filter(AdaptiveSolver.class::isInstance)
        .filter(solver -> !(solver instanceof ReversibleMethod)) // which are unstable at rest
        .map(AdaptiveSolver.class::cast);
  }

  /** The first end of a step that is steady ends the solve, none before. */
  @ParameterizedTest
  @MethodSource("adaptiveSolvers")
  void theSolveEndsWhereNothingMoves(AdaptiveSolver solver) {
    boolean box = solver instanceof CommonsSolver;
    Integrator integrator =
        Integrator.adaptive(solver, Pid.of(1e-8, 1e-10))
            .withEvents(STEADY)
            .withSaveAt(SaveAt.steps());
    Solution solution = integrator.solve(relaxation(), 0, box ? 100 : ENDLESS);
    assertEquals(Result.EVENT, solution.result(), solution::toString);
    int last = solution.size() - 1;
    assertEquals(List.of(new EventRecord(solution.times()[last], "rest")), solution.events());
    assertTrue(solution.message().startsWith("Event 'rest' stopped the solve"));
    assertTrue(fastest(solution.state(last)) <= 1);
    for (int i = 0; i < last; i++) {
      assertTrue(fastest(solution.state(i)) > 1, solver.name() + " step " + i);
    }
    // x = 2 + 3 exp(-t/2) slows down to the tolerance at t = 17.67; steps are a bit longer.
    assertTrue(solution.times()[last] > 17.5 && solution.times()[last] < 60, solution::toString);
    assertEquals(2, solution.last("x"), 1e-3);
    assertEquals(3, solution.last("y"), 2e-3);
  }

  /** What they carry from step to step is no slope at the end of the step. */
  @Test
  void reversibleMethodsLookAtTheSlopeToo() {
    OdeTerm fading = OdeTerm.of((t, y, p) -> t.unaryMinus().exp().reshape(y.shape()), 1);
    for (Solver solver : List.of(Solvers.alf(), Solvers.reversibleHeun())) {
      Solution solution =
          Integrator.fixed(solver, 0.25)
              .withEvents(Event.steady("rest", 0, 1e-3))
              .solve(Problem.of(fading, Tensor.vector(0), 0, ENDLESS));
      assertEquals(7, solution.times()[solution.size() - 1], solver.name()); // exp(-6.9) = 1e-3
    }
  }

  @Test
  void lookingCostsNoEvaluationAndChangesNoBit() {
    for (AdaptiveSolver solver :
        List.of(Solvers.tsit5(), Solvers.heun(), Solvers.kvaerno5(), Solvers.rodas5p())) {
      Integrator plain = Integrator.of(solver).withSaveAt(SaveAt.steps());
      Solution until = plain.withEvents(STEADY).solve(relaxation(), 0, ENDLESS);
      Solution beyond = plain.solve(relaxation(), 0, 1000);
      for (int i = 0; i < until.size(); i++) {
        assertEquals(beyond.times()[i], until.times()[i]);
        assertEquals(beyond.state(i), until.state(i), solver.name());
      }
      Integrator never = plain.withEvents(Event.steady("never", 0, 1e-300));
      Solution looked = never.solve(relaxation(), 0, 20);
      Solution free = plain.solve(relaxation(), 0, 20);
      assertEquals(free.statistics().accepted(), looked.statistics().accepted());
      if (solver == Solvers.tsit5()) {
        assertEquals(free.statistics(), looked.statistics());
      }
    }
  }

  @Test
  void fixedStepsGoOnToo() {
    Solution solution =
        Integrator.fixed(Solvers.rk4(), 0.125).withEvents(STEADY).solve(relaxation());
    assertEquals(Result.EVENT, solution.result());
    double end = solution.times()[solution.size() - 1];
    assertEquals(17.75, end); // the first multiple of the step after 17.67
    assertEquals(142, solution.statistics().accepted());
  }

  @Test
  void backwardInTime() {
    OdeTerm growth = OdeTerm.of((t, y, p) -> y.minus(1), 1);
    Problem problem = Problem.of(growth, Tensor.vector(4), 2, Double.NEGATIVE_INFINITY);
    Solution solution =
        Integrator.of(Solvers.tsit5()).withEvents(Event.steady("rest", 0, 1e-5)).solve(problem);
    assertEquals(Result.EVENT, solution.result());
    assertTrue(solution.times()[solution.size() - 1] < -10);
    assertEquals(1, solution.last("y0"), 1e-5);
  }

  @Test
  void whatIsSavedWithoutAnEnd() {
    Integrator integrator = Integrator.of(Solvers.tsit5()).withEvents(STEADY);
    Solution even = integrator.solve(relaxation());
    Solution steps = integrator.withSaveAt(SaveAt.steps()).solve(relaxation());
    assertArrayEquals(steps.times(), even.times());
    assertEquals(steps.statistics().accepted() + 1, even.size());
    assertEquals(2 + 3 * StrictMath.exp(-1), even.at(2, "x"), 1e-5);
    Solution end = integrator.withSaveAt(SaveAt.end()).solve(relaxation());
    assertEquals(2, end.size());
    assertEquals(steps.state(steps.size() - 1), end.state(1));
    Solution times = integrator.withSaveAt(SaveAt.times(0, 1, 5, 1e6)).solve(relaxation());
    assertArrayEquals(
        new double[] {0, 1, 5, end.times()[1]}, times.times()); // it never comes to 1e6
  }

  @Test
  void stepAndJumpTimesStillCount() {
    OdeTerm pulse = OdeTerm.of((t, y, p) -> t.less(t.constant(3)).minus(y), 1);
    Problem problem = Problem.of(pulse, Tensor.vector(1), 0, ENDLESS);
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withJumpTimes(3)
            .withStepTimes(1)
            .withEvents(Event.steady("rest", 0, 1e-6))
            .solve(problem);
    // It starts at rest, so the first step already ends there: events look at ends of steps only.
    assertEquals(1, solution.statistics().accepted());
    Problem moving = Problem.of(pulse, Tensor.vector(3), 0, ENDLESS);
    Integrator integrator =
        Integrator.of(Solvers.tsit5())
            .withJumpTimes(3)
            .withStepTimes(1)
            .withEvents(Event.steady("rest", 0, 1e-6));
    Solution through = integrator.solve(moving);
    assertTrue(Arrays.stream(through.times()).anyMatch(t -> t == 1));
    assertTrue(Arrays.stream(through.times()).anyMatch(t -> t == Math.nextDown(3.0)));
    assertEquals(0, through.last("y0"), 1e-6);
  }

  @Test
  void aStopMayEndItToo() {
    OdeTerm fall = OdeTerm.of((t, y, p) -> Tracer.stack(y.get(1), y.get(1).constant(-8)), 2);
    Event ground = Event.stop("ground", (t, y) -> y[0], Direction.FALLING);
    Solution solution =
        Integrator.of(Solvers.dopri5())
            .withEvents(ground)
            .solve(Problem.of(fall, Tensor.vector(1, 0), 0, ENDLESS));
    assertEquals(0.5, solution.events().getFirst().time(), 1e-10);
  }

  @Test
  void whatNeverRestsSaysWhatMoves() {
    Integrator integrator = Integrator.of(Solvers.tsit5()).withEvents(STEADY);
    Problem swing = Problem.of(PENDULUM, Tensor.vector(1, 0), 0, ENDLESS).withNames("x", "v");
    Solution endless = integrator.withMaxSteps(50).solve(swing);
    assertEquals(Result.MAX_STEPS_REACHED, endless.result());
    assertTrue(endless.message().contains("It is not steady there: "), endless.message());
    assertTrue(endless.message().contains("'rest' allows "), endless.message());
    Solution end = integrator.solve(swing, 0, 6.283185307179586);
    assertEquals(Result.SUCCESS, end.result());
    assertTrue(
        end.message().startsWith("The solve reached its end. It is not steady there: v = "),
        end.message());
    assertTrue(end.message().contains("still changes by -1 per unit of time"), end.message());
    Solution box =
        Integrator.of(Solvers.commonsDopri853())
            .withEvents(STEADY)
            .solve(swing, 0, 6.283185307179586);
    assertTrue(box.message().contains("not steady there: v = "), box.message());
  }

  @Test
  void timeStaysFinite() {
    OdeTerm drift = OdeTerm.of((t, y, p) -> y.constant(Tensor.vector(1e-200)), 1);
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withEvents(Event.steady("rest", 0, 1e-250))
            .withMaxSteps(3000)
            .withSaveAt(SaveAt.end())
            .solve(Problem.of(drift, Tensor.vector(0), 0, ENDLESS));
    assertEquals(Result.MAX_STEPS_REACHED, solution.result(), solution::toString);
    assertTrue(Double.isFinite(solution.times()[1]));
    assertTrue(solution.times()[1] > 1e290);
  }

  @Test
  void anEnsembleWithoutAnEnd() {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      problems.add(
          Problem.of(RELAXATION, Tensor.vector(5 - i, 0.1 + i), 0, ENDLESS).withNames("x", "y"));
    }
    Integrator integrator = Integrator.of(Solvers.tsit5()).withEvents(STEADY);
    Ensemble all = integrator.ensemble(problems);
    for (int i = 0; i < 5; i++) {
      Solution alone = integrator.solve(problems.get(i));
      assertEquals(alone.last("x"), all.last("x")[i]);
      assertEquals(2, all.last("x")[i], 1e-3);
    }
    assertThrows(IllegalStateException.class, all::times);
    Integrator plain = Integrator.of(Solvers.tsit5());
    assertThrows(IllegalArgumentException.class, () -> plain.ensemble(problems));
  }

  @Test
  void aSpanWithoutAnEndNeedsAnEvent() {
    Integrator plain = Integrator.of(Solvers.tsit5());
    String message =
        assertThrows(IllegalArgumentException.class, () -> plain.solve(relaxation())).getMessage();
    assertTrue(message.contains("Event.steady(name, rtol, atol)"), message);
    Event reset = Event.reset("back", (t, y) -> y[0] - 3, Direction.FALLING, (t, y) -> y[0] = 5);
    assertThrows(IllegalArgumentException.class, () -> plain.withEvents(reset).solve(relaxation()));
    Integrator steady = plain.withEvents(STEADY);
    assertThrows(IllegalArgumentException.class, () -> steady.solve(relaxation(), 0, Double.NaN));
    assertThrows(
        IllegalArgumentException.class,
        () -> steady.solve(relaxation(), Double.NEGATIVE_INFINITY, ENDLESS));
    message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Integrator.of(Solvers.commonsDopri853()).withEvents(STEADY).solve(relaxation()))
            .getMessage();
    assertTrue(message.startsWith("commons:dopri853 needs a finite end"), message);
    assertThrows(IllegalArgumentException.class, () -> Event.steady("rest", 0, 0));
    assertThrows(IllegalArgumentException.class, () -> Event.steady("rest", -1, 1));
    assertThrows(IllegalArgumentException.class, () -> Event.steady("rest", Double.NaN, 1));
  }

  @Test
  void newtonTakesItToRounding() {
    for (AdaptiveSolver solver : List.of(Solvers.rodas5p(), Solvers.kvaerno5(), Solvers.tsit5())) {
      SteadyState found = SteadyStateFinder.of(Integrator.of(solver)).find(relaxation());
      assertEquals(SteadyState.Outcome.POLISHED, found.outcome(), found::toString);
      assertArrayEquals(new double[] {2, 3}, found.y().toArray(), 1e-15);
      assertTrue(found.residual() < 1e-14);
      assertTrue(found.message().contains("steps of Newton"), found.message());
      assertEquals(2, found.solution().size());
    }
    SteadyState box =
        SteadyStateFinder.of(Integrator.of(Solvers.commonsDopri853()))
            .find(Problem.of(RELAXATION, Tensor.vector(5, 0.1), 0, 200));
    assertArrayEquals(new double[] {2, 3}, box.y().toArray(), 1e-15);
  }

  /** So slow that it seems to rest long before it does. */
  @ParameterizedTest
  @ValueSource(doubles = {1e-2, 1e-4, 1e-7})
  void howSlowItIsDoesNotCount(double rate) {
    OdeTerm slow = OdeTerm.of((t, y, p) -> y.minus(1).times(-rate), 1);
    SteadyState found =
        SteadyStateFinder.of(Integrator.of(Solvers.rodas5p()))
            .find(Problem.of(slow, Tensor.vector(0), 0, 1));
    assertEquals(SteadyState.Outcome.POLISHED, found.outcome(), found::toString);
    assertEquals(1, found.y().at(0), 1e-15);
  }

  /** x' = x - x^3 rests at 1 and at -1, and is unstable at 0. */
  @ParameterizedTest
  @ValueSource(doubles = {0.1, -0.1, 3, -7})
  void itRestsWhereTheStartLeads(double start) {
    OdeTerm term = OdeTerm.of((t, y, p) -> y.minus(y.square().times(y)), 1);
    SteadyState found =
        SteadyStateFinder.of(Integrator.of(Solvers.rodas5p()))
            .find(Problem.of(term, Tensor.vector(start), 0, 1));
    assertEquals(Math.signum(start), found.y().at(0), 1e-15);
  }

  /** A and B and C turn into each other, so their total is conserved and Newton has no say. */
  @Test
  void aConservedTotalIsKept() {
    OdeTerm network =
        OdeTerm.of(
            (t, y, p) -> {
              Tracer first = y.get(0).times(0.3).minus(y.get(1).times(0.7));
              Tracer second = y.get(1).square().times(0.9).minus(y.get(2).times(0.11));
              return Tracer.stack(first.unaryMinus(), first.minus(second), second);
            },
            3);
    SteadyState found =
        SteadyStateFinder.of(Integrator.adaptive(Solvers.rodas5p(), Pid.of(1e-9, 1e-11)))
            .find(Problem.of(network, Tensor.vector(1.1, 0.2, 0.3), 0, 1));
    assertEquals(SteadyState.Outcome.SETTLED, found.outcome(), found::toString);
    assertTrue(found.isFound());
    assertTrue(found.message().contains("something is conserved"), found.message());
    assertEquals(1.6, found.y().at(0) + found.y().at(1) + found.y().at(2), 1e-13);
    double b = (-(10 / 3.0) + StrictMath.sqrt(100 / 9.0 + 4 * 1.6 * 90 / 11)) / (2 * 90 / 11.0);
    assertEquals(b, found.y().at(1), 2e-5);
  }

  @Test
  void whatHasNoSteadyStateSaysSo() {
    Integrator few = Integrator.of(Solvers.rodas5p()).withMaxSteps(100);
    SteadyState none =
        SteadyStateFinder.of(few).find(Problem.of(PENDULUM, Tensor.vector(1, 0), 0, 1));
    assertFalse(none.isFound());
    assertTrue(none.message().startsWith("No steady state was found. The solve used all its 100"));
    assertTrue(none.message().contains("still changes by"), none.message());
    assertTrue(none.residual() > 0.1);
    Event ground = Event.stop("ground", (t, y) -> y[0], Direction.FALLING);
    Problem falls = Problem.of(PENDULUM, Tensor.vector(1, 0), 0, 1).withEvents(ground);
    SteadyState stopped = SteadyStateFinder.of(few).find(falls);
    assertFalse(stopped.isFound());
    assertTrue(stopped.message().contains("Event 'ground' stopped the solve"), stopped.message());
    SteadyStateFinder finder = SteadyStateFinder.of(few);
    assertThrows(IllegalArgumentException.class, () -> finder.withTolerances(0, 0));
    assertEquals(1e-4, finder.rtol(), 1e-19); // a hundred times that of the integrator
    assertEquals(1e-7, finder.atol(), 1e-22);
    assertEquals(1e-3, finder.withTolerances(1e-3, 0).rtol());
    RootFinder chord = RootFinder.chordMethod();
    assertEquals(chord, finder.withRoots(chord).roots());
  }
}
