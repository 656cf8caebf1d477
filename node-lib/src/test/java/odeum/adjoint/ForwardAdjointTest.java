package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import odeum.autodiff.Hessian;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Pid;
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

/** Forward sensitivities against the direct adjoint, and what only they have. */
class ForwardAdjointTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("a", "b", "force"));
  private static final Tensor PARAMETERS = Tensor.vector(1.3, 0.7, 0.4);
  private static final Tensor INITIAL = Tensor.vector(1.1, 0.8);
  private static final Pid TIGHT = Pid.of(1e-9, 1e-11);
  private static final List<Tensor> TIMES =
      List.of(Tensor.vector(-0.3, 0.35, 0.5, 0.71, 2.3, 3.1), Tensor.vector(2.6, 0.9, 0.4, -0.2));

  /** Predator and prey under a force that depends on time, so that every path is used. */
  private static final VectorField FORCED =
      (t, y, p) -> {
        Tracer meeting = y.get(0).times(y.get(1));
        return Tracer.stack(
            y.get(0).times(p.get("a")).minus(meeting).plus(p.get("force").times(t.sin())),
            meeting.times(p.get("b")).minus(y.get(1)).plus(t.square().times(0.1)));
      };

  /** How closely both agree: by start and parameters, by times. */
  static Stream<Arguments> integrators() {
    return Stream.of(
        Arguments.of(Integrator.fixed(Solvers.rk4(), 0.03), 1e-13, 1e-4),
        Arguments.of(Integrator.fixed(Solvers.tsit5(), 0.03), 1e-13, 1e-6),
        Arguments.of(Integrator.adaptive(Solvers.tsit5(), TIGHT), 1e-13, 1e-7),
        Arguments.of(Integrator.adaptive(Solvers.dopri8(), TIGHT), 1e-13, 1e-7),
        Arguments.of(Integrator.fixed(Solvers.kvaerno5(), 0.03), 1e-9, 1e-5),
        Arguments.of(Integrator.adaptive(Solvers.kvaerno5(), TIGHT), 1e-8, 1e-6),
        Arguments.of(Integrator.adaptive(Solvers.kvaerno3(), TIGHT), 1e-7, 1e-5),
        Arguments.of(Integrator.fixed(Solvers.rodas5p(), 0.03), 1e-11, 1e-5),
        Arguments.of(Integrator.adaptive(Solvers.rodas5p(), TIGHT), 1e-11, 1e-6));
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void theGradientIsThatOfTheDirectAdjoint(Integrator way, double exact, double byTimes) {
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph direct = loss(way, Adjoint.direct(), times.size());
      Graph forward = loss(way, Adjoint.forward(), times.size());
      List<Tensor> expected = Program.of(gradient(direct)).run(at);
      List<Tensor> actual = Program.of(gradient(forward)).run(at);
      near(expected.get(0), actual.get(0), exact);
      near(expected.get(1), actual.get(1), exact);
      near(expected.get(2), actual.get(2), byTimes);
      List<Tensor> tangents = new ArrayList<>(at);
      at.forEach(t -> tangents.add(RandomKey.of(t.size()).normal(t.shape())));
      double along = Program.of(Jvp.of(forward)).run(tangents).get(1).scalar();
      double product = 0;
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < at.get(i).size(); j++) {
          product += tangents.get(3 + i).at(j) * actual.get(i).at(j);
        }
      }
      assertEquals(product, along, 10 * exact * (1 + Math.abs(product)));
    }
  }

  @ParameterizedTest
  @MethodSource("integrators")
  void theStatesAreThoseOfThePlainSolve(Integrator way, double exact, double byTimes) {
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      List<Tensor> direct = Program.of(states(way, Adjoint.direct(), times.size())).run(at);
      Graph forward = states(way, Adjoint.forward(), times.size());
      assertEquals(direct, Program.of(forward).run(at));
    }
  }

  /** x' = A x from (x, y) with A = ((a, b), (-b, a)): all second derivatives are known. */
  @Test
  void theHessianOfALinearSystem() {
    Structure names = Structure.ofNumbers(List.of("a", "b"));
    VectorField spiral =
        (t, y, p) ->
            Tracer.stack(
                y.get(0).times(p.get("a")).plus(y.get(1).times(p.get("b"))),
                y.get(1).times(p.get("a")).minus(y.get(0).times(p.get("b"))));
    double a = -0.3;
    double b = 1.7;
    double t = 2.5;
    double cos = StrictMath.exp(a * t) * StrictMath.cos(b * t);
    double sin = StrictMath.exp(a * t) * StrictMath.sin(b * t);
    double x = 0.8;
    double y = -0.6; // x(t) = cos x + sin y
    double end = cos * x + sin * y;
    double turned = cos * y - sin * x; // its derivative by b t
    double[][] expected = {
      {0, 0, t * cos, -t * sin},
      {0, 0, t * sin, t * cos},
      {t * cos, t * sin, t * t * end, t * t * turned},
      {-t * sin, t * cos, t * t * turned, -t * t * end}
    };
    for (Integrator way :
        List.of(
            Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-13)),
            Integrator.adaptive(Solvers.rodas5p(), Pid.of(1e-11, 1e-12)))) {
      Solve solve = Solve.of(spiral, way, Adjoint.forward());
      Graph hessian =
          Graph.trace(
              List.of(Shape.of(4)),
              in ->
                  List.of(
                      Hessian.of(
                              all ->
                                  solve
                                      .apply(
                                          new Traced(names, all.slice(0, 2, 4)),
                                          all.slice(0, 0, 2),
                                          all.constant(Tensor.vector(0.5, 3)))
                                      .get(1)
                                      .get(0))
                          .apply(in.getFirst())));
      Tensor h = Program.of(hessian).run(List.of(Tensor.vector(x, y, a, b))).getFirst();
      for (int i = 0; i < 16; i++) {
        assertEquals(expected[i / 4][i % 4], h.at(i), 1e-8, way.solver().name() + " " + i);
      }
    }
  }

  static Stream<Integrator> twice() {
    return Stream.of(
        Integrator.fixed(Solvers.rk4(), 0.03),
        Integrator.fixed(Solvers.tsit5(), 0.03),
        Integrator.fixed(Solvers.rodas5p(), 0.05));
  }

  /** Reverse over reverse and forward over reverse against differences of gradients. */
  @ParameterizedTest
  @MethodSource("twice")
  void theHessianIsTheDerivativeOfTheGradient(Integrator way) {
    List<Tensor> at = List.of(INITIAL, PARAMETERS, TIMES.getLast());
    Graph gradient = gradient(loss(way, Adjoint.forward(), 4));
    Tensor byInitial = Tensor.vector(0.3, -0.2);
    Tensor byParameters = Tensor.vector(0.1, 0.5, -0.7);
    Tensor still = Tensor.zeros(Shape.of(4));
    List<Tensor> tangents = new ArrayList<>(at);
    tangents.addAll(List.of(byInitial, byParameters, still));
    List<Tensor> product = Program.of(Jvp.of(gradient)).run(tangents).subList(3, 5);
    Graph reverse =
        Graph.trace(
            gradient.inputs(),
            in ->
                Vjp.pull(
                    gradient,
                    in,
                    Stream.of(byInitial, byParameters, still).map(in.getFirst()::constant).toList(),
                    List.of(0, 1)));
    List<Tensor> transposed = Program.of(reverse).run(at);
    Program value = Program.of(gradient);
    double h = 1e-3;
    List<List<Tensor>> moved = new ArrayList<>();
    for (double by : new double[] {h, -h, 2 * h, -2 * h}) {
      moved.add(
          value.run(
              List.of(
                  added(INITIAL, byInitial, by),
                  added(PARAMETERS, byParameters, by),
                  TIMES.getLast())));
    }
    for (int operand = 0; operand < 2; operand++) {
      for (int i = 0; i < at.get(operand).size(); i++) {
        double near = moved.get(0).get(operand).at(i) - moved.get(1).get(operand).at(i);
        double far = moved.get(2).get(operand).at(i) - moved.get(3).get(operand).at(i);
        double expected = (8 * near - far) / (12 * h);
        assertEquals(expected, product.get(operand).at(i), 1e-8 * (1 + Math.abs(expected)));
        assertEquals(expected, transposed.get(operand).at(i), 1e-8 * (1 + Math.abs(expected)));
      }
    }
  }

  private static Tensor added(Tensor start, Tensor direction, double by) {
    double[] values = start.toArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += by * direction.at(i);
    }
    return Tensor.vector(values);
  }

  @Test
  void onlyForwardHasSecondDerivativesAndNothingThird() {
    Integrator way = Integrator.fixed(Solvers.rk4(), 0.1);
    for (Adjoint adjoint :
        List.of(Adjoint.direct(), Adjoint.checkpointed(), Adjoint.backsolve(), Adjoint.auto())) {
      Graph gradient = gradient(loss(way, adjoint, 4));
      refused(() -> Jvp.of(gradient));
      refused(() -> gradient(sum(gradient)));
      Graph tangent = Jvp.of(loss(way, adjoint, 4));
      refused(() -> Jvp.of(tangent));
    }
    Graph second = gradient(sum(gradient(loss(way, Adjoint.forward(), 4))));
    List<Tensor> at = List.of(INITIAL, PARAMETERS, TIMES.getLast());
    assertEquals(3, Program.of(second).run(at).size());
    String message = refused(() -> Program.of(Jvp.of(second)));
    assertTrue(message.contains("nothing has third derivatives"), message);
  }

  private static String refused(org.junit.jupiter.api.function.Executable derivative) {
    String message = assertThrows(UnsupportedOperationException.class, derivative).getMessage();
    assertTrue(message.contains("Adjoint.forward()"), message);
    return message;
  }

  /** The sum of the gradient by start and parameters. */
  private static Graph sum(Graph gradient) {
    return Graph.trace(
        gradient.inputs(),
        in -> {
          List<Tracer> bars = gradient.inline(in);
          return List.of(bars.get(0).sum().plus(bars.get(1).sum()));
        });
  }

  @Test
  void blackBoxesToo() {
    for (Tensor times : TIMES) {
      List<Tensor> at = List.of(INITIAL, PARAMETERS, times);
      Graph reference =
          loss(
              Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-11, 1e-12)),
              Adjoint.direct(),
              times.size());
      List<Tensor> expected = Program.of(gradient(reference)).run(at);
      Integrator box = Integrator.adaptive(Solvers.commonsDopri853(), Pid.of(1e-10, 1e-12));
      Graph forward = loss(box, Adjoint.forward(), times.size());
      List<Tensor> actual = Program.of(gradient(forward)).run(at);
      for (int i = 0; i < 3; i++) {
        near(expected.get(i), actual.get(i), 1e-7);
      }
    }
  }

  @Test
  void aBatchIsEachSampleByItself() {
    Integrator way = Integrator.of(Solvers.tsit5());
    Graph gradient = gradient(loss(way, Adjoint.forward(), 4));
    double[] starts = {1.1, 1.2, 0.9, 0.8, 0.7, 1.3};
    List<Tensor> batch =
        Program.of(Vmap.of(gradient, List.of(true, false, false), 3))
            .run(List.of(Tensor.of(Shape.of(2, 3), starts), PARAMETERS, TIMES.getLast()));
    for (int sample = 0; sample < 3; sample++) {
      Tensor start = Tensor.vector(starts[sample], starts[3 + sample]);
      List<Tensor> alone = Program.of(gradient).run(List.of(start, PARAMETERS, TIMES.getLast()));
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < alone.get(i).size(); j++) {
          assertEquals(alone.get(i).at(j), batch.get(i).at(3 * j + sample));
        }
      }
    }
    Graph many = Vmap.of(loss(way, Adjoint.forward(), 4), List.of(true, false, false), 3);
    Graph total = Graph.trace(many.inputs(), in -> List.of(many.inline(in).getFirst().sum()));
    Tensor summed =
        Program.of(gradient(total))
            .run(List.of(Tensor.of(Shape.of(2, 3), starts), PARAMETERS, TIMES.getLast()))
            .get(1);
    for (int j = 0; j < 3; j++) {
      double[] each = Arrays.copyOfRange(batch.get(1).toArray(), 3 * j, 3 * j + 3);
      assertEquals(Arrays.stream(each).sum(), summed.at(j), 1e-12);
    }
  }

  @Test
  void aFailedSolveIsNotANumber() {
    Solve solve =
        Solve.of((t, y, p) -> y.square(), Integrator.of(Solvers.tsit5()), Adjoint.forward());
    Graph graph =
        Graph.trace(
            List.of(Shape.of(1)),
            in ->
                List.of(
                    solve
                        .apply(
                            new Traced(Structure.EMPTY, in.getFirst().constant(Tensor.vector())),
                            in.getFirst(),
                            in.getFirst().constant(Tensor.vector(0, 0.5, 2)))
                        .sum()));
    double bar = Program.of(gradient(graph)).run(List.of(Tensor.vector(1))).getFirst().at(0);
    assertTrue(Double.isNaN(bar));
  }

  @Test
  void theTimeOfAnEventIsRefused() {
    Observable level =
        Observable.of(List.of("x"), (t, y, p) -> y.slice(0, 0, 1), Shape.of(2), NAMES);
    Event event = Event.stop("level", level, Event.Direction.EITHER);
    Solve solve = Solve.of(FORCED, Integrator.of(Solvers.tsit5()), Adjoint.forward());
    String message =
        assertThrows(
                UnsupportedOperationException.class,
                () ->
                    Graph.trace(
                        List.of(Shape.of(2), Shape.of(3), Shape.of(2)),
                        in ->
                            List.of(
                                solve.untilEvent(
                                    event, new Traced(NAMES, in.get(1)), in.get(0), in.get(2)))))
            .getMessage();
    assertTrue(message.contains("Take Adjoint.direct() or Adjoint.checkpointed()"), message);
  }

  @Test
  void autoIsWhatItChooses() {
    Adjoint.Auto auto = Adjoint.auto();
    Integrator way = Integrator.of(Solvers.tsit5());
    Adjoint.Auto.Choice small = auto.choose(way, 2);
    assertEquals(Adjoint.direct(), small.adjoint());
    Adjoint.Auto.Choice undone = auto.choose(Integrator.of(Solvers.alf()), 1_000_000);
    assertEquals(Adjoint.reversible(), undone.adjoint());
    Adjoint.Auto.Choice large = auto.choose(way, 1_000_000);
    assertEquals(Adjoint.checkpointed(), large.adjoint());
    assertTrue(large.why().contains("large"), large.why());
    Integrator box = Integrator.adaptive(Solvers.commonsDopri853(), TIGHT);
    Adjoint.Auto.Choice black = auto.choose(box, 2);
    assertInstanceOf(Adjoint.Backsolve.class, black.adjoint());
    assertEquals("commons:dopri853 does not show its steps", black.why());
    List<Tensor> at = List.of(INITIAL, PARAMETERS, TIMES.getFirst());
    for (Integrator each : List.of(way, box, Integrator.of(Solvers.rodas5p()))) {
      Adjoint chosen = auto.choose(each, 2).adjoint();
      assertEquals(
          Program.of(gradient(loss(each, chosen, 6))).run(at),
          Program.of(gradient(loss(each, auto, 6))).run(at));
    }
    assertEquals(Adjoint.forward(), Adjoint.named("forward"));
    assertEquals(auto, Adjoint.named("auto"));
    assertTrue(Adjoint.names().containsAll(List.of("forward", "auto")));
  }

  private static Graph states(Integrator integrator, Adjoint adjoint, int times) {
    Solve solve = Solve.of(FORCED, integrator, adjoint);
    return Graph.trace(
        List.of(Shape.of(2), Shape.of(3), Shape.of(times)),
        in -> List.of(solve.apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(2))));
  }

  /** A loss that weighs every saved value differently. */
  private static Graph loss(Integrator integrator, Adjoint adjoint, int times) {
    Graph states = states(integrator, adjoint, times);
    Tensor weights = RandomKey.of(5).normal(Shape.of(times, 2));
    return Graph.trace(
        states.inputs(),
        in -> {
          Tracer all = states.inline(in).getFirst();
          return List.of(all.square().times(all.constant(weights)).sum());
        });
  }

  private static Graph gradient(Graph loss) {
    return Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
  }

  private static void near(Tensor expected, Tensor actual, double allowed) {
    assertEquals(expected.shape(), actual.shape());
    for (int i = 0; i < expected.size(); i++) {
      double unit = 1 + Math.abs(expected.at(i));
      assertEquals(expected.at(i), actual.at(i), allowed * unit, "value " + i);
    }
  }
}
