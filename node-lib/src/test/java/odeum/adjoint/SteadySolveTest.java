package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.solver.SteadyState;
import odeum.solver.SteadyStateFinder;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;

class SteadySolveTest {
  private static final Integrator STIFF = Integrator.of(Solvers.rodas5p());
  private static final Structure ONE = Structure.ofNumbers(List.of("a"));

  /** x' = a - x^3 comes to rest at the cube root of a. */
  private static final VectorField CUBE =
      (t, y, p) -> y.square().times(y).unaryMinus().plus(p.get("a"));

  /** Inflow of A, an enzyme makes B of it, which decays. */
  private static final Structure RATES = Structure.ofNumbers(List.of("in", "most", "half", "out"));

  private static final VectorField ENZYME =
      (t, y, p) -> {
        Tracer rate = y.get(0).times(p.get("most")).div(y.get(0).plus(p.get("half")));
        return Tracer.stack(p.get("in").minus(rate), rate.minus(y.get(1).times(p.get("out"))));
      };

  private static final int UNITS = 6;
  private static final Structure FIELD =
      Structure.EMPTY.and("w", Shape.of(UNITS, UNITS)).and("b", Shape.of(UNITS));

  /** Rates of neurons, whose weights are small enough for one steady state. */
  private static final VectorField NEURONS =
      (t, y, p) ->
          p.get("w")
              .matmul(y.reshape(Shape.of(UNITS, 1)))
              .flatten()
              .plus(p.get("b"))
              .tanh()
              .minus(y);

  private static Graph steady(VectorField field, Structure names, Integrator way, int size) {
    SteadySolve solve = SteadySolve.of(field, way);
    return Graph.trace(
        List.of(Shape.of(size), Shape.of(names.size())),
        in -> List.of(solve.apply(new Traced(names, in.get(1)), in.get(0))));
  }

  /** A loss that weighs every value differently, and is not linear in them. */
  private static Graph loss(VectorField field, Structure names, Integrator way, int size) {
    Graph steady = steady(field, names, way, size);
    Tensor weights = RandomKey.of(3).normal(Shape.of(size));
    return Graph.trace(
        steady.inputs(),
        in -> {
          Tracer y = steady.inline(in).getFirst();
          return List.of(y.sin().plus(y.square()).times(y.constant(weights)).sum());
        });
  }

  private static Graph gradient(Graph loss) {
    return Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
  }

  @Test
  void derivativesOfEveryOrder() {
    Graph function = steady(CUBE, ONE, STIFF, 1);
    List<Tensor> at = List.of(Tensor.vector(2), Tensor.vector(27));
    double[] expected = {3, 1 / 27.0, -2 / 9.0 / 243, 10 / 27.0 / 6561, -80 / 81.0 / 177147};
    for (int order = 0; order < expected.length; order++) {
      double value = Program.of(function).run(at).getFirst().at(0);
      assertEquals(expected[order], value, 1e-13 * (1 + Math.abs(expected[order])));
      assertEquals(1, value / expected[order], 1e-11, "order " + order);
      Graph last = function;
      function =
          Graph.trace(
              last.inputs(),
              in ->
                  Vjp.pull(
                      last, in, List.of(in.getFirst().constant(Tensor.vector(1))), List.of(1)));
    }
  }

  @Test
  void forwardOverReverseAndTheOtherWay() {
    List<Tensor> at = List.of(Tensor.vector(2), Tensor.vector(27));
    Graph function = steady(CUBE, ONE, STIFF, 1);
    Graph forward = along(function);
    Graph reverse =
        Graph.trace(
            function.inputs(),
            in ->
                Vjp.pull(
                    function, in, List.of(in.getFirst().constant(Tensor.vector(1))), List.of(1)));
    Graph forwardOverForward = along(forward);
    Graph forwardOverReverse = along(reverse);
    Graph reverseOverForward =
        Graph.trace(
            function.inputs(),
            in ->
                Vjp.pull(
                    forward, in, List.of(in.getFirst().constant(Tensor.vector(1))), List.of(1)));
    Graph third = along(reverseOverForward);
    double second = -2 / 9.0 / 243;
    for (Graph graph : List.of(forwardOverForward, forwardOverReverse, reverseOverForward)) {
      assertEquals(1, Program.of(graph).run(at).getFirst().at(0) / second, 1e-12);
    }
    assertEquals(1, Program.of(third).run(at).getFirst().at(0) * 27 * 6561 / 10, 1e-11);
    assertEquals(1 / 27.0, Program.of(forward).run(at).getFirst().at(0), 1e-15);
  }

