package odeum.adjoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Over a batch, samples with steps of their own have the bits they have alone. */
class PerSampleTest {
  private static final Structure NAMES = Structure.ofNumbers(List.of("rate"));
  private static final VectorField RELAXATION =
      (t, y, p) -> Tracer.stack(y.get(0).square().times(p.get("rate")).unaryMinus(), t.sin());
  private static final Tensor TIMES = Tensor.vector(0, 1, 4);
  private static final double[][] STARTS = {{1, 0}, {40, 1}, {-0.2, 3}};

  /** The sum of the squares of all saved states of one sample. */
  private static Graph loss(Solve solve) {
    return Graph.trace(
        List.of(Shape.of(2), Shape.of(1)),
        in ->
            List.of(
                solve
                    .apply(new Traced(NAMES, in.get(1)), in.get(0), in.get(0).constant(TIMES))
                    .square()
                    .sum()));
  }

  private static Graph withGradient(Graph loss) {
    return Graph.trace(
        loss.inputs(),
        in -> Vjp.valueAndPull(loss, in, List.of(in.getFirst().constant(1)), List.of(0)));
  }

  private static List<Tensor> inBatch(Graph one) {
    Program batch = Program.of(Vmap.of(one, List.of(true, false), STARTS.length));
    double[] columns = new double[2 * STARTS.length];
    for (int sample = 0; sample < STARTS.length; sample++) {
      columns[sample] = STARTS[sample][0];
      columns[STARTS.length + sample] = STARTS[sample][1];
    }
    return batch.run(List.of(Tensor.of(Shape.of(2, STARTS.length), columns), Tensor.vector(0.7)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "checkpointed", "backsolve"})
  void eachSampleIsSolvedAsIfAlone(String adjoint) {
    Integrator integrator = Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-5, 1e-7));
    Solve shared = Solve.of(RELAXATION, integrator, Adjoint.named(adjoint));
    List<Tensor> batch = inBatch(withGradient(loss(shared.perSample())));
    List<Tensor> together = inBatch(loss(shared));
    for (int sample = 0; sample < STARTS.length; sample++) {
      List<Tensor> alone =
          Program.of(withGradient(loss(shared)))
              .run(List.of(Tensor.vector(STARTS[sample]), Tensor.vector(0.7)));
      double[] gradient = {batch.get(1).at(sample), batch.get(1).at(STARTS.length + sample)};
      // A sum over a last axis has other roundings in a batch.
      assertEquals(alone.getFirst().at(0), batch.getFirst().at(sample), 1e-12);
      assertArrayEquals(alone.get(1).toArray(), gradient);
      assertEquals(alone.getFirst().at(0), together.getFirst().at(sample), 1e-3);
    }
    // The slow samples take the small steps of the fast one where they share them.
    assertNotEquals(batch.getFirst().at(0), together.getFirst().at(0), 1e-12);
  }

  @Test
  void gradientsOfEachSampleNeedStepsOfTheirOwn() {
    Solve shared = Solve.of(RELAXATION, Integrator.of(Solvers.tsit5()), Adjoint.direct());
    Graph gradient = withGradient(loss(shared));
    List<Boolean> mapped = List.of(true, false);
    UnsupportedOperationException refused =
        assertThrows(
            UnsupportedOperationException.class, () -> Vmap.of(gradient, mapped, STARTS.length));
    assertTrue(refused.getMessage().contains("perSample()"), refused.getMessage());
  }
}
