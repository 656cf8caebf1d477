package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions that go by tiles, against the sums that define them. */
class WinogradTest {
  private static ConvolutionSums sums(
      int channels, int outputs, int grid, int padding, int samples) {
    List<Integer> inputs = ConvolutionSums.square(grid, 3, 1, padding, 1);
    ConvolutionSums sums = new ConvolutionSums(channels, outputs, grid * grid, 9, samples, inputs);
    assertTrue(sums.patches().isTiled(outputs) || sums.patches().isBackTiled(outputs));
    return sums;
  }

  /** Multiples of four: halves of their sums are whole, so that nothing is rounded. */
  private static double[] whole(double[] a) {
    return Arrays.stream(a).map(x -> 4 * Math.rint(x)).toArray();
  }

  /** Nothing is rounded here, so every coefficient must be right. */
  @ParameterizedTest
  @CsvSource({
    "33, 32, 4, 1, 64",
    "8, 8, 7, 1, 13",
    "9, 11, 8, 0, 16",
    "10, 9, 6, 2, 7",
    "8, 8, 9, 0, 1",
    "13, 10, 6, 1, 40"
  })
  void wholeNumbersAreThoseOfTheDefinition(
      int channels, int outputs, int grid, int padding, int samples) {
    ConvolutionSums sums = sums(channels, outputs, grid, padding, samples);
    double[] w = whole(sums.someWeights());
    double[] x = whole(sums.someInputs());
    double[] v = whole(sums.someResults());
    near("apply", 0, sums.convolved(w, x), sums.applying(w, x));
    near("transposed", 0, sums.transposed(w, v), sums.transposing(w, v));
    if (samples % 8 == 0 || sums.patches().isTiled(outputs)) {
      near("weights", 0, sums.weighed(v, x), sums.weighing(v, x));
    }
  }

  @ParameterizedTest
  @CsvSource({"33, 32, 4, 1, 64", "8, 9, 7, 1, 3"})
  void othersDifferByRoundings(int channels, int outputs, int grid, int padding, int samples) {
    ConvolutionSums sums = sums(channels, outputs, grid, padding, samples);
    double[] w = sums.someWeights();
    double[] x = sums.someInputs();
    double[] v = sums.someResults();
    near("apply", 4e-13, sums.convolved(w, x), sums.applying(w, x));
    near("transposed", 4e-13, sums.transposed(w, v), sums.transposing(w, v));
    near("weights", 4e-12, sums.weighed(v, x), sums.weighing(v, x));
  }

  private static void near(String name, double bound, double[] expected, Twins.Work work) {
    double[] actual = ConvolutionSums.agree(name, expected.length, work);
    for (int i = 0; i < expected.length; i++) {
      double apart = Math.abs(actual[i] - expected[i]);
      assertTrue(apart <= bound, name + " at " + i + ": " + actual[i] + ", not " + expected[i]);
    }
  }

  private static Patches patches(
      int channels, int grid, int kernel, int stride, int padding, int dilation) {
    List<Integer> inputs = ConvolutionSums.square(grid, kernel, stride, padding, dilation);
    return Patches.of(channels, grid * grid, kernel * kernel, inputs).orElseThrow();
  }

  @Test
  void onlyWhatTheySaveProductsForGoesByTiles() {
    assertTrue(patches(8, 4, 3, 1, 1, 1).isTiled(8));
    assertFalse(patches(8, 4, 3, 1, 1, 1).isTiled(7));
    assertFalse(patches(7, 4, 3, 1, 1, 1).isTiled(8));
    assertFalse(patches(8, 8, 3, 2, 1, 1).isTiled(8));
    assertFalse(patches(8, 8, 3, 1, 1, 2).isTiled(8));
    assertFalse(patches(8, 8, 5, 1, 1, 1).isTiled(8));
    // 4 tiles of 16 products each, where 49 products are not with padding.
    assertFalse(patches(8, 3, 3, 1, 1, 1).isTiled(8));
    // The result has 4 tiles for 144 products, its input 9.
    assertTrue(patches(8, 6, 3, 1, 0, 1).isTiled(8));
    assertFalse(patches(8, 6, 3, 1, 0, 1).isBackTiled(8));
  }
}
