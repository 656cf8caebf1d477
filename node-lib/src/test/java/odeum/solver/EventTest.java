package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.solver.Event.Direction;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventTest {
  private static final OdeTerm FALL =
      OdeTerm.of(
          2,
          (t, y, dy) -> {
            dy[0] = y[1];
            dy[1] = -8;
          });

  private static final Event GROUND = Event.stop("ground", (t, y) -> y[0], Direction.FALLING);

  private static Problem.Of ball(double height, double speed) {
    return Problem.of(FALL, Tensor.vector(height, speed), 0, 10).withNames("x", "v");
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#adaptiveSolvers")
  void theBallReachesTheGround(AdaptiveSolver solver) {
    if (solver.order() == 1) {
      return; // a parabola is none of its solutions
    }
    for (double height : new double[] {1, 3}) {
      Solution fall = Integrator.of(solver).withEvents(GROUND).solve(ball(height, 0));
      double expected = Math.sqrt(height / 4);
      assertEquals(Result.EVENT, fall.result());
      assertEquals(List.of("ground"), fall.events().stream().map(EventRecord::name).toList());
      assertEquals(expected, fall.events().getFirst().time(), 1e-10);
      assertEquals(fall.events().getFirst().time(), fall.times()[fall.size() - 1]);
      assertEquals(0, fall.last("x"), 1e-13);
      assertEquals(-8 * expected, fall.last("v"), 1e-9);
      for (double t : fall.times()) {
        assertTrue(t <= expected + 1e-10);
      }
    }
  }

  @Test
  void aFixedStepSolverFindsItToo() {
    Integrator integrator = Integrator.fixed(Solvers.rk4(), 0.03).withEvents(GROUND);
    assertEquals(0.5, integrator.solve(ball(1, 0)).events().getFirst().time(), 1e-10);
  }

  @Test
  void aTracedConditionIsTheSame() {
    Observable height =
        Observable.of(List.of("x"), (t, y, p) -> y.slice(0, 0, 1), Shape.of(2), Structure.EMPTY);
    Problem problem = ball(3, 0).withEvents(Event.stop("ground", height, Direction.EITHER));
    Solution fall = Integrator.of(Solvers.tsit5()).solve(problem);
    assertEquals(0.8660254038, fall.events().getFirst().time(), 1e-10);
  }

  @Test
  void aZeroAtTheStartThatIsLeftIsNoEvent() {
    Event either = Event.stop("ground", (t, y) -> y[0], Direction.EITHER);
    Solution thrown = Integrator.of(Solvers.tsit5()).withEvents(either).solve(ball(0, 4));
    assertEquals(1, thrown.events().getFirst().time(), 1e-10);
    Solution wholeArcInOneStep =
        Integrator.fixed(Solvers.rk4(), 5).withEvents(either).solve(ball(0, 4));
    assertEquals(1, wholeArcInOneStep.events().getFirst().time(), 1e-10);
  }

  @Test
  void onlyTheDirectionAskedForCounts() {
    Problem swing = TestEquation.HARMONIC_OSCILLATOR.forward(); // x = cos t
    double rising = stop(swing, Direction.RISING);
    double falling = stop(swing, Direction.FALLING);
    double either = stop(swing, Direction.EITHER);
    assertEquals(1.5 * Math.PI, rising, 1e-7);
    assertEquals(0.5 * Math.PI, falling, 1e-7);
    assertEquals(falling, either);
  }

  private static double stop(Problem problem, Direction direction) {
    Integrator integrator = Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-10, 1e-10));
    Event crossing = Event.stop("crossing", (t, y) -> y[0], direction);
    return integrator.withEvents(crossing).solve(problem).events().getFirst().time();
  }

  @Test
  void backwardInTimeTheFirstMetWins() {
    Event crossing = Event.stop("crossing", (t, y) -> y[0], Direction.EITHER);
    Solution back =
        Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-10, 1e-10))
            .withEvents(crossing)
            .solve(TestEquation.HARMONIC_OSCILLATOR.backward());
    assertEquals(2.5 * Math.PI, back.events().getFirst().time(), 1e-8);
    assertEquals(back.events().getFirst().time(), back.times()[back.size() - 1]);
  }

  @Test
  void theEarliestOfSeveralWinsEvenWithinOneStep() {
    Event early = Event.stop("early", (t, y) -> t - 0.3001, Direction.RISING);
    Event late = Event.stop("late", (t, y) -> t - 0.3002, Direction.RISING);
    Integrator integrator = Integrator.fixed(Solvers.rk4(), 1);
    for (List<Event> order : List.of(List.of(early, late), List.of(late, early))) {
      Solution solution = integrator.withEvents(order.get(0), order.get(1)).solve(ball(9, 0));
      assertEquals("early", solution.events().getFirst().name());
      assertEquals(0.3001, solution.times()[solution.size() - 1], 1e-15);
      assertEquals(1, solution.events().size());
    }
  }

  /** A step that is tried far beyond the event and rejected must not fire it. */
  @Test
  void rejectedStepsFireNothing() {
    OdeTerm kick = OdeTerm.of(1, (t, y, dy) -> dy[0] = t < 1 ? 0 : 1e3 * StrictMath.cos(50 * t));
    Event reached = Event.stop("reached", (t, y) -> y[0] - 100, Direction.RISING);
    Problem problem = Problem.of(kick, Tensor.vector(0), 0, 10);
    Solution solution = Integrator.of(Solvers.tsit5()).withEvents(reached).solve(problem);
    assertTrue(solution.statistics().rejected() > 0);
    assertEquals(Result.SUCCESS, solution.result()); // the true swing is 40 at most
  }

  /** Whatever the size of the values: a step, a flat root, a steep one. */
  @Test
  void conditionsOfAnyShape() {
    List<Event.Function> conditions =
        List.of(
            (t, y) -> t < 0.3137 ? -1 : 1,
            (t, y) -> t < 0.3137 ? -1e-300 : 1e300,
            (t, y) -> 1e-200 * (t - 0.3137) * (t - 0.3137) * (t - 0.3137),
            (t, y) -> StrictMath.cbrt(t - 0.3137),
            (t, y) -> StrictMath.atan(1e12 * (t - 0.3137)));
    for (Event.Function condition : conditions) {
      Event event = Event.stop("here", condition, Direction.RISING);
      Solution solution = Integrator.of(Solvers.tsit5()).withEvents(event).solve(ball(9, 0), 0, 1);
      assertEquals(0.3137, solution.events().getFirst().time(), 1e-15);
    }
  }

  @Test
  void anEventAtASavedTimeIsSavedOnce() {
    Event half = Event.stop("half", (t, y) -> t - 0.5, Direction.RISING);
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withSaveAt(SaveAt.times(0, 0.25, 0.5, 0.75))
            .withEvents(half)
            .solve(ball(9, 0), 0, 1);
    assertEquals(3, solution.size());
    assertEquals(0.5, solution.times()[2]);
  }
}
