package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A convolution and its derivatives by definition: patches are stored, with zeros for padding.
 *
 * @param inputs for each weight, then each place: the input, or -1 in the padding
 */
record ConvolutionSums(
    int channels, int outputs, int grid, int kernel, int samples, List<Integer> inputs) {
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
  static List<Integer> square(int grid, int kernel, int stride, int padding, int dilation) {
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

  Patches patches() {
    return Patches.of(channels, grid, kernel, inputs).orElseThrow();
  }

  private int places() {
    return inputs.size() / kernel;
  }

  double[] someWeights() {
    return Twins.moderate(1, outputs * channels * kernel);
  }

  double[] someInputs() {
    return Twins.moderate(2, channels * grid * samples);
  }

  double[] someResults() {
    return Twins.moderate(3, outputs * places() * samples);
  }

  /** The same numbers, so many places further on. */
  private static double[] moved(int places, double[] a) {
    double[] moved = new double[places + a.length];
    System.arraycopy(a, 0, moved, places, a.length);
    return moved;
  }

  Twins.Work applying(double[] w, double[] x) {
    Patches patches = patches();
    double[] weights = moved(2, w);
    double[] values = moved(3, x);
    return out -> Convolutions.apply(out, 1, weights, 2, values, 3, patches, outputs, samples);
  }

  Twins.Work transposing(double[] w, double[] v) {
    Patches patches = patches();
    double[] weights = moved(2, w);
    double[] values = moved(1, v);
    return out -> Convolutions.transposed(out, 1, weights, 2, values, 1, patches, outputs, samples);
  }

  Twins.Work weighing(double[] v, double[] x) {
    Patches patches = patches();
    double[] results = moved(1, v);
    double[] values = moved(3, x);
    return out -> Convolutions.weights(out, 1, results, 1, values, 3, patches, outputs, samples);
  }

  /** What work gives in both versions; one place before and one behind stay as they are. */
  static double[] agree(String name, int count, Twins.Work work) {
    double[] start = new double[count + 2];
    Arrays.fill(start, 77);
    double[] all = Twins.agree(name, start, work);
    assertEquals(77, all[0], name);
    assertEquals(77, all[count + 1], name);
    return Arrays.copyOfRange(all, 1, count + 1);
  }

  private double patch(double[] x, int channel, int weight, int column) {
    int input = inputs.get(weight * places() + column / samples);
    return input < 0 ? 0 : x[(channel * grid + input) * samples + column % samples];
  }

  double[] convolved(double[] w, double[] x) {
    int columns = places() * samples;
    double[] out = new double[outputs * columns];
    for (int i = 0; i < out.length; i++) {
      for (int k = 0; k < channels * kernel; k++) {
        double factor = w[i / columns * channels * kernel + k];
        out[i] = Math.fma(factor, patch(x, k / kernel, k % kernel, i % columns), out[i]);
      }
    }
    return out;
  }

  double[] transposed(double[] w, double[] v) {
    double[] out = new double[channels * grid * samples];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < inputs.size(); i++) {
        int weight = i / places();
        for (int s = 0; inputs.get(i) >= 0 && s < samples; s++) {
          double sum = 0;
          for (int row = 0; row < outputs; row++) {
            double factor = w[(row * channels + channel) * kernel + weight];
            sum = Math.fma(factor, v[(row * places() + i % places()) * samples + s], sum);
          }
          out[(channel * grid + inputs.get(i)) * samples + s] += sum;
        }
      }
    }
    return out;
  }

  double[] weighed(double[] v, double[] x) {
    int columns = places() * samples;
    double[] out = new double[outputs * channels * kernel];
    for (int i = 0; i < out.length; i++) {
      double[] s = new double[8];
      int k = i % (channels * kernel);
      for (int column = 0; column < columns; column++) {
        double a = v[i / (channels * kernel) * columns + column];
        s[column % 8] = Math.fma(a, patch(x, k / kernel, k % kernel, column), s[column % 8]);
      }
      out[i] = ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
    }
    return out;
  }
}
