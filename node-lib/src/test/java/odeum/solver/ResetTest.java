package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import odeum.graph.Tracer;
import odeum.solver.Event.Direction;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A ball falls from rest with x'' = -g and bounces: v becomes -e v where x = 0. */
class ResetTest {
  private static final double G = 9.81;
  private static final double E = 0.8;

  private static final OdeTerm FALL =
      OdeTerm.of(
          2,
          (t, y, dy) -> {
            dy[0] = y[1];
            dy[1] = -G;
          });

  private static final OdeTerm CLOCK = OdeTerm.of(2, (t, y, dy) -> Arrays.fill(dy, 1));

  private static Event bounce(double e) {
    return Event.reset("bounce", (t, y) -> y[0], Direction.FALLING, (t, y) -> y[1] *= -e);
  }

  private static Problem.Of ball(double end) {
    return Problem.of(FALL, Tensor.vector(1, 0), 0, end).withNames("x", "v");
  }

  /** Bounce n, from 0, is at T (1 + 2 (e + ... + e^n)), with T = sqrt(2 / g). */
  private static double bounceTime(int n, double e) {
    double sum = 1;
    double power = 1;
    for (int i = 0; i < n; i++) {
      power *= e;
      sum += 2 * power;
    }
    return sum * Math.sqrt(2 / G);
  }

  private static Event at(String name, double time, Event.Map map) {
    return Event.reset(name, (t, y) -> t - time, Direction.EITHER, map);
  }

