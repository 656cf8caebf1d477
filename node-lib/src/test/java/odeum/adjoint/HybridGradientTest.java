package odeum.adjoint;

import static odeum.adjoint.Gradients.agree;
import static odeum.adjoint.Gradients.differences;
import static odeum.adjoint.Gradients.gradient;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Event.Direction;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Gradients through events that change the state: a ball with x'' = -g that bounces. */
class HybridGradientTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("g", "e"));

  private static final Shape STATE = Shape.of(2);

  private static final VectorField FALL =
      (t, y, p) -> Tracer.stack(y.get(1), p.get("g").unaryMinus());

  private static final Event BOUNCE = bounce(NAMES);

  private static final Tensor START = Tensor.vector(1, 0.3);

  private static final Tensor PARAMETERS = Tensor.vector(9.81, 0.8);

  private static final Tensor SPAN = Tensor.vector(0.2, 3);

  private static final Tensor TIMES = Tensor.vector(0.2, 0.5, 0.9, 1.1, 1.7, 2.1, 2.3);

  private static final int[] BOUNCES = {0, 0, 1, 1, 2, 3, 3};

  private static Event bounce(Structure names) {
    return Event.reset(
        "bounce",
        observable("height", names, (t, y, p) -> y.get(0)),
        Direction.FALLING,
        Observable.of(
            List.of("x", "v"),
            (t, y, p) -> Tracer.stack(y.get(0), y.get(1).times(p.get("e")).unaryMinus()),
            STATE,
            names));
  }

  private static Observable observable(String name, Structure names, VectorField value) {
    return Observable.of(List.of(name), value, STATE, names);
  }

  private static Integrator tight() {
    return Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-11, 1e-12));
  }

  private static Solve solve(Integrator integrator, Adjoint adjoint) {
    return Solve.of(FALL, integrator, adjoint).withEvents(BOUNCE);
  }

  private static List<Shape> inputs(int times) {
    return List.of(STATE, Shape.of(2), Shape.of(times));
  }

  private static Graph states(Solve solve) {
    return Graph.trace(
        inputs(7), in -> List.of(solve.apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
  }

  private static Graph thirdBounce(Solve solve) {
    return Graph.trace(
        inputs(2),
        in ->
            List.of(
                solve.untilEvent(BOUNCE, 3, new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
  }

  private static Graph bounceTimes(Solve solve) {
    return Graph.trace(
        inputs(2),
        in -> List.of(solve.eventTimes(4, new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
  }

  /** The speed at the floor and the times of all bounces, in closed form. */
  private record Closed(Tracer g, Tracer e, Tracer speed, Tracer first) {
    static Closed of(List<Tracer> in) {
      Tracer g = in.get(1).get(0);
      Tracer v = in.get(0).get(1);
      Tracer speed = v.square().plus(g.times(in.get(0).get(0)).times(2)).sqrt();
      return new Closed(g, in.get(1).get(1), speed, in.get(2).get(0).plus(v.plus(speed).div(g)));
    }

    /** The n-th bounce, from 1: when, and how fast the ball leaves the floor. */
    Tracer[] bounce(int n) {
      Tracer time = first;
      Tracer up = speed.times(e);
      for (int i = 1; i < n; i++) {
        time = time.plus(up.times(2).div(g));
        up = up.times(e);
      }
      return new Tracer[] {time, up};
    }

    Tracer state(Tracer t, int bounces, Tracer y0, Tracer t0) {
      Tracer[] from = bounces == 0 ? new Tracer[] {t0, y0.get(1)} : bounce(bounces);
      Tracer since = t.minus(from[0]);
      Tracer v = from[1].minus(g.times(since));
      Tracer x = since.times(from[1].plus(v)).times(0.5);
      return Tracer.stack(bounces == 0 ? x.plus(y0.get(0)) : x, v);
    }
  }

  private static Graph closedStates() {
    return Graph.trace(
        inputs(7),
        in -> {
          Closed closed = Closed.of(in);
          List<Tracer> rows = new ArrayList<>();
          for (int i = 0; i < 7; i++) {
            Tracer t = in.get(2).get(i);
            rows.add(closed.state(t, BOUNCES[i], in.get(0), in.get(2).get(0)));
          }
          return List.of(Tracer.stack(rows.toArray(Tracer[]::new)));
        });
  }

  static Stream<Arguments> methods() {
    return Stream.of(
            Solvers.tsit5(),
            Solvers.dopri8(),
            Solvers.bosh3(),
            Solvers.kvaerno3(),
            Solvers.verlet())
        .flatMap(
            solver ->
                Stream.of(Adjoint.direct(), Adjoint.checkpointed(2))
                    .map(adjoint -> Arguments.of(solver, adjoint)));
  }

  /** The solution is a polynomial, so the steps make no error. */
  @ParameterizedTest
  @MethodSource("methods")
  void statesAfterBouncesAgainstTheClosedForm(Solver solver, Adjoint adjoint) {
    Graph computed = states(solve(Integrator.fixed(solver, 0.07), adjoint));
    List<Tensor> at = List.of(START, PARAMETERS, TIMES);
    same(closedStates(), computed, at, RandomKey.of(3).normal(Shape.of(7, 2)), 1e-9);
    computed = states(solve(tight(), adjoint));
    same(closedStates(), computed, at, RandomKey.of(4).normal(Shape.of(7, 2)), 1e-9);
  }

  @Test
  void timeAndStateOfTheThirdBounce() {
    Graph closed =
        Graph.trace(
            inputs(2),
            in -> {
              Tracer[] third = Closed.of(in).bounce(3);
              Tracer down = third[1].div(in.get(1).get(1)).unaryMinus();
              return List.of(Tracer.stack(third[0], third[0].times(0), down));
            });
    Graph computed = thirdBounce(solve(tight(), Adjoint.direct()));
    for (int i = 0; i < 3; i++) {
      double[] bar = new double[3];
      bar[i] = 1;
      same(closed, computed, List.of(START, PARAMETERS, SPAN), Tensor.vector(bar), 1e-9);
    }
  }

  @Test
  void theTimesOfTheFirstBounces() {
    Graph closed =
        Graph.trace(
            inputs(2),
            in -> {
              Closed form = Closed.of(in);
              return List.of(
                  Tracer.stack(
                      form.bounce(1)[0], form.bounce(2)[0], form.bounce(3)[0], form.bounce(4)[0]));
            });
    Graph computed = bounceTimes(solve(tight(), Adjoint.checkpointed()));
    Tensor bar = Tensor.vector(0.3, -1, 2, 0.7);
    same(closed, computed, List.of(START, PARAMETERS, SPAN), bar, 1e-9);
  }

  @Test
  void whatDoesNotComeHasNoTimeAndNoDerivative() {
    Graph computed = bounceTimes(solve(tight(), Adjoint.direct()));
    List<Tensor> at = List.of(START, PARAMETERS, Tensor.vector(0.2, 1.5));
    Tensor times = Program.of(computed).run(at).getFirst();
    assertTrue(times.at(1) < 1.5);
    assertTrue(Double.isNaN(times.at(2)) && Double.isNaN(times.at(3)));
    List<Tensor> some = gradient(computed, at, Tensor.vector(1, 1, 0, 0));
    assertEquals(some, gradient(computed, at, Tensor.vector(1, 1, 5, 5)));
    Graph third = thirdBounce(solve(tight(), Adjoint.direct()));
    assertTrue(Double.isNaN(Program.of(third).run(at).getFirst().at(0)));
    assertTrue(Double.isNaN(gradient(third, at, Tensor.vector(1, 0, 0)).get(1).at(0)));
  }

  private static void same(
      Graph closed, Graph computed, List<Tensor> at, Tensor bar, double tolerance) {
    assertArrayEquals(
        Program.of(closed).run(at).getFirst().toArray(),
        Program.of(computed).run(at).getFirst().toArray(),
        tolerance);
    List<Tensor> expected = gradient(closed, at, bar);
    List<Tensor> actual = gradient(computed, at, bar);
    for (int i = 0; i < 3; i++) {
      assertArrayEquals(
          expected.get(i).toArray(), actual.get(i).toArray(), 20 * tolerance, "input " + i);
    }
  }

  /** A fixed time in place of the event's gives other gradients: its term is needed. */
  @Test
  void aTimeThatDoesNotMoveIsFarOff() {
    List<Tensor> at = List.of(START, PARAMETERS, Tensor.vector(0.2, 1.1));
    UnaryOperator<Event> frozen =
        event -> {
          double time = (0.3 + Math.sqrt(0.09 + 2 * 9.81)) / 9.81 + 0.2;
          Event.Reset reset = (Event.Reset) event;
          Observable clock = observable("clock", NAMES, (t, y, p) -> t.minus(time));
          return new Event.Reset(
              "clock", new Event.Condition.Traced(clock), Direction.RISING, reset.jump());
        };
    Function<Event, Graph> end =
        event ->
            Graph.trace(
                inputs(2),
                in ->
                    List.of(
                        Solve.of(FALL, tight(), Adjoint.direct())
                            .withEvents(event)
                            .apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
    Tensor bar = Tensor.of(Shape.of(2, 2), 0, 0, 1, 0);
    Graph moving = end.apply(BOUNCE);
    Graph still = end.apply(frozen.apply(BOUNCE));
    double x = Program.of(moving).run(at).getFirst().at(2);
    assertEquals(x, Program.of(still).run(at).getFirst().at(2), 1e-9);
    List<Tensor> right = gradient(moving, at, bar);
    List<Tensor> wrong = gradient(still, at, bar);
    for (int i = 0; i < 2; i++) {
      assertTrue(Math.abs(right.get(i).at(0) - wrong.get(i).at(0)) > 0.01, "input " + i);
    }
  }

  @Test
  void backwardInTime() {
    Integrator integrator = Integrator.fixed(Solvers.tsit5(), 0.031);
    Event kick =
        Event.reset(
            "kick",
            observable("gap", NAMES, (t, y, p) -> y.get(1).minus(p.get("e").times(2))),
            Direction.EITHER,
            Observable.of(
                List.of("x", "v"),
                (t, y, p) -> Tracer.stack(y.get(0).square(), y.get(1).times(p.get("e"))),
                STATE,
                NAMES));
    Graph graph =
        Graph.trace(
            inputs(3),
            in ->
                List.of(
                    Solve.of(FALL, integrator, Adjoint.direct())
                        .withEvents(kick)
                        .apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
    List<Tensor> at = List.of(START, PARAMETERS, Tensor.vector(1, 0.781, 0.2));
    differences(graph, at);
    agree(graph, at);
  }

  /** Two events at once: the first one in order tells how their time moves. */
  @Test
  void eventsAtTheSameTime() {
    Observable doubled =
        Observable.of(
            List.of("x", "v"),
            (t, y, p) -> Tracer.stack(y.get(0).plus(p.get("e")), y.get(1).square()),
            STATE,
            NAMES);
    Event second =
        Event.reset(
            "second",
            observable("height", NAMES, (t, y, p) -> y.get(0)),
            Direction.FALLING,
            doubled);
    Function<Tensor, Graph> graph =
        times ->
            Graph.trace(
                inputs(times.size()),
                in ->
                    List.of(
                        Solve.of(FALL, Integrator.fixed(Solvers.tsit5(), 0.03), Adjoint.direct())
                            .withEvents(BOUNCE, second)
                            .apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
    Tensor times = Tensor.vector(0.2, 0.6, 1.1);
    differences(graph.apply(times), List.of(START, PARAMETERS, times));
    agree(graph.apply(times), List.of(START, PARAMETERS, times));
  }

  /** There is no derivative at an event, but numbers of one side. */
  @Test
  void aSavedTimeOfAnEvent() {
    Observable clock = observable("clock", NAMES, (t, y, p) -> t.minus(0.5));
    Event at =
        new Event.Reset(
            "at",
            new Event.Condition.Traced(clock),
            Direction.RISING,
            ((Event.Reset) BOUNCE).jump());
    for (double end : new double[] {0.5, 0.9}) {
      Graph graph =
          Graph.trace(
              inputs(3),
              in ->
                  List.of(
                      Solve.of(FALL, Integrator.fixed(Solvers.rk4(), 0.1), Adjoint.direct())
                          .withEvents(at)
                          .apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
      List<Tensor> values = List.of(START, PARAMETERS, Tensor.vector(0.2, 0.5, end));
      Tensor states = Program.of(graph).run(values).getFirst();
      assertEquals(-0.8 * (0.3 - 9.81 * 0.3), states.at(3), 1e-12);
      Tensor bar = Tensor.of(Shape.of(3, 2), 0, 0, 0, 1, 0, 0);
      List<Tensor> gradient = gradient(graph, values, bar);
      assertEquals(-0.8, gradient.get(0).at(1), 1e-12);
      assertEquals(0.8 * 0.3, gradient.get(1).at(0), 1e-12);
      agree(graph, values);
    }
  }

  @Test
  void aStopAfterResets() {
    Event slow =
        Event.stop(
            "slow", observable("late", NAMES, (t, y, p) -> y.get(1).plus(2)), Direction.FALLING);
    Graph graph =
        Graph.trace(
            inputs(2),
            in ->
                List.of(
                    solve(Integrator.fixed(Solvers.tsit5(), 0.031), Adjoint.direct())
                        .untilEvent(slow, 2, new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
    List<Tensor> at = List.of(START, PARAMETERS, SPAN);
    Tensor found = Program.of(graph).run(at).getFirst();
    assertEquals(-2, found.at(2), 1e-12);
    assertTrue(found.at(0) > 0.9);
    differences(graph, at);
    agree(graph, at);
  }

  @Test
  void whatHasNoDerivativeIsRefused() {
    Observable height = observable("height", NAMES, (t, y, p) -> y.get(0));
    Observable same = Observable.of(List.of("x", "v"), (t, y, p) -> y, STATE, NAMES);
    refused("plain condition", Event.reset("a", (t, y) -> y[0], Direction.EITHER, (t, y) -> {}));
    refused(
        "plain function",
        new Event.Reset(
            "a",
            new Event.Condition.Traced(height),
            Direction.EITHER,
            new Event.Jump.Plain((t, y) -> {})));
    refused("a new state of 1 values", Event.reset("a", height, Direction.EITHER, height));
    Observable three =
        Observable.of(List.of("x"), (t, y, p) -> y.get(0), Shape.of(3), Structure.EMPTY);
    refused("from 3 states and 0 parameters", Event.reset("a", three, Direction.EITHER, same));
    refused("Event 'a' stops the solve", Event.stop("a", height, Direction.EITHER));
    UnsupportedOperationException back =
        assertThrows(
            UnsupportedOperationException.class,
            () -> states(solve(Integrator.of(Solvers.tsit5()), Adjoint.backsolve())));
    assertTrue(back.getMessage().contains("Adjoint.checkpointed()"), back.getMessage());
  }

  private static void refused(String why, Event event) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> states(Solve.of(FALL, tight(), Adjoint.direct()).withEvents(event)));
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  @Test
  void eventsOfTheIntegratorCountToo() {
    Graph own = states(solve(tight(), Adjoint.direct()));
    Graph integrators = states(Solve.of(FALL, tight().withEvents(BOUNCE), Adjoint.direct()));
    List<Tensor> at = List.of(START, PARAMETERS, TIMES);
    Tensor bar = RandomKey.of(7).normal(Shape.of(7, 2));
    assertEquals(Program.of(own).run(at), Program.of(integrators).run(at));
    assertEquals(gradient(own, at, bar), gradient(integrators, at, bar));
  }
}
