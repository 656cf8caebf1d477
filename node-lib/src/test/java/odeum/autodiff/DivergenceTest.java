package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class DivergenceTest {
  private static final double[][] A = {{0.5, -2, 0.3}, {1, 1.5, 0.25}, {-0.7, 2, -1}};
  private static final double TRACE = 1;

  /** Sums of squares of the symmetric part: beside the diagonal, and all. */
  private static final double BESIDE = 2 * (0.25 + 0.04 + 1.125 * 1.125);

  private static final double ALL = BESIDE + 0.25 + 2.25 + 1;

  private static Tracer linear(Tracer x) {
    double[] flat = new double[9];
    for (int i = 0; i < 9; i++) {
      flat[i] = A[i / 3][i % 3];
    }
    return x.constant(Tensor.of(Shape.of(3, 3), flat)).matmul(x);
  }

  private static Tracer curved(Tracer x) {
    return Tracer.stack(x.get(0).square().times(x.get(1)), x.get(1).sin().plus(x.get(0)));
  }

  private static double at(UnaryOperator<Tracer> function, Tensor x) {
    return Program.of(Graph.trace(List.of(x.shape()), in -> List.of(function.apply(in.getFirst()))))
        .run(List.of(x))
        .getFirst()
        .scalar();
  }

  private static double estimate(double... noise) {
    return at(
        x -> Divergence.estimate(DivergenceTest::linear, x, x.constant(Tensor.vector(noise))),
        Tensor.vector(0.1, 0.2, 0.3));
  }

  @Test
  void theExactOneIsTheSumOfTheDerivatives() {
    UnaryOperator<Tracer> divergence = Divergence.of(DivergenceTest::curved);
    assertEquals(
        2 * 0.7 * -0.4 + StrictMath.cos(-0.4), at(divergence, Tensor.vector(0.7, -0.4)), 1e-15);
    assertEquals(TRACE, at(Divergence.of(DivergenceTest::linear), Tensor.vector(4, 5, 6)), 1e-15);
  }

  @Test
  void ofAMatrixAsStateToo() {
    Tensor x = Tensor.of(Shape.of(2, 2), new double[] {1, 2, 3, 4});
    assertEquals(20, at(Divergence.of(Tracer::square), x));
  }

  /** Over all eight vectors of signs the mean and the variance are those of the distribution. */
  @Test
  void signsEstimateIt() {
    double sum = 0;
    double squares = 0;
    for (int bits = 0; bits < 8; bits++) {
      double[] signs = new double[3];
      for (int i = 0; i < 3; i++) {
        signs[i] = (bits >> i & 1) == 0 ? -1 : 1;
      }
      double estimate = estimate(signs);
      sum += estimate;
      squares += (estimate - TRACE) * (estimate - TRACE);
    }
    assertEquals(TRACE, sum / 8, 1e-14);
    assertEquals(2 * BESIDE, squares / 8, 1e-13);
  }

  @Test
  void normalNumbersEstimateItWithMoreVariance() {
    int count = 40_000;
    Tensor noise = RandomKey.of(3).normal(Shape.of(3, count));
    Graph one =
        Graph.trace(
            List.of(Shape.of(3), Shape.of(3)),
            in -> List.of(Divergence.estimate(DivergenceTest::linear, in.get(0), in.get(1))));
    double[] estimates =
        Program.of(Vmap.of(one, List.of(false, true), count))
            .run(List.of(Tensor.vector(1, 2, 3), noise))
            .getFirst()
            .toArray();
    double sum = 0;
    double squares = 0;
    for (double estimate : estimates) {
      sum += estimate;
      squares += (estimate - TRACE) * (estimate - TRACE);
    }
    // Four standard errors; that of the variance is about that of its square times the root of 2.
    double variance = 2 * ALL;
    assertEquals(TRACE, sum / count, 4 * Math.sqrt(variance / count));
    assertEquals(variance, squares / count, 0.06 * variance);
    assertTrue(squares / count > 2 * BESIDE * 1.5, "the diagonal counts too");
  }

  @Test
  void aFunctionToAnotherShapeHasNone() {
    Graph.trace(
        List.of(Shape.of(3)),
        in -> {
          Tracer x = in.getFirst();
          String text =
              assertThrows(
                      IllegalArgumentException.class,
                      () -> Divergence.of(y -> y.slice(0, 0, 2)).apply(x))
                  .getMessage();
          assertTrue(text.contains("shape of its argument"), text);
          assertThrows(
              IllegalArgumentException.class,
              () -> Divergence.estimate(y -> y.slice(0, 0, 2), x, x));
          return List.of(x);
        });
  }
}