  /** The derivative by the parameters in direction 1. */
  private static Graph along(Graph function) {
    return Graph.trace(
        function.inputs(),
        in -> {
          Tracer still = in.getFirst().constant(Tensor.zeros(function.inputs().get(0)));
          Tracer one = in.getFirst().constant(Tensor.vector(1));
          return List.of(Jvp.push(function, in, List.of(still, one)).getLast());
        });
  }

  @Test
  void aNetworkOfReactions() {
    double in = 0.4;
    double most = 1.3;
    double half = 0.7;
    double out = 0.2;
    List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(in, most, half, out));
    Graph steady = steady(ENZYME, RATES, STIFF, 2);
    double rest = most - in;
    double[] y = Program.of(steady).run(at).getFirst().toArray();
    assertArrayEquals(new double[] {in * half / rest, in / out}, y, 1e-14);
    Graph bars =
        Graph.trace(
            steady.inputs(),
            x -> Vjp.pull(steady, x, List.of(x.getFirst().constant(Tensor.vector(1, 10)))));
    List<Tensor> gradient = Program.of(bars).run(at);
    assertArrayEquals(new double[] {0, 0}, gradient.get(0).toArray());
    double[] expected = {
      half * most / rest / rest + 10 / out,
      -in * half / rest / rest,
      in / rest,
      -10 * in / out / out
    };
    assertArrayEquals(expected, gradient.get(1).toArray(), 1e-12);
  }

  @Test
  void finiteDifferencesOfNeurons() {
    RandomKey key = RandomKey.of(11);
    double[] p = key.normal(Shape.of(FIELD.size())).toArray();
    for (int i = 0; i < UNITS * UNITS; i++) {
      p[i] *= 0.25;
    }
    List<Tensor> at = List.of(Tensor.zeros(Shape.of(UNITS)), Tensor.vector(p));
    for (Integrator way :
        List.of(STIFF, Integrator.of(Solvers.tsit5()), Integrator.fixed(Solvers.rk4(), 0.2))) {
      Graph loss = loss(NEURONS, FIELD, way, UNITS);
      Program value = Program.of(loss);
      Tensor gradient = Program.of(gradient(loss)).run(at).get(1);
      double[] direction = RandomKey.of(12).normal(Shape.of(p.length)).toArray();
      double expected = 0;
      for (int i = 0; i < p.length; i++) {
        expected += direction[i] * gradient.at(i);
      }
      assertEquals(expected, difference(value, at, direction), 1e-8 * (1 + Math.abs(expected)));
      List<Tensor> tangents = new ArrayList<>(at);
      tangents.add(Tensor.zeros(Shape.of(UNITS)));
      tangents.add(Tensor.vector(direction));
      double forward = Program.of(Jvp.of(loss)).run(tangents).get(1).scalar();
      assertEquals(expected, forward, 1e-12 * (1 + Math.abs(expected)));
      for (int i = 0; i < p.length; i += 5) {
        double[] unit = new double[p.length];
        unit[i] = 1;
        assertEquals(difference(value, at, unit), gradient.at(i), 1e-8, "parameter " + i);
      }
    }
  }

  /** The Hessian times a vector against differences of gradients. */
  @Test
  void theHessianOfALoss() {
    List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(0.4, 1.3, 0.7, 0.2));
    Graph gradient = gradient(loss(ENZYME, RATES, STIFF, 2));
    double[] direction = {0.3, -0.2, 0.5, 0.1};
    List<Tensor> tangents = new ArrayList<>(at);
    tangents.add(Tensor.vector(0, 0));
    tangents.add(Tensor.vector(direction));
    double[] product = Program.of(Jvp.of(gradient)).run(tangents).get(3).toArray();
    Graph symmetric =
        Graph.trace(
            gradient.inputs(),
            in ->
                Vjp.pull(
                    gradient,
                    in,
                    List.of(
                        in.getFirst().constant(Tensor.vector(0, 0)),
                        in.getFirst().constant(Tensor.vector(direction)))));
    double[] transposed = Program.of(symmetric).run(at).get(1).toArray();
    for (int i = 0; i < 4; i++) {
      int row = i;
      Graph one =
          Graph.trace(gradient.inputs(), in -> List.of(gradient.inline(in).getLast().get(row)));
      double expected = difference(Program.of(one), at, direction);
      assertEquals(expected, product[i], 1e-7 * (1 + Math.abs(expected)));
      assertEquals(product[i], transposed[i], 1e-11 * (1 + Math.abs(expected)));
    }
  }

  private static double difference(Program value, List<Tensor> at, double[] direction) {
    double h = 1e-3;
    double near = value(value, at, direction, h) - value(value, at, direction, -h);
    double far = value(value, at, direction, 2 * h) - value(value, at, direction, -2 * h);
    return (8 * near - far) / (12 * h);
  }

  private static double value(Program f, List<Tensor> at, double[] direction, double by) {
    double[] p = at.get(1).toArray();
    for (int i = 0; i < p.length; i++) {
      p[i] += by * direction[i];
    }
    return f.run(List.of(at.get(0), Tensor.vector(p))).getFirst().scalar();
  }

  /** A band of cells that diffuse into each other, with a source in each; its J is tridiagonal. */
  @Test
  void aBandOfCells() {
    int cells = 40;
    Structure sources = Structure.EMPTY.and("s", Shape.of(cells));
    VectorField diffusion =
        (t, y, p) -> {
          Tracer none = y.constant(Tensor.vector(0));
          Tracer left = Tracer.concatenate(0, List.of(none, y.slice(0, 0, cells - 1)));
          Tracer right = Tracer.concatenate(0, List.of(y.slice(0, 1, cells), none));
          return left.plus(right).minus(y.times(2)).plus(p.get("s")).minus(y.square().times(y));
        };
    List<Tensor> at =
        List.of(Tensor.zeros(Shape.of(cells)), RandomKey.of(9).normal(Shape.of(cells)));
    Graph loss = loss(diffusion, sources, STIFF, cells);
    Tensor gradient = Program.of(gradient(loss)).run(at).get(1);
    for (int i = 0; i < cells; i += 13) {
      double[] unit = new double[cells];
      unit[i] = 1;
      assertEquals(difference(Program.of(loss), at, unit), gradient.at(i), 1e-8);
    }
  }

  @Test
  void aBatchIsEachSampleByItself() {
    Graph loss = loss(ENZYME, RATES, STIFF, 2);
    Graph gradient = gradient(loss);
    double[][] samples = {{0.4, 1.3, 0.7, 0.2}, {0.5, 1.1, 0.9, 0.3}, {0.1, 2.3, 0.2, 0.7}};
    double[] all = new double[12];
    for (int i = 0; i < 12; i++) {
      all[i] = samples[i % 3][i / 3];
    }
    Tensor start = Tensor.vector(1, 0);
    List<Tensor> together =
        Program.of(Vmap.of(gradient, List.of(false, true), 3))
            .run(List.of(start, Tensor.of(Shape.of(4, 3), all)));
    for (int sample = 0; sample < 3; sample++) {
      Tensor alone =
          Program.of(gradient).run(List.of(start, Tensor.vector(samples[sample]))).get(1);
      for (int i = 0; i < 4; i++) {
        assertEquals(alone.at(i), together.get(1).at(3 * i + sample));
      }
    }
    Graph batch = Vmap.of(loss, List.of(false, true), 3);
    Graph total = Graph.trace(batch.inputs(), in -> List.of(batch.inline(in).getFirst().sum()));
    List<Tensor> at = List.of(start, Tensor.of(Shape.of(4, 3), all));
    assertArrayEquals(
        together.get(1).toArray(), Program.of(gradient(total)).run(at).get(1).toArray());
  }

  @Test
  void whatComesToNoRestIsNotANumber() {
    VectorField swing =
        (t, y, p) -> Tracer.stack(y.get(1).times(p.get("a")), y.get(0).unaryMinus());
    Integrator few = STIFF.withMaxSteps(60);
    Graph loss = loss(swing, ONE, few, 2);
    List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(1));
    assertTrue(Double.isNaN(Program.of(loss).run(at).getFirst().scalar()));
    assertTrue(Double.isNaN(Program.of(gradient(loss)).run(at).get(1).at(0)));
    TracedField field = TracedField.of(swing, Shape.of(2), ONE);
    SteadyState none =
        SteadySolve.find(field, SteadyStateFinder.of(few), Tensor.vector(1), Tensor.vector(1, 0));
    assertFalse(none.isFound());
    assertTrue(none.message().contains("still changes by"), none.message());
  }

  @Test
  void whatHasNoDerivativeSaysSo() {
    VectorField exchange =
        (t, y, p) -> {
          Tracer flow = y.get(0).times(p.get("a")).minus(y.get(1));
          return Tracer.stack(flow.unaryMinus(), flow);
        };
    Graph loss = loss(exchange, ONE, STIFF, 2);
    List<Tensor> at = List.of(Tensor.vector(1, 0), Tensor.vector(3));
    double[] rest = Program.of(steady(exchange, ONE, STIFF, 2)).run(at).getFirst().toArray();
    assertArrayEquals(new double[] {0.25, 0.75}, rest, 1e-4);
    String message =
        assertThrows(ArithmeticException.class, () -> Program.of(gradient(loss)).run(at))
            .getMessage();
    assertTrue(message.contains("something is conserved"), message);
    VectorField driven = (t, y, p) -> t.sin().times(p.get("a")).minus(y);
    message =
        assertThrows(IllegalArgumentException.class, () -> steady(driven, ONE, STIFF, 1))
            .getMessage();
    assertTrue(message.startsWith("The field depends on time"), message);
    Solve solve = Solve.of(CUBE, STIFF, Adjoint.direct());
    message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Graph.trace(
                        List.of(Shape.of(1), Shape.of(1), Shape.of(2)),
                        in ->
                            List.of(
                                solve.untilEvent(
                                    Event.steady("rest", 1e-6, 1e-8),
                                    new Traced(ONE, in.get(1)),
                                    in.get(0),
                                    in.get(2)))))
            .getMessage();
    assertTrue(message.contains("Take SteadySolve"), message);
  }

  /** The field uses an array of the function around it, which has a derivative too. */
  @Test
  void whatTheFieldCaptures() {
    Graph function =
        Graph.trace(
            List.of(Shape.of(1)),
            in -> {
              Tracer outer = in.getFirst().times(3);
              SteadySolve solve =
                  SteadySolve.of((t, y, p) -> outer.minus(y.square().times(y)), STIFF);
              Tracer nothing = outer.constant(Tensor.vector());
              Tracer start = outer.constant(Tensor.vector(1));
              return List.of(solve.apply(new Traced(Structure.EMPTY, nothing), start).sum());
            });
    List<Tensor> at = List.of(Tensor.vector(9));
    assertEquals(3, Program.of(function).run(at).getFirst().scalar(), 1e-14);
    assertEquals(3 / 27.0, Program.of(gradient(function)).run(at).getFirst().at(0), 1e-14);
  }

  /** Its time would have no derivative. */
  @Test
  void aSteadyEventInsideASolveIsRefused() {
    Integrator way = STIFF.withEvents(Event.steady("rest", 1e-6, 1e-8));
    Solve solve = Solve.of(CUBE, way, Adjoint.direct());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Graph.trace(
                        List.of(Shape.of(1), Shape.of(1), Shape.of(3)),
                        in ->
                            List.of(solve.apply(new Traced(ONE, in.get(1)), in.get(0), in.get(2)))))
            .getMessage();
    assertTrue(message.contains("Take SteadySolve"), message);
  }

  /** Measured at rest, the rates that can be known come back. */
  @Test
  void learningFromASteadyState() {
    Graph steady = steady(ENZYME, RATES, STIFF, 2);
    Tensor start = Tensor.vector(1, 0);
    double[] truth = {0.4, 1.3, 0.7, 0.2};
    Tensor seen = Program.of(steady).run(List.of(start, Tensor.vector(truth))).getFirst();
    Graph loss =
        Graph.trace(
            steady.inputs(),
            in -> {
              Tracer y = steady.inline(in).getFirst();
              return List.of(y.div(y.constant(seen)).minus(1).square().sum());
            });
    Program gradient = Program.of(gradient(loss));
    double[] p = {0.4, 2, 0.7, 0.35};
    for (int step = 0; step < 600; step++) {
      double[] slope = gradient.run(List.of(start, Tensor.vector(p))).get(1).toArray();
      p[1] -= 0.2 * slope[1];
      p[3] -= 0.01 * slope[3];
    }
    assertArrayEquals(truth, p, 1e-6, () -> Arrays.toString(p));
  }
}
