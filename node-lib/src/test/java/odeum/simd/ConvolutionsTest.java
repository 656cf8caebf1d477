package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Convolutions in both versions against gathered patches and the loops that define the order. */
class ConvolutionsTest {
  /** Along one axis: for each weight, then each place, the input or -1. */
  private static List<Integer> line(int grid, int kernel, int stride, int padding, int dilation) {
    int places = (grid + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    List<Integer> inputs = new ArrayList<>();
    for (int weight = 0; weight < kernel; weight++) {
      for (int place = 0; place < places; place++) {
        int at = place * stride + weight * dilation - padding;
        inputs.add(at < 0 || at >= grid ? -1 : at);
      }
    }
    return inputs;
  }

  /** Along two axes of the same kind. */
  private static List<Integer> square(int grid, int kernel, int stride, int padding, int dilation) {
    List<Integer> line = line(grid, kernel, stride, padding, dilation);
    int places = line.size() / kernel;
    List<Integer> inputs = new ArrayList<>();
    for (int weight = 0; weight < kernel * kernel; weight++) {
      for (int place = 0; place < places * places; place++) {
        int row = line.get(weight / kernel * places + place / places);
        int column = line.get(weight % kernel * places + place % places);
        inputs.add(row < 0 || column < 0 ? -1 : row * grid + column);
      }
    }
    return inputs;
  }

  @ParameterizedTest
  @CsvSource({
    "3, 5, 4, 3, 1, 1, 1, 64",
    "33, 32, 4, 3, 1, 1, 1, 64",
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
    List<Integer> inputs = square(grid, kernel, stride, padding, dilation);
    new Reference(channels, outputs, grid * grid, kernel * kernel, samples, inputs).check();
  }

  /** The same by definition: patches are stored, with zeros for padding. */
  private record Reference(
      int channels, int outputs, int grid, int kernel, int samples, List<Integer> inputs) {
    private int places() {
      return inputs.size() / kernel;
    }

    void check() {
      Patches patches = Patches.of(channels, grid, kernel, inputs).orElseThrow();
      double[] w = Twins.moderate(1, outputs * channels * kernel + 2);
      double[] x = Twins.moderate(2, channels * grid * samples + 3);
      double[] v = Twins.moderate(3, outputs * places() * samples + 1);
      Twins.Work apply = out -> Convolutions.apply(out, 1, w, 2, x, 3, patches, outputs, samples);
      same("apply", forward(w, x), apply);
      Twins.Work back =
          out -> Convolutions.transposed(out, 1, w, 2, v, 1, patches, outputs, samples);
      same("transposed", back(w, v), back);
      if (samples % 8 == 0) {
        Twins.Work weights =
            out -> Convolutions.weights(out, 1, v, 1, x, 3, patches, outputs, samples);
        same("weights", weights(v, x), weights);
      }
    }

    /** One place before and one behind the result stay as they are. */
    private static void same(String name, double[] expected, Twins.Work work) {
      double[] start = new double[expected.length + 2];
      Arrays.fill(start, 77);
      double[] all = start.clone();
      System.arraycopy(expected, 0, all, 1, expected.length);
      Twins.assertSame(name + ", plain", all, Twins.run(false, start, work));
      Twins.assertSame(name + ", vectors", all, Twins.run(true, start, work));
    }

    private double patch(double[] x, int channel, int weight, int column) {
      int input = inputs.get(weight * places() + column / samples);
      return input < 0 ? 0 : x[3 + (channel * grid + input) * samples + column % samples];
    }

    private double[] forward(double[] w, double[] x) {
      int columns = places() * samples;
      double[] out = new double[outputs * columns];
      for (int i = 0; i < out.length; i++) {
        for (int k = 0; k < channels * kernel; k++) {
          double factor = w[2 + i / columns * channels * kernel + k];
          out[i] = Math.fma(factor, patch(x, k / kernel, k % kernel, i % columns), out[i]);
        }
      }
      return out;
    }

    private double[] back(double[] w, double[] v) {
      double[] out = new double[channels * grid * samples];
      for (int channel = 0; channel < channels; channel++) {
        for (int i = 0; i < inputs.size(); i++) {
          int weight = i / places();
          for (int s = 0; inputs.get(i) >= 0 && s < samples; s++) {
            double sum = 0;
            for (int row = 0; row < outputs; row++) {
              double factor = w[2 + (row * channels + channel) * kernel + weight];
              sum = Math.fma(factor, v[1 + (row * places() + i % places()) * samples + s], sum);
            }
            out[(channel * grid + inputs.get(i)) * samples + s] += sum;
          }
        }
      }
      return out;
    }

    private double[] weights(double[] v, double[] x) {
      int columns = places() * samples;
      double[] out = new double[outputs * channels * kernel];
      for (int i = 0; i < out.length; i++) {
        double[] s = new double[8];
        int k = i % (channels * kernel);
        for (int column = 0; column < columns; column++) {
          double a = v[1 + i / (channels * kernel) * columns + column];
          s[column % 8] = Math.fma(a, patch(x, k / kernel, k % kernel, column), s[column % 8]);
        }
        out[i] = ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
      }
      return out;
    }
  }

  @Test
  void whatIsNoConvolutionIsNotTakenForOne() {
    // Input 0 lies under weight 0 at place 0 and under weight 1 at place 1: later, not earlier.
    assertTrue(Patches.of(1, 2, 2, List.of(0, 1, 1, 0)).isEmpty());
  }

  @Test
  void productsWithPaddingDoNotCount() {
    assertEquals(2 * 100, Patches.of(2, 16, 9, square(4, 3, 1, 1, 1)).orElseThrow().products());
  }
}
