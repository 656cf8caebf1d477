package odeum.equation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.autodiff.Jvp;
import odeum.compile.Program;
import odeum.solver.Event;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import org.junit.jupiter.api.Test;

/** What each line of a system does. */
class OdeTest {
  private static final String LOTKA =
      """
      x' = a*x - b*x*y            # one equation per state
      y' = -c*y + d*x*y
      param a = 1.5, b = 1        # trainable
      const c = 3, d = 1
      init  x = 1, y = 1
      time  0 .. 10               # the default span
      let   r = x*y
      """;

  @Test
  void lotkaVolterra() {
    Ode lotka = Ode.parse("lotka", LOTKA);
    assertEquals(List.of("x", "y"), lotka.names());
    assertEquals(List.of("a", "b"), lotka.parameters().names());
    assertEquals(Tensor.vector(1.5, 1), lotka.parameterValues());
    assertEquals(Map.of("c", 3.0, "d", 1.0), lotka.constants());
    assertEquals(Tensor.vector(1, 1), lotka.initial());
    assertEquals(10, lotka.end());
    // a*x - b*x*y = 3 - 6; -c*y + d*x*y = -9 + 6
    assertArrayEquals(new double[] {-3, -3}, lotka.derivative(0, 2, 3));
    assertEquals("lotka", lotka.name());
    assertEquals(LOTKA, lotka.source());
  }

  @Test
  void changesMakeAnotherSystem() {
    Ode lotka = Ode.parse(LOTKA);
    Ode changed = lotka.with("a", 2).with("c", 5).withInitial("y", 7).withSpan(3, -1);
    assertArrayEquals(new double[] {4 - 6, -15 + 6}, changed.derivative(0, 2, 3));
    assertEquals(Tensor.vector(1, 7), changed.initial());
    assertEquals(List.of(3.0, -1.0), List.of(changed.start(), changed.end()));
    assertEquals(2, changed.value("a"));
    assertArrayEquals(new double[] {-3, -3}, lotka.derivative(0, 2, 3));
    assertSame(lotka.field(), lotka.with("a", 2).field(), "parameters need no new trace");
    assertEquals(Tensor.vector(4, 5), lotka.withParameters(Tensor.vector(4, 5)).parameterValues());
  }

  @Test
  void secondOrderMakesTheDerivativeAState() {
    Ode pendulum =
        Ode.parse(
            """
            z' = 1
            x'' = -k*x - 0.1*x' + t
            init x = 1, x' = 0, z = 5
            param k = 4
            """);
    assertEquals(List.of("z", "x", "x'"), pendulum.states());
    assertEquals(Tensor.vector(5, 1, 0), pendulum.initial());
    assertArrayEquals(
        new double[] {1, 3, -4 * 2.0 - 0.1 * 3 + 7}, pendulum.derivative(7, 9, 2, 3), 1e-15);
    assertEquals(-1, pendulum.withInitial("x'", -1).initial().at(2));
  }

  @Test
  void aThirdOrderEquationHasThreeStates() {
    Ode jerk = Ode.parse("x''' = -x''\ninit x = 1, x' = 2, x'' = 3");
    assertArrayEquals(new double[] {2, 3, -3}, jerk.derivative(0, 1, 2, 3));
  }

  @Test
  void aStartCanBeTrained() {
    Ode fall = Ode.parse("x' = -x\ninit x = 2*x0^2 + h\nparam k = 1, x0 = 10\nconst h = 1/2");
    assertEquals(Tensor.vector(200.5), fall.initial());
    assertEquals(Tensor.vector(18.5), fall.with("x0", 3).initial());
    Program slope = Program.of(Jvp.of(fall.initialGraph()));
    List<Tensor> out = slope.run(List.of(Tensor.vector(1, 3), Tensor.vector(0, 1)));
    assertEquals(Tensor.vector(12), out.get(1), "d/dx0 of 2 x0^2 is 4 x0");
    assertEquals(Tensor.vector(7), fall.withInitial("x", 7).initial());
  }

  @Test
  void constantsFollowOneAnother() {
    Ode heat =
        Ode.parse(
            """
            x' = x/h^2
            const h = 1/n, n = 4
            param k = 2*n in -n..3*n
            init x = 1
            time -h .. 2*pi
            """);
    assertArrayEquals(new double[] {16}, heat.derivative(0, 1));
    assertEquals(Optional.of(new Bounds(-4, 12)), heat.bounds("k"));
    assertEquals(-0.25, heat.start());
    assertEquals(2 * Math.PI, heat.end());
    Ode finer = heat.with("n", 10);
    assertEquals(0.1, finer.value("h"));
    assertEquals(20, finer.value("k"));
    assertEquals(-0.1, finer.start());
    assertArrayEquals(new double[] {100}, finer.derivative(0, 1), 1e-13);
  }

