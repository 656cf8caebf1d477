package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions in both versions against gathered patches and the loops that define the order. */
class ConvolutionsTest {
  @ParameterizedTest
  @CsvSource({
    "3, 5, 4, 3, 1, 1, 1, 64",
    "33, 7, 4, 3, 1, 1, 1, 64",
    "1, 7, 5, 3, 1, 0, 1, 8",
    "4, 4, 6, 4, 2, 1, 1, 24",
    "2, 3, 6, 2, 1, 2, 3, 16",
    "5, 9, 3, 3, 1, 1, 1, 13",
    "2, 1, 3, 3, 1, 2, 1, 67",
    "2, 2, 3, 2, 2, 1, 1, 5",
    "2, 2, 3, 1, 2, 0, 1, 40"
  })
  void sumsAreThoseOfGatheredPatches(
      int channels,
      int outputs,
      int grid,
      int kernel,
      int stride,
      int padding,
      int dilation,
      int samples) {
    List<Integer> inputs = ConvolutionSums.square(grid, kernel, stride, padding, dilation);
    ConvolutionSums sums =
        new ConvolutionSums(channels, outputs, grid * grid, kernel * kernel, samples, inputs);
    Patches patches = sums.patches();
    assertFalse(patches.isTiled(outputs) || patches.isBackTiled(outputs));
    double[] w = sums.someWeights();
    double[] x = sums.someInputs();
    double[] v = sums.someResults();
    same("apply", sums.convolved(w, x), sums.applying(w, x));
    same("transposed", sums.transposed(w, v), sums.transposing(w, v));
    if (samples % 8 == 0) {
      same("weights", sums.weighed(v, x), sums.weighing(v, x));
    }
  }

  private static void same(String name, double[] expected, Twins.Work work) {
    Twins.assertSame(name, expected, ConvolutionSums.agree(name, expected.length, work));
  }

  @Test
  void whatIsNoConvolutionIsNotTakenForOne() {
    // Input 0 lies under weight 0 at place 0 and under weight 1 at place 1: later, not earlier.
    assertTrue(Patches.of(1, 2, 2, List.of(0, 1, 1, 0)).isEmpty());
  }

  @Test
  void productsWithPaddingDoNotCount() {
    assertEquals(
        2 * 100,
        Patches.of(2, 16, 9, ConvolutionSums.square(4, 3, 1, 1, 1)).orElseThrow().products());
  }
}
