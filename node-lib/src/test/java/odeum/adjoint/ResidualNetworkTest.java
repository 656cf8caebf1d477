package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import org.junit.jupiter.api.Test;

/** A residual network is a neural ODE, solved by Euler's method with a step of one. */
class ResidualNetworkTest {
  private static final int DEPTH = 6;
  private static final Mlp NET = Mlp.of(3, 16, 3);
  private static final Parameters WEIGHTS = NET.initial(RandomKey.of(11));
  private static final Tensor X = Tensor.vector(0.3, -1.2, 2);

  private static Graph residual() {
    return Graph.trace(
        List.of(Shape.of(WEIGHTS.size()), X.shape()),
        in -> {
          Traced p = new Traced(WEIGHTS.structure(), in.get(0));
          Tracer x = in.get(1);
          for (int layer = 0; layer < DEPTH; layer++) {
            x = x.plus(NET.apply(p, x));
          }
          return List.of(x);
        });
  }

  private static Graph differential() {
    Solve solve =
        Solve.of(
            (t, y, p) -> NET.apply(p, y), Integrator.fixed(Solvers.euler(), 1), Adjoint.direct());
    return Graph.trace(
        List.of(Shape.of(WEIGHTS.size()), X.shape()),
        in -> {
          Traced p = new Traced(WEIGHTS.structure(), in.get(0));
          Tracer times = in.getFirst().constant(Tensor.vector(0, DEPTH));
          return List.of(solve.apply(p, in.get(1), times).get(1));
        });
  }

  private static List<Tensor> gradient(Graph graph) {
    Graph pulled =
        Graph.trace(
            graph.inputs(),
            in -> Vjp.pull(graph, in, List.of(in.getFirst().constant(Tensor.vector(1, -2, 3)))));
    return Program.of(pulled).run(List.of(WEIGHTS.flat(), X));
  }

  @Test
  void valuesHaveEqualBits() {
    Tensor expected = Program.of(residual()).run(List.of(WEIGHTS.flat(), X)).getFirst();
    assertEquals(expected, Program.of(differential()).run(List.of(WEIGHTS.flat(), X)).getFirst());
    TracedField field =
        TracedField.of((t, y, p) -> NET.apply(p, y), X.shape(), WEIGHTS.structure());
    Problem problem = Problem.of(OdeTerm.of(field, WEIGHTS.flat()), X, 0, DEPTH);
    Solution plain = Integrator.fixed(Solvers.euler(), 1).solve(problem);
    assertEquals(expected, plain.state(plain.times().length - 1));
  }

  @Test
  void gradientsAgree() {
    List<Tensor> expected = gradient(residual());
    List<Tensor> found = gradient(differential());
    for (int operand = 0; operand < 2; operand++) {
      for (int i = 0; i < expected.get(operand).size(); i++) {
        double value = expected.get(operand).at(i);
        assertEquals(value, found.get(operand).at(i), 1e-12 * (1 + Math.abs(value)));
      }
    }
  }
}
