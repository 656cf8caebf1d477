package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import odeum.autodiff.Gradient;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A field that uses arrays of the function around its solve, against one that is passed them. */
class CapturedTest {
  private static final Structure A = Structure.ofNumbers(List.of("a"));
  private static final Structure ALL = A.and("w", Shape.of(2)).and("k", Shape.of());
  private static final Integrator INTEGRATOR = Integrator.fixed(Solvers.rk4(), 0.1);
  private static final List<Shape> INPUTS =
      List.of(Shape.of(1), Shape.of(2), Shape.of(), Shape.of(2));
  private static final List<Tensor> VALUES =
      List.of(
          Tensor.vector(0.3), Tensor.vector(0.5, -0.8), Tensor.scalar(1.2), Tensor.vector(1, 2));

  static Stream<Adjoint> adjoints() {
    return Stream.of(Adjoint.direct(), Adjoint.checkpointed(), Adjoint.backsolve());
  }

  private static Tracer slope(Tracer t, Tracer y, Tracer a, Tracer w, Tracer k) {
    return y.times(w).plus(a.times(t)).minus(k.times(y.sin()));
  }

  private static Tracer captured(Adjoint adjoint, List<Tracer> in) {
    Tracer k = in.get(2).square();
    VectorField field = (t, y, p) -> slope(t, y, p.get("a"), in.get(1), k);
    Tracer times = in.get(0).constant(Tensor.vector(0, 0.5, 1));
    return Solve.of(field, INTEGRATOR, adjoint).apply(new Traced(A, in.get(0)), in.get(3), times);
  }

  private static Tracer passed(Adjoint adjoint, List<Tracer> in) {
    VectorField field = (t, y, p) -> slope(t, y, p.get("a"), p.get("w"), p.get("k"));
    Tracer k = in.get(2).square().reshape(Shape.of(1));
    Traced all = new Traced(ALL, Tracer.concatenate(0, List.of(in.get(0), in.get(1), k)));
    Tracer times = in.get(0).constant(Tensor.vector(0, 0.5, 1));
    return Solve.of(field, INTEGRATOR, adjoint).apply(all, in.get(3), times);
  }

  @ParameterizedTest
  @MethodSource("adjoints")
  void hasTheSameValuesAndGradients(Adjoint adjoint) {
    Graph captured = Graph.trace(INPUTS, in -> List.of(captured(adjoint, in).square().sum()));
    Graph passed = Graph.trace(INPUTS, in -> List.of(passed(adjoint, in).square().sum()));
    same(passed, captured, VALUES);
    List<Tensor> withCotangent =
        Stream.concat(VALUES.stream(), Stream.of(Tensor.scalar(1))).toList();
    same(Vjp.of(passed), Vjp.of(captured), withCotangent);
    List<Boolean> mapped = List.of(false, false, true, true);
    List<Tensor> batch =
        List.of(
            VALUES.get(0),
            VALUES.get(1),
            Tensor.vector(1.2, 0.4),
            Tensor.matrix(new double[] {1, 2}, new double[] {-1, 0.5}));
    same(Vmap.of(passed, mapped, 2), Vmap.of(captured, mapped, 2), batch);
  }

  private static void same(Graph expected, Graph actual, List<Tensor> inputs) {
    List<Tensor> values = Program.of(actual).run(inputs);
    List<Tensor> wanted = Program.of(expected).run(inputs);
    for (int i = 0; i < wanted.size(); i++) {
      assertArrayEquals(wanted.get(i).toArray(), values.get(i).toArray(), 1e-13);
    }
  }

  @Test
  void gradientsMayStandAroundAndInside() {
    // y' = -dV/dy with V = k y^2 / 2, so y(1) = y0 e^-k and dy(1)/dk = -y0 e^-k.
    Graph graph =
        Graph.trace(
            List.of(Shape.of(), Shape.of(1)),
            in ->
                List.of(
                    Gradient.of(
                            k -> {
                              VectorField field =
                                  (t, y, p) ->
                                      Gradient.of(x -> k.times(x.square()).times(0.5).sum())
                                          .apply(y)
                                          .unaryMinus();
                              Tracer none = k.constant(Tensor.vector());
                              Tracer times = k.constant(Tensor.vector(0, 1));
                              Solve solve =
                                  Solve.of(
                                      field,
                                      Integrator.fixed(Solvers.dopri8(), 0.05),
                                      Adjoint.direct());
                              return solve
                                  .apply(new Traced(Structure.EMPTY, none), in.get(1), times)
                                  .get(1)
                                  .sum();
                            })
                        .apply(in.get(0))));
    Tensor slope = Program.of(graph).run(List.of(Tensor.scalar(0.7), Tensor.vector(2))).getFirst();
    assertEquals(-2 * StrictMath.exp(-0.7), slope.scalar(), 1e-11);
  }

  @Test
  void aSolveUntilAnEvent() {
    // y' = -k from 1 reaches 0 at 1/k.
    Event ground =
        Event.stop(
            "ground",
            Observable.of(List.of("height"), (t, y, p) -> y.times(p.get("a")), Shape.of(1), A),
            Event.Direction.EITHER);
    Graph graph =
        Graph.trace(
            List.of(Shape.of()),
            in -> {
              Tracer k = in.getFirst();
              VectorField field = (t, y, p) -> k.unaryMinus().reshape(Shape.of(1));
              Solve solve = Solve.of(field, INTEGRATOR, Adjoint.direct());
              Traced p = new Traced(A, k.constant(Tensor.vector(2)));
              Tracer end =
                  solve.untilEvent(
                      ground, p, k.constant(Tensor.vector(1)), k.constant(Tensor.vector(0, 9)));
              return List.of(end.get(0));
            });
    assertEquals(2.5, Program.of(graph).run(List.of(Tensor.scalar(0.4))).getFirst().scalar(), 1e-9);
    Tensor slope =
        Program.of(Vjp.of(graph)).run(List.of(Tensor.scalar(0.4), Tensor.scalar(1))).getFirst();
    assertEquals(-6.25, slope.scalar(), 1e-8);
  }
}
