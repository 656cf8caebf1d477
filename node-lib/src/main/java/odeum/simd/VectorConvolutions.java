package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Convolutions in tiles. The patches of one place and a few samples are copied side by side, so
 * that they stay in the nearest cache while the rows of the weights run by.
 */
final class VectorConvolutions {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();
  private static final int WIDTH = VectorProducts.WIDTH;

  private VectorConvolutions() {}

  static void apply(
      double[] out,
      int o,
      double[] w,
      int wo,
      double[] x,
      int xo,
      Patches patches,
      int outputs,
      int samples) {
    int inner = patches.channels * patches.kernel;
    double[] panel = Scratch.of(inner * (WIDTH + outputs));
    int packed = inner * WIDTH;
    int step = patches.grid * samples;
    for (Patches.Group group : patches.groups) {
      int k = packWeights(panel, packed, w, wo, patches, group.weights(), outputs);
      int[] from = new int[group.weights().length];
      for (int place : group.places()) {
        for (int i = 0; i < from.length; i++) {
          from[i] = xo + patches.input(group.weights()[i], place) * samples;
        }
        for (int j = 0; j < samples; ) {
          int width = VectorProducts.width(samples - j);
          int first = Math.max(0, Math.min(j, samples - width));
          int last = Math.min(width, samples) - L;
          pack(panel, x, from, first, step, patches.channels, Math.min(L, last), last);
          VectorProducts.column(
              out,
              o + place * samples + first,
              panel,
              packed,
              1,
              outputs,
              panel,
              0,
              WIDTH,
              width,
              last,
              outputs,
              k,
              patches.places * samples);
          j += width;
        }
      }
    }
  }

  /** The weights that count at some places, shape (channels weights, outputs). */
  private static int packWeights(
      double[] panel, int at, double[] w, int wo, Patches patches, int[] weights, int outputs) {
    int stride = patches.channels * patches.kernel;
    int to = at;
    for (int channel = 0; channel < patches.channels; channel++) {
      for (int weight : weights) {
        int q = wo + channel * patches.kernel + weight;
        for (int row = 0; row < outputs; row++) {
          panel[to++] = w[q + row * stride];
        }
      }
    }
    return (to - at) / Math.max(1, outputs);
  }

  /** Three vectors of each row; the rows of a channel start at {@code from}. */
  private static void pack(
      double[] panel,
      double[] x,
      int[] from,
      int first,
      int step,
      int channels,
      int middle,
      int last) {
    int to = 0;
    for (int channel = 0; channel < channels; channel++) {
      int shift = first + channel * step;
      for (int row : from) {
        int q = row + shift;
        DoubleVector.fromArray(S, x, q).intoArray(panel, to);
        DoubleVector.fromArray(S, x, q + middle).intoArray(panel, to + middle);
        DoubleVector.fromArray(S, x, q + last).intoArray(panel, to + last);
        to += WIDTH;
      }
    }
  }

  static void transposed(
      double[] out,
      int o,
      double[] w,
      int wo,
      double[] v,
      int vo,
      Patches patches,
      int outputs,
      int samples) {
    int channels = patches.channels;
    int tile = outputs * WIDTH;
    int packed = tile + channels * WIDTH;
    double[] panel = Scratch.of(packed + patches.kernel * outputs * channels);
    packByWeight(panel, packed, w, wo, patches, outputs);
    int[] from = {vo};
    for (int j = 0; j < samples; ) {
      int width = VectorProducts.width(samples - j);
      int first = Math.max(0, Math.min(j, samples - width));
      int last = Math.min(width, samples) - L;
      int middle = Math.min(L, last);
      // Samples that an earlier panel has computed are not added again.
      int skipped = j - first;
      for (int place = patches.places - 1; place >= 0; place--) {
        int row = first + place * samples;
        pack(panel, v, from, row, patches.places * samples, outputs, middle, last);
        for (int weight = 0; weight < patches.kernel; weight++) {
          int input = patches.input(weight, place);
          if (input >= 0) {
            int a = packed + weight * outputs * channels;
            VectorProducts.column(
                panel, tile, panel, a, 1, channels, panel, 0, WIDTH, width, last, channels, outputs,
                WIDTH);
            int at = o + input * samples + first;
            int gap = patches.grid * samples;
            if (skipped == 0 && width <= samples) {
              addWhole(out, at, gap, panel, tile, channels, width);
            } else {
              addSome(out, at, gap, panel, tile, channels, skipped, Math.min(width, samples));
            }
          }
        }
      }
      j += width;
    }
  }

  /** Weight by weight, shape (kernel, outputs, channels). */
  private static void packByWeight(
      double[] panel, int at, double[] w, int wo, Patches patches, int outputs) {
    int to = at;
    for (int weight = 0; weight < patches.kernel; weight++) {
      for (int i = 0; i < outputs * patches.channels; i++) {
        panel[to++] = w[wo + i * patches.kernel + weight];
      }
    }
  }

  private static void addWhole(
      double[] out, int o, int gap, double[] tile, int from, int rows, int width) {
    for (int row = 0; row < rows; row++) {
      int at = o + row * gap;
      int q = from + row * WIDTH;
      for (int i = 0; i < width; i += L) {
        DoubleVector sum = DoubleVector.fromArray(S, out, at + i);
        sum.add(DoubleVector.fromArray(S, tile, q + i)).intoArray(out, at + i);
      }
    }
  }

  private static void addSome(
      double[] out, int o, int gap, double[] tile, int from, int rows, int first, int end) {
    for (int row = 0; row < rows; row++) {
      for (int i = first; i < end; i++) {
        out[o + row * gap + i] += tile[from + row * WIDTH + i];
      }
    }
  }
}