  @Test
  void letsMayComeInAnyOrder() {
    Ode ode =
        Ode.parse(
            """
            let s = r + 1
            x' = s*k
            let r = x*t, one = 1
            param k = 2
            init x = 1
            """);
    assertArrayEquals(new double[] {(3 * 5 + 1) * 2}, ode.derivative(5, 3));
    Observable observed = ode.observed().orElseThrow();
    double[] values = new double[3];
    observed.open(new double[] {2}).evaluate(5, new double[] {3}, values);
    assertEquals(List.of("r", "one", "s"), observed.names());
    assertArrayEquals(new double[] {15, 1, 16}, values);
    assertTrue(Ode.parse("x' = 1\ninit x = 0").observed().isEmpty());
  }

  @Test
  void eventsStop() {
    Ode ball =
        Ode.parse(
            """
            y'' = -g
            init y = 1, y' = 0
            param g = 9.81
            event ground: y = 0.5 falling: stop
            event y' = -g: stop
            event 2*t = y rising : stop
            """);
    List<Event> events = ball.events();
    assertEquals(List.of("ground", "y'=-g", "2*t=y"), events.stream().map(Event::name).toList());
    assertEquals(
        List.of(Event.Direction.FALLING, Event.Direction.EITHER, Event.Direction.RISING),
        events.stream().map(event -> ((Event.Crossing) event).direction()).toList());
    assertEquals(3 - 0.5, condition(events.get(0), 9.81, 1, 3, 4));
    assertEquals(4 + 9.81, condition(events.get(1), 9.81, 1, 3, 4));
    assertEquals(2 * 1 - 3, condition(events.get(2), 9.81, 1, 3, 4));
  }

  private static double condition(Event event, double parameter, double t, double... y) {
    Observable condition = assertTraced(event).observable();
    double[] value = new double[1];
    condition.open(new double[] {parameter}).evaluate(t, y, value);
    return value[0];
  }

  private static Event.Condition.Traced assertTraced(Event event) {
    Event.Condition condition = ((Event.Crossing) event).condition();
    assertTrue(condition instanceof Event.Condition.Traced, "so that gradients exist");
    return (Event.Condition.Traced) condition;
  }

  @Test
  void boundsMayBeOpen() {
    Ode ode =
        Ode.parse(
            "x' = a*b*c\ninit x = 1\nparam a = 1 in 0.., b = -2 in ..-1, c = 3, d = 1 in .5..1.5");
    assertEquals(Optional.of(new Bounds(0, Double.POSITIVE_INFINITY)), ode.bounds("a"));
    assertEquals(Optional.of(new Bounds(Double.NEGATIVE_INFINITY, -1)), ode.bounds("b"));
    assertEquals(Optional.empty(), ode.bounds("c"));
    assertEquals(Optional.of(new Bounds(0.5, 1.5)), ode.bounds("d"));
    assertThrows(EquationException.class, () -> ode.with("b", 0));
  }

  @Test
  void namesAndSignsFromBooks() {
    Ode ode = Ode.parse("x₁′ = −α·x₁ × 2\ny″ = ẋ\ninit x₁ = 1, y = 0, y’ = 1\nparam α = 3, ẋ = 4");
    assertEquals(List.of("x₁", "y", "y'"), ode.states());
    assertArrayEquals(new double[] {-30, 7, 4}, ode.derivative(0, 5, 6, 7));
    Ode decomposed = Ode.parse("x' = e\u0301\nparam \u00e9 = 2\ninit x = 1");
    assertArrayEquals(new double[] {2}, decomposed.derivative(0, 0));
  }

  @Test
  void commentsAndCourseworkMarksAreSkipped() {
    Ode ode =
        Ode.parse(
            "/// BEGIN SOLUTION\r\n# BEGIN SOLUTION\r\n  x' = -x # why\r\n\r\n\tinit x = 1 // start\r\n# END SOLUTION\r\n");
    assertArrayEquals(new double[] {-2}, ode.derivative(0, 2));
  }

  @Test
  void withoutASpanItSaysSo() {
    Ode ode = Ode.parse("decay", "x' = -x\ninit x = 1");
    assertFalse(ode.hasSpan());
    assertEquals(
        "decay has no time span. Add a line: time 0 .. 10",
        assertThrows(IllegalStateException.class, ode::start).getMessage());
    assertEquals(4, ode.withSpan(2, 4).end());
  }

  @Test
  void misuseIsExplained() {
    Ode lotka = Ode.parse("lotka", LOTKA.replace("c = 3", "growth = 3").replace("-c*", "-growth*"));
    assertEquals(
        "lotka has no parameter or constant 'grwth'. Known: a b growth d. Did you mean 'growth'?",
        message(() -> lotka.with("grwth", 1)));
    assertEquals(
        "'x' is a state. Give its start value by withInitial.", message(() -> lotka.with("x", 1)));
    assertEquals(
        "lotka has no state 'X'. States: x y. Did you mean 'x'?",
        message(() -> lotka.withInitial("X", 1)));
    assertEquals("a must be a finite number, got NaN.", message(() -> lotka.with("a", Double.NaN)));
    assertEquals("lotka has 2 states (x y), got 1 values.", message(() -> lotka.derivative(0, 1)));
    assertEquals(
        "The time span is empty: it starts and ends at 3.", message(() -> lotka.withSpan(3, 3)));
  }

  private static String message(Runnable misuse) {
    return assertThrows(IllegalArgumentException.class, misuse::run).getMessage();
  }
}