  static Stream<Integrator> integrators() {
    Pid pid = Pid.of(1e-11, 1e-12);
    return Stream.of(
        Integrator.adaptive(Solvers.tsit5(), pid),
        Integrator.adaptive(Solvers.dopri8(), pid),
        Integrator.adaptive((AdaptiveSolver) Solvers.named("commons:gbs"), pid),
        Integrator.adaptive((AdaptiveSolver) Solvers.named("commons:dopri853"), pid),
        Integrator.fixed(Solvers.rk4(), 0.01),
        Integrator.fixed(Solvers.named("commons:rk4"), 0.01));
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void theBallBounces(Integrator integrator) {
    Solution solution =
        integrator.withEvents(bounce(E)).withSaveAt(SaveAt.even(101)).solve(ball(2.7));
    assertEquals(Result.SUCCESS, solution.result(), solution.message());
    assertEquals(5, solution.events().size());
    for (int n = 0; n < 5; n++) {
      assertEquals("bounce", solution.events().get(n).name());
      assertEquals(bounceTime(n, E), solution.events().get(n).time(), 1e-9);
    }
    assertEquals(101, solution.size());
    for (int i = 0; i < 101; i++) {
      double t = solution.times()[i];
      assertEquals(height(t, E), solution.values("x")[i], 1e-9, "t = " + t);
      assertEquals(height(t, E), solution.at(t, "x"), 1e-9, "t = " + t);
    }
    double top = (bounceTime(1, E) + bounceTime(2, E)) / 2;
    assertEquals(E * E * E * E, solution.at(top, "x"), 1e-9);
  }

  private static double height(double t, double e) {
    if (t < bounceTime(0, e)) {
      return 1 - G * t * t / 2;
    }
    int n = 0;
    double speed = e * Math.sqrt(2 * G);
    while (t > bounceTime(n + 1, e)) {
      speed *= e;
      n++;
    }
    double since = t - bounceTime(n, e);
    return since * (speed - G * since / 2);
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void infinitelyManyBouncesEndWhereTheyAccumulate(Integrator integrator) {
    for (double e : new double[] {0.9, 0.5, 0.1}) {
      Solution solution = integrator.withEvents(bounce(e)).solve(ball(20));
      assertEquals(Result.EVENTS_ACCUMULATED, solution.result(), e + ": " + solution.message());
      double last = (1 + 2 * e / (1 - e)) * Math.sqrt(2 / G);
      assertEquals(last, solution.times()[solution.size() - 1], 1e-8);
      assertEquals(0, solution.last("x"), 1e-8);
      assertTrue(solution.message().contains("accumulate near t = "), solution.message());
      assertTrue(solution.message().contains("'bounce'"), solution.message());
    }
  }

  /** Many resets in a short time that end are no accumulation. */
  @Test
  void aBurstIsNoAccumulation() {
    AtomicInteger fired = new AtomicInteger();
    double[] times = IntStream.range(1, 40).mapToDouble(i -> 1 - Math.scalb(1.0, -i)).toArray();
    Event[] events =
        Arrays.stream(times)
            .mapToObj(time -> at("e" + time, time, (t, y) -> fired.incrementAndGet()))
            .toArray(Event[]::new);
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withEvents(events)
            .solve(Problem.of(CLOCK, Tensor.vector(0, 0), 0, 2));
    assertEquals(Result.SUCCESS, solution.result());
    assertEquals(39, fired.get());
    assertEquals(2, solution.last("y0"), 1e-12);
  }

  @Test
  void eventsAtTheSameTimeHappenInTheirOrder() {
    Event twice = at("twice", 0.5, (t, y) -> y[0] *= 2);
    Event more = at("more", 0.5, (t, y) -> y[0] += 1);
    Event stop = Event.stop("stop", (t, y) -> t - 0.5, Direction.RISING);
    assertEquals(2 + 0.5, clock(twice, more).last("y0"), 1e-14);
    assertEquals(3 + 0.5, clock(more, twice).last("y0"), 1e-14);
    Solution both = clock(twice, stop, more);
    assertEquals(Result.EVENT, both.result());
    assertEquals(List.of("twice", "stop"), names(both));
    assertEquals(1, both.last("y0"), 1e-14);
    Solution first = clock(stop, twice);
    assertEquals(List.of("stop"), names(first));
    assertEquals(0.5, first.last("y0"), 1e-14);
  }

  private static Solution clock(Event... events) {
    return Integrator.of(Solvers.tsit5())
        .withEvents(events)
        .solve(Problem.of(CLOCK, Tensor.vector(0, 0), 0, 1));
  }

  private static List<String> names(Solution solution) {
    return solution.events().stream().map(EventRecord::name).toList();
  }

  @Test
  void onlyCrossingsInTheDirectionReset() {
    Problem swing = TestEquation.HARMONIC_OSCILLATOR.forward();
    AtomicInteger rising = new AtomicInteger();
    AtomicInteger falling = new AtomicInteger();
    Event up =
        Event.reset("up", (t, y) -> y[0], Direction.RISING, (t, y) -> rising.incrementAndGet());
    Event down =
        Event.reset("down", (t, y) -> y[0], Direction.FALLING, (t, y) -> falling.incrementAndGet());
    Solution solution = Integrator.of(Solvers.tsit5()).withEvents(up, down).solve(swing);
    int count = solution.events().size();
    assertEquals(count, rising.get() + falling.get());
    assertTrue(Math.abs(rising.get() - falling.get()) <= 1);
    for (int i = 0; i < count; i++) {
      assertEquals((i + 0.5) * Math.PI, solution.events().get(i).time(), 1e-4);
      assertEquals(i % 2 == 0 ? "down" : "up", names(solution).get(i));
    }
  }

  @Test
  void aStateThatStartsAtItsZeroCrossesNothing() {
    Event reset = at("reset", 0, (t, y) -> y[0] = 100);
    assertTrue(clock(reset).events().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void anEventAtTheVeryEnd(Integrator integrator) {
    Problem problem = Problem.of(CLOCK, Tensor.vector(0, 0), 0, 1);
    Event reset = at("reset", 1, (t, y) -> y[0] = 100);
    for (SaveAt saveAt : List.of(SaveAt.even(5), SaveAt.end(), SaveAt.steps(), SaveAt.dense())) {
      Solution solution = integrator.withSaveAt(saveAt).withEvents(reset).solve(problem);
      assertEquals(Result.SUCCESS, solution.result());
      assertEquals(List.of("reset"), names(solution));
      assertEquals(1, solution.times()[solution.size() - 1]);
      assertEquals(100, solution.last("y0"));
      assertEquals(100, solution.at(1, "y0"));
      assertEquals(1, solution.last("y1"), 1e-13);
    }
  }

  /** Commons Math takes no steps as short as what is left then. */
  @ParameterizedTest
  @MethodSource("integrators")
  void anEventJustBeforeTheEnd(Integrator integrator) {
    Problem problem = Problem.of(CLOCK, Tensor.vector(0, 0), 0, 1);
    Event reset = at("reset", 1 - 3e-14, (t, y) -> y[0] = 100);
    Solution solution =
        integrator.withSaveAt(SaveAt.times(0, 1 - 1e-14, 1)).withEvents(reset).solve(problem);
    assertEquals(Result.SUCCESS, solution.result(), solution.message());
    assertEquals(3, solution.size());
    assertEquals(100 + 2e-14, solution.values("y0")[1], 1e-13);
    assertEquals(100, solution.last("y0"), 1e-12);
    assertEquals(1, solution.last("y1"), 1e-13);
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void atTheTimeOfAnEventTheStateIsTheOneAfterIt(Integrator integrator) {
    Problem problem = Problem.of(CLOCK, Tensor.vector(0, 0), 0, 1);
    Event reset = at("reset", 0.5, (t, y) -> y[0] = 100);
    Solution saved =
        integrator.withSaveAt(SaveAt.times(0, 0.25, 0.5, 0.75)).withEvents(reset).solve(problem);
    assertEquals(4, saved.size());
    assertArrayEquals(new double[] {0, 0.25, 100, 100.25}, saved.values("y0"), 1e-12);
    double time = saved.events().getFirst().time();
    assertEquals(100, saved.at(time, "y0"), 1e-12);
    assertEquals(time, saved.at(Math.nextDown(time), "y0"), 1e-12);
    Solution steps = integrator.withSaveAt(SaveAt.steps()).withEvents(reset).solve(problem);
    int before =
        IntStream.range(0, steps.size())
            .filter(i -> steps.times()[i] == time)
            .findFirst()
            .orElseThrow();
    assertEquals(time, steps.times()[before + 1]);
    assertNotEquals(time, steps.times()[before + 2]);
    assertEquals(0.5, steps.values("y0")[before], 1e-12);
    assertEquals(100, steps.values("y0")[before + 1], 1e-12);
  }

  @Test
  void anEventWhereAStepEndsAnyway() {
    Problem problem = Problem.of(CLOCK, Tensor.vector(0, 0), 0, 1);
    Event reset = at("reset", 0.5, (t, y) -> y[0] = 100);
    Integrator integrator = Integrator.of(Solvers.tsit5()).withEvents(reset);
    for (Integrator at :
        List.of(
            integrator.withStepTimes(0.5),
            integrator.withJumpTimes(0.5),
            integrator.withJumpTimes(Math.nextUp(0.5)))) {
      Solution solution = at.solve(problem);
      assertEquals(Result.SUCCESS, solution.result());
      assertEquals(1, solution.events().size());
      assertEquals(0.5, solution.events().getFirst().time(), 2e-16);
      assertEquals(100.5, solution.last("y0"), 1e-12);
      assertEquals(1, solution.last("y1"), 1e-12);
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void backwardInTime(Integrator integrator) {
    Problem problem = Problem.of(CLOCK, Tensor.vector(1, 1), 1, 0);
    Event half = at("half", 0.5, (t, y) -> y[0] += 10);
    Event third = at("third", 0.3, (t, y) -> y[0] += 20);
    Solution solution =
        integrator.withSaveAt(SaveAt.times(1, 0.5, 0.4, 0)).withEvents(third, half).solve(problem);
    assertEquals(List.of("half", "third"), names(solution));
    assertArrayEquals(new double[] {1, 10.5, 10.4, 30}, solution.values("y0"), 1e-12);
    double time = solution.events().getFirst().time();
    assertEquals(10.5, solution.at(time, "y0"), 1e-12);
    assertEquals(0.5, solution.at(Math.nextUp(time), "y0"), 1e-12);
  }

  /** Beyond the surface of another event nothing is crossed; coming back does. */
  @Test
  void aResetIsNoCrossingItself() {
    Event jump = at("jump", 0.25, (t, y) -> y[0] = 5);
    Event two = Event.reset("two", (t, y) -> y[0] - 2, Direction.EITHER, (t, y) -> y[1] = -100);
    assertEquals(List.of("jump"), names(clock(jump, two)));
    Event back = at("back", 0.5, (t, y) -> y[0] = 1.75);
    assertEquals(List.of("jump", "back", "two"), names(clock(jump, back, two)));
  }

  @Test
  void anInterruptEndsBetweenResets() {
    Event bounce = bounce(E);
    AtomicInteger asked = new AtomicInteger();
    Solution solution =
        Integrator.of(Solvers.tsit5())
            .withEvents(bounce)
            .withInterrupt(() -> asked.incrementAndGet() > 12)
            .solve(ball(3));
    assertEquals(Result.INTERRUPTED, solution.result());
    assertTrue(solution.events().size() > 0 && solution.events().size() < 5);
  }

  @Test
  void maxStepsEndAlsoManyResets() {
    for (Integrator integrator : integrators().toList()) {
      Solution solution = integrator.withMaxSteps(40).withEvents(bounce(0.99)).solve(ball(1e4));
      assertEquals(Result.MAX_STEPS_REACHED, solution.result());
      assertTrue(solution.statistics().accepted() <= 40);
    }
  }

  @Test
  void aResetToNoNumberEndsTheSolve() {
    for (Integrator integrator : integrators().toList()) {
      Event wrong = at("wrong", 0.5, (t, y) -> y[0] = Double.NaN);
      Solution solution =
          integrator.withEvents(wrong).solve(Problem.of(CLOCK, Tensor.vector(0, 0), 0, 1));
      assertEquals(Result.NOT_FINITE, solution.result());
      assertEquals(1, solution.events().size());
      assertEquals(0.5, solution.times()[solution.size() - 1], 1e-12);
    }
  }

  @Test
  void aTracedResetIsTheSame() {
    Observable height =
        Observable.of(List.of("x"), (t, y, p) -> y.get(0), Shape.of(2), Structure.EMPTY);
    Observable after =
        Observable.of(
            List.of("x", "v"),
            (t, y, p) -> Tracer.stack(y.get(0), y.get(1).times(-E)),
            Shape.of(2),
            Structure.EMPTY);
    Event traced = Event.reset("bounce", height, Direction.FALLING, after);
    Integrator integrator = Integrator.of(Solvers.tsit5());
    Solution one = integrator.withEvents(traced).solve(ball(2));
    Solution two = integrator.withEvents(bounce(E)).solve(ball(2));
    assertEquals(two.events(), one.events());
    assertArrayEquals(two.values("x"), one.values("x"));
    assertArrayEquals(two.values("v"), one.values("v"));
    assertEquals(two.statistics(), one.statistics());
  }

  /** Many states at once are one state: what one of them does cuts the steps of all. */
  @Test
  void twoBallsInOneState() {
    OdeTerm both =
        OdeTerm.of(
            4,
            (t, y, dy) -> {
              dy[0] = y[2];
              dy[1] = y[3];
              dy[2] = -G;
              dy[3] = -G;
            });
    Event first = Event.reset("first", (t, y) -> y[0], Direction.FALLING, (t, y) -> y[2] *= -E);
    Event second = Event.reset("second", (t, y) -> y[1], Direction.FALLING, (t, y) -> y[3] *= -E);
    Integrator integrator = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-10, 1e-12));
    Solution same =
        integrator
            .withEvents(first, second)
            .solve(Problem.of(both, Tensor.vector(1, 1, 0, 0), 0, 2));
    assertEquals(List.of("first", "second", "first", "second"), names(same).subList(0, 4));
    assertEquals(same.last("y0"), same.last("y1"), 1e-9);
    assertEquals(height(2, E), same.last("y0"), 1e-9);
    Solution apart =
        integrator
            .withEvents(first, second)
            .solve(Problem.of(both, Tensor.vector(1, 0.5, 0, 0), 0, 2));
    assertEquals("second", names(apart).getFirst());
    assertEquals(height(2, E), apart.last("y0"), 1e-9);
  }

  /** x'' = -8 from 1 and 3: the first zero at 0.5 and sqrt(3)/2. */
  @Test
  void theTimeIsExactToTheTolerance() {
    OdeTerm slow =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              dy[0] = y[1];
              dy[1] = -8;
            });
    for (double height : new double[] {1, 3}) {
      for (Integrator integrator : integrators().toList()) {
        Event floor = Event.stop("floor", (t, y) -> y[0], Direction.FALLING);
        Solution solution =
            integrator.withEvents(floor).solve(Problem.of(slow, Tensor.vector(height, 0), 0, 5));
        assertEquals(Math.sqrt(height) / 2, solution.events().getFirst().time(), 1e-9);
      }
    }
  }

  /** Dense output of order 7 and 4 finds the zero of a cosine as well as its steps allow. */
  @Test
  void theTimeHasTheOrderOfTheDenseOutput() {
    Event zero = Event.stop("zero", (t, y) -> y[0], Direction.FALLING);
    Problem swing = TestEquation.HARMONIC_OSCILLATOR.forward();
    for (OneStepMethod method : List.of(Solvers.tsit5(), Solvers.dopri8())) {
      double[] errors = new double[2];
      for (int i = 0; i < 2; i++) {
        Integrator integrator = Integrator.fixed(method, i == 0 ? 0.8 : 0.2).withEvents(zero);
        double time = integrator.solve(swing).events().getFirst().time();
        errors[i] = Math.abs(time - Math.PI / 2);
      }
      assertTrue(errors[0] / errors[1] > 200, method.name() + " " + Arrays.toString(errors));
    }
  }
}
