package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.autodiff.Gradient;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Values and derivatives stay finite far from zero and at it, where a formula might overflow. */
class ActivationLimitsTest {
  @ParameterizedTest
  @EnumSource(Activation.class)
  void staysFinite(Activation activation) {
    Tensor x = Tensor.vector(0, -0.0, 1e-300, -1e-300, 1000, -1000, 1e6, -1e6);
    Graph graph =
        Graph.trace(
            List.of(x.shape()),
            in -> {
              Tracer at = in.getFirst();
              var slope = Gradient.of(y -> activation.apply(y).sum());
              var curvature = Gradient.of(y -> slope.apply(y).sum());
              return List.of(activation.apply(at), slope.apply(at), curvature.apply(at));
            });
    for (Tensor values : Program.of(graph).run(List.of(x))) {
      for (double value : values.toArray()) {
        assertTrue(Double.isFinite(value), values::toString);
      }
    }
  }
}
