package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Event.Direction;
import odeum.solver.EventRecord;
import odeum.solver.ExplicitRungeKutta;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.solver.Solver;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
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
        inputs(7),
        in -> List.of(solve.apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
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
      Tracer[] from =
          bounces == 0 ? new Tracer[] {t0, y0.get(1)} : bounce(bounces);
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

  private static List<Tensor> gradient(Graph graph, List<Tensor> at, Tensor bar) {
    List<Tensor> all = new ArrayList<>(at);
    all.add(bar);
    return Program.of(Vjp.of(graph)).run(all);
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

  /** A racket that moves as A sin(w t), air that brakes, and a magnet switched on by speed. */
  private static final class Racket {
    static final Structure PARTS = Structure.ofNumbers(List.of("g", "e", "drag", "A", "w"));
    static final Tensor VALUES = Tensor.vector(9.81, 0.75, 0.05, 0.11, 5.3);
    static final VectorField FIELD =
        (t, y, p) -> {
          Tracer v = y.get(1);
          Tracer drag = v.times(v.square().plus(0.1).sqrt()).times(p.get("drag"));
          return Tracer.stack(v, p.get("g").plus(drag).unaryMinus());
        };
    static final Event HIT =
        Event.reset(
            "hit",
            observable(
                "gap",
                PARTS,
                (t, y, p) -> y.get(0).minus(t.times(p.get("w")).sin().times(p.get("A")))),
            Direction.FALLING,
            Observable.of(
                List.of("x", "v"),
                (t, y, p) -> {
                  Tracer racket =
                      t.times(p.get("w")).cos().times(p.get("A")).times(p.get("w"));
                  Tracer relative = y.get(1).minus(racket);
                  return Tracer.stack(
                      y.get(0), racket.minus(relative.times(p.get("e"))));
                },
                STATE,
                PARTS));
    static final Event TOP =
        Event.reset(
            "top",
            observable("speed", PARTS, (t, y, p) -> y.get(1).plus(y.get(0).times(0.1))),
            Direction.FALLING,
            Observable.of(
                List.of("x", "v"),
                (t, y, p) -> Tracer.stack(y.get(0).times(0.98), y.get(1).minus(t.times(0.05))),
                STATE,
                PARTS));

    static Graph states(Integrator integrator, Adjoint adjoint, int times) {
      return graph(
          times, (s, in) -> s.apply(new Traced(PARTS, in.get(1)), in.get(0), in.get(2)), integrator, adjoint);
    }

    static Graph graph(
        int times,
        java.util.function.BiFunction<Solve, List<Tracer>, Tracer> ask,
        Integrator integrator,
        Adjoint adjoint) {
      Solve solve = Solve.of(FIELD, integrator, adjoint).withEvents(HIT, TOP);
      return Graph.trace(
          List.of(STATE, Shape.of(5), Shape.of(times)), in -> List.of(ask.apply(solve, in)));
    }
  }

  private static final List<Tensor> FORWARD =
      List.of(START, Racket.VALUES, Tensor.vector(0.2, 0.5, 0.93, 1.11, 1.68, 2.13, 2.29));
  private static final List<Tensor> SPANNED =
      List.of(START, Racket.VALUES, Tensor.vector(0.2, 2.3));

  static Stream<Solver> solvers() {
    return Stream.of(
        Solvers.euler(),
        Solvers.bosh3(),
        Solvers.rk4(),
        Solvers.dopri5(),
        Solvers.tsit5(),
        Solvers.dopri8(),
        Solvers.implicitMidpoint(),
        Solvers.kvaerno5(),
        Solvers.kencarp4());
  }

  /** Fixed steps, so that the differences are those of the very operations. */
  @ParameterizedTest
  @MethodSource("solvers")
  void theGradientOfTheComputedNumbers(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.031);
    // the equations of implicit stages are solved to a tolerance
    double tolerance = solver instanceof ExplicitRungeKutta ? 1e-8 : 5e-8;
    differences(Racket.states(integrator, Adjoint.direct(), 7), FORWARD, tolerance);
    differences(
        Racket.graph(
            2,
            (s, in) ->
                s.untilEvent(Racket.HIT, 3, new Traced(Racket.PARTS, in.get(1)), in.get(0), in.get(2)),
            integrator,
            Adjoint.direct()),
        SPANNED,
        tolerance);
    differences(
        Racket.graph(
            2,
            (s, in) -> s.eventTimes(5, new Traced(Racket.PARTS, in.get(1)), in.get(0), in.get(2)),
            integrator,
            Adjoint.direct()),
        SPANNED,
        tolerance);
  }

  private static void differences(Graph graph, List<Tensor> at) {
    differences(graph, at, 1e-8);
  }

  private static void differences(Graph graph, List<Tensor> at, double tolerance) {
    Program program = Program.of(graph);
    Tensor bar = RandomKey.of(7).normal(graph.output(0));
    assertTrue(Double.isFinite(dot(program.run(at).getFirst(), bar)));
    List<Tensor> gradient = gradient(graph, at, bar);
    for (int input = 0; input < 3; input++) {
      for (int j = 0; j < at.get(input).size(); j++) {
        double h = 2e-4;
        double difference =
            (8 * (value(program, at, bar, input, j, h) - value(program, at, bar, input, j, -h))
                    - (value(program, at, bar, input, j, 2 * h)
                        - value(program, at, bar, input, j, -2 * h)))
                / (12 * h);
        double actual = gradient.get(input).at(j);
        assertEquals(
            difference, actual, tolerance * (1 + Math.abs(difference)), input + " at " + j);
      }
    }
  }

  private static double value(
      Program program, List<Tensor> at, Tensor bar, int input, int j, double change) {
    List<Tensor> moved = new ArrayList<>(at);
    double[] values = at.get(input).toArray();
    values[j] += change;
    moved.set(input, Tensor.of(at.get(input).shape(), values));
    return dot(program.run(moved).getFirst(), bar);
  }

  private static double dot(Tensor a, Tensor b) {
    double sum = 0;
    for (int i = 0; i < a.size(); i++) {
      sum += a.at(i) * b.at(i);
    }
    return sum;
  }

  private static List<Graph> allKinds(Integrator integrator, Adjoint adjoint) {
    return List.of(
        Racket.states(integrator, adjoint, 2),
        Racket.graph(
            2,
            (s, in) ->
                s.untilEvent(Racket.TOP, 2, new Traced(Racket.PARTS, in.get(1)), in.get(0), in.get(2)),
            integrator,
            adjoint),
        Racket.graph(
            2,
            (s, in) -> s.eventTimes(9, new Traced(Racket.PARTS, in.get(1)), in.get(0), in.get(2)),
            integrator,
            adjoint));
  }

  @Test
  void checkpointsChangeNoBit() {
    for (Integrator integrator : List.of(tight(), Integrator.of(Solvers.kvaerno5()))) {
      for (Adjoint few : List.of(Adjoint.checkpointed(), Adjoint.checkpointed(1))) {
        for (int i = 0; i < 3; i++) {
          Graph direct = allKinds(integrator, Adjoint.direct()).get(i);
          Graph other = allKinds(integrator, few).get(i);
          Tensor bar = RandomKey.of(7).normal(direct.output(0));
          assertEquals(Program.of(direct).run(SPANNED), Program.of(other).run(SPANNED));
          assertEquals(gradient(direct, SPANNED, bar), gradient(other, SPANNED, bar));
        }
        Tensor bar = RandomKey.of(7).normal(Shape.of(7, 2));
        assertEquals(
            gradient(Racket.states(integrator, Adjoint.direct(), 7), FORWARD, bar),
            gradient(Racket.states(integrator, few, 7), FORWARD, bar));
      }
    }
  }

  @Test
  void forwardAgreesWithReverse() {
    for (Integrator integrator :
        List.of(
            tight(),
            Integrator.fixed(Solvers.rk4(), 0.05),
            Integrator.fixed(Solvers.kencarp4(), 0.05))) {
      for (Graph graph : allKinds(integrator, Adjoint.direct())) {
        agree(graph, SPANNED, 1);
      }
      agree(Racket.states(integrator, Adjoint.direct(), 7), FORWARD, 1);
    }
  }

  private static void agree(Graph graph, List<Tensor> at, double scale) {
    List<Tensor> tangents = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      tangents.add(RandomKey.of(20 + i).normal(at.get(i).shape()));
    }
    List<Tensor> all = new ArrayList<>(at);
    all.addAll(tangents);
    double[] moved = Program.of(Jvp.of(graph)).run(all).get(1).toArray();
    double[] bars = RandomKey.of(9).normal(graph.output(0)).toArray();
    for (int i = 0; i < moved.length; i++) {
      if (Double.isNaN(moved[i])) { // an event that did not come
        moved[i] = 0;
      }
    }
    List<Tensor> gradient = gradient(graph, at, Tensor.of(graph.output(0), bars));
    double expected = 0;
    for (int i = 0; i < 3; i++) {
      expected += dot(gradient.get(i), tangents.get(i));
    }
    double actual = dot(Tensor.of(graph.output(0), bars), Tensor.of(graph.output(0), moved));
    assertEquals(expected, actual, 1e-10 * scale * (1 + Math.abs(expected)));
  }

  /** The same numbers as those of an integrator that solves the problem. */
  @Test
  void theSolutionHasTheBitsOfAPlainSolve() {
    for (Integrator integrator :
        List.of(
            tight(),
            Integrator.of(Solvers.dopri8()).withStepTimes(0.7).withJumpTimes(1.1),
            Integrator.fixed(Solvers.rk4(), 0.05))) {
      TracedField field = TracedField.of(Racket.FIELD, STATE, Racket.PARTS);
      double[] times = FORWARD.getLast().toArray();
      Problem problem =
          Problem.of(OdeTerm.of(field, Racket.VALUES), START, times[0], times[6])
              .withEvents(Racket.HIT, Racket.TOP);
      Solution solution = integrator.withSaveAt(SaveAt.times(times)).solve(problem);
      assertTrue(solution.events().size() > 4);
      Graph graph = Racket.states(integrator, Adjoint.direct(), 7);
      Tensor states = Program.of(graph).run(FORWARD).getFirst();
      for (int i = 0; i < 7; i++) {
        assertEquals(solution.state(i).at(0), states.at(2 * i), 0);
        assertEquals(solution.state(i).at(1), states.at(2 * i + 1), 0);
      }
      // and where a gradient is wanted, so that the steps are kept
      double[] recorded = new double[14];
      List<Tensor> all = new ArrayList<>(FORWARD);
      all.add(RandomKey.of(1).normal(Shape.of(7, 2)));
      Graph both =
          Graph.trace(
              List.of(STATE, Shape.of(5), Shape.of(7), Shape.of(7, 2)),
              in ->
                  Vjp.valueAndPull(
                      graph, in.subList(0, 3), in.subList(3, 4), List.of(0, 1, 2)));
      Program.of(both).run(all).getFirst().copyTo(recorded, 0);
      assertArrayEquals(states.toArray(), recorded, 0);
      Tensor eventTimes =
          Program.of(allKinds(integrator, Adjoint.direct()).getLast())
              .run(List.of(START, Racket.VALUES, Tensor.vector(times[0], times[6])))
              .getFirst();
      double[] expected = solution.events().stream().mapToDouble(EventRecord::time).toArray();
      for (int i = 0; i < Math.min(9, expected.length); i++) {
        assertEquals(expected[i], eventTimes.at(i), 0);
      }
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
    agree(graph, at, 1);
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
            "second", observable("height", NAMES, (t, y, p) -> y.get(0)), Direction.FALLING, doubled);
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
    agree(graph.apply(times), List.of(START, PARAMETERS, times), 1);
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
      agree(graph, values, 1);
    }
  }

  @Test
  void aBatchIsItsSamples() {
    Graph graph = Racket.states(tight(), Adjoint.direct(), 7);
    Graph batch = Vmap.of(graph, List.of(true, false, false), 2);
    Tensor starts = Tensor.of(Shape.of(2, 2), 1, 1.6, 0.3, -0.2);
    List<Tensor> both = List.of(starts, FORWARD.get(1), FORWARD.get(2));
    Tensor states = Program.of(batch).run(both).getFirst();
    Tensor bar = RandomKey.of(3).normal(Shape.of(7, 2, 2));
    List<Tensor> gradient = gradient(batch, both, bar);
    double[] byParameters = new double[5];
    for (int sample = 0; sample < 2; sample++) {
      Tensor start = Tensor.vector(starts.at(sample), starts.at(2 + sample));
      List<Tensor> one = List.of(start, FORWARD.get(1), FORWARD.get(2));
      Tensor alone = Program.of(graph).run(one).getFirst();
      double[] bars = new double[14];
      for (int i = 0; i < 14; i++) {
        assertEquals(alone.at(i), states.at(2 * i + sample), 0);
        bars[i] = bar.at(2 * i + sample);
      }
      List<Tensor> own = gradient(graph, one, Tensor.of(Shape.of(7, 2), bars));
      assertEquals(own.get(0).at(0), gradient.get(0).at(sample), 0);
      for (int i = 0; i < 5; i++) {
        byParameters[i] += own.get(1).at(i);
      }
    }
    assertArrayEquals(byParameters, gradient.get(1).toArray(), 1e-12);
  }

  @Test
  void aStopAfterResets() {
    Event slow =
        Event.stop(
            "slow",
            observable("late", NAMES, (t, y, p) -> y.get(1).plus(2)),
            Direction.FALLING);
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
    agree(graph, at, 1);
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

  /** The steps of one run are memory for the next. */
  @Test
  void runsAgainWithTheSameBits() {
    Graph graph = Racket.states(tight(), Adjoint.direct(), 7);
    Program pull = Program.of(Vjp.of(graph));
    List<Tensor> all = new ArrayList<>(FORWARD);
    all.add(RandomKey.of(7).normal(Shape.of(7, 2)));
    List<Tensor> first = pull.run(all);
    List<Tensor> other = new ArrayList<>(all);
    other.set(0, Tensor.vector(0.5, 0));
    pull.run(other);
    assertEquals(first, pull.run(all));
  }
}
