package odeum.adjoint;

import static odeum.adjoint.Gradients.agree;
import static odeum.adjoint.Gradients.differences;
import static odeum.adjoint.Gradients.gradient;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
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
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every way through events: a ball on a racket, with drag. */
class HybridContractTest {
  private static final Shape STATE = Shape.of(2);
  private static final Tensor START = Tensor.vector(1, 0.3);
  private static final List<Tensor> FORWARD =
      List.of(START, Racket.VALUES, Tensor.vector(0.2, 0.5, 0.93, 1.11, 1.68, 2.13, 2.29));
  private static final List<Tensor> SPANNED =
      List.of(START, Racket.VALUES, Tensor.vector(0.2, 2.3));

  private static Integrator tight() {
    return Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-11, 1e-12));
  }

  private static Observable observable(String name, Structure names, VectorField value) {
    return Observable.of(List.of(name), value, STATE, names);
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
                  Tracer racket = t.times(p.get("w")).cos().times(p.get("A")).times(p.get("w"));
                  Tracer relative = y.get(1).minus(racket);
                  return Tracer.stack(y.get(0), racket.minus(relative.times(p.get("e"))));
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
          times,
          (s, in) -> s.apply(new Traced(PARTS, in.get(1)), in.get(0), in.get(2)),
          integrator,
          adjoint);
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
                s.untilEvent(
                    Racket.HIT, 3, new Traced(Racket.PARTS, in.get(1)), in.get(0), in.get(2)),
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

  private static List<Graph> allKinds(Integrator integrator, Adjoint adjoint) {
    return List.of(
        Racket.states(integrator, adjoint, 2),
        Racket.graph(
            2,
            (s, in) ->
                s.untilEvent(
                    Racket.TOP, 2, new Traced(Racket.PARTS, in.get(1)), in.get(0), in.get(2)),
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
        agree(graph, SPANNED);
      }
      agree(Racket.states(integrator, Adjoint.direct(), 7), FORWARD);
    }
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
              in -> Vjp.valueAndPull(graph, in.subList(0, 3), in.subList(3, 4), List.of(0, 1, 2)));
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
