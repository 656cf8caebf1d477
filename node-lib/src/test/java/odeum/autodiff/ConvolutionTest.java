package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.compile.Program;
import odeum.graph.Convolution;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvolutionTest {
  private static Graph graph(Convolution convolution, Shape x, Shape weight) {
    return Graph.trace(List.of(x, weight), in -> List.of(convolution.apply(in.get(0), in.get(1))));
  }

  /** Against the sum that defines it. */
  @ParameterizedTest
  @CsvSource({"1, 0, 1", "1, 1, 1", "2, 1, 1", "1, 2, 2", "3, 2, 2"})
  void isTheSumOverWeights(int stride, int padding, int dilation) {
    Convolution convolution = new Convolution(stride, padding, dilation);
    Tensor x = RandomKey.of(1).normal(Shape.of(2, 5, 6));
    Tensor w = RandomKey.of(2).normal(Shape.of(3, 2, 3, 2));
    Graph graph = graph(convolution, x.shape(), w.shape());
    Tensor actual = Program.of(graph).run(List.of(x, w)).getFirst();
    int height = (5 + 2 * padding - dilation * 2 - 1) / stride + 1;
    int width = (6 + 2 * padding - dilation - 1) / stride + 1;
    assertEquals(Shape.of(3, height, width), actual.shape());
    for (int o = 0; o < 3; o++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          double sum = 0;
          for (int c = 0; c < 2; c++) {
            for (int u = 0; u < 3; u++) {
              for (int v = 0; v < 2; v++) {
                int row = i * stride + u * dilation - padding;
                int column = j * stride + v * dilation - padding;
                boolean inside = row >= 0 && row < 5 && column >= 0 && column < 6;
                sum = Math.fma(w.get(o, c, u, v), inside ? x.get(c, row, column) : 0, sum);
              }
            }
          }
          assertEquals(sum, actual.get(o, i, j));
        }
      }
    }
  }

  @Test
  void overABatchItIsOneProduct() {
    Graph graph =
        graph(
            Convolution.of().withPadding(1).withStride(2), Shape.of(2, 4, 4), Shape.of(3, 2, 3, 3));
    VmapTest.check(graph, List.of(true, false));
    VmapTest.check(graph, List.of(true, true));
    VmapTest.check(graph, List.of(false, true));
    Graph gradient = Vjp.of(Vmap.of(graph, List.of(true, false), 5));
    assertTrue(gradient.instructions().stream().noneMatch(i -> i.op() instanceof Op.Transpose));
    assertEquals(
        3,
        gradient.instructions().stream().filter(i -> i.op() instanceof Op.MatrixMultiply).count());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThrows(IllegalArgumentException.class, () -> new Convolution(0, 0, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> graph(Convolution.of(), Shape.of(2, 4), Shape.of(3, 1, 3)));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> graph(Convolution.of(), Shape.of(1, 2, 4), Shape.of(1, 1, 3, 3)))
            .getMessage();
    assertTrue(message.contains("Pad more"), message);
  }
}
