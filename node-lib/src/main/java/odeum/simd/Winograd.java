package odeum.simd;

import java.util.Arrays;

/**
 * Convolutions by 3 x 3 weights with stride 1 in fewer products: minimal filtering F(2 x 2, 3 x 3)
 * of Winograd (Lavin and Gray 2016, arXiv:1509.09308). With tiles d of the input, g of the weights
 * and y of the result,
 *
 * <pre>
 *   y = Aᵀ ((G g Gᵀ) ∘ (Bᵀ d B)) A
 *
 *        1  0 -1  0        1  0  0
 *   Bᵀ = 0  1  1  0   G =  ½  ½  ½   Aᵀ = 1  1  1  0
 *        0 -1  1  0        ½ -½  ½        0  1 -1  1
 *        0 -1  0  1        0  0  1
 * </pre>
 *
 * so that each of the 16 points is a matrix product over the channels. Columns are combined first,
 * then rows. Here in plain loops, which define the bits.
 */
final class Winograd {
  /** How many points a tile has once transformed. */
  static final int POINTS = 16;

  /** Row i of Bᵀ combines row i with this one, by this sign. */
  static final int[] SECOND = {2, 2, 1, 1};

  static final double[] SIGN = {-1, 1, -1, -1};

  private Winograd() {}

  /**
   * The weights at their points, shape {@code (16, inner, rows)}.
   *
   * @param back for the way back: the weights are given as {@code (inner, rows, 9)}, and count in
   *     reverse
   */
  static void weights(double[] u, int at, double[] w, int wo, int rows, int inner, boolean back) {
    int count = rows * inner;
    double[] g = new double[3];
    double[] t = new double[12];
    for (int i = 0; i < count; i++) {
      int q = wo + 9 * i;
      for (int column = 0; column < 3; column++) {
        for (int row = 0; row < 3; row++) {
          g[row] = back ? w[q + 8 - 3 * row - column] : w[q + 3 * row + column];
        }
        spread(t, column, 3, g[0], g[1], g[2]);
      }
      int to = at + (back ? i : i % inner * rows + i / inner);
      for (int row = 0; row < 4; row++) {
        spread(u, to + 4 * row * count, count, t[3 * row], t[3 * row + 1], t[3 * row + 2]);
      }
    }
  }

  /** {@code G g}. */
  private static void spread(double[] out, int o, int step, double g0, double g1, double g2) {
    double outer = 0.5 * (g0 + g2);
    double middle = 0.5 * g1;
    out[o] = g0;
    out[o + step] = outer + middle;
    out[o + 2 * step] = outer - middle;
    out[o + 3 * step] = g2;
  }

  /**
   * The convolution, or the way back to its input.
   *
   * @param rows how many channels the result has
   * @param inner how many channels x has
   * @param back for the way back
   */
  static void apply(
      double[] out,
      int o,
      double[] w,
      int wo,
      double[] x,
      int xo,
      WinogradTiles tiles,
      int rows,
      int inner,
      boolean back,
      int samples) {
    double[] u = new double[POINTS * rows * inner];
    weights(u, 0, w, wo, rows, inner, back);
    double[] d = new double[POINTS * samples];
    double[] v = new double[POINTS * inner * samples];
    double[] m = new double[POINTS * rows * samples];
    for (int tile = 0; tile < tiles.count(); tile++) {
      for (int channel = 0; channel < inner; channel++) {
        int from = xo + channel * tiles.grid() * samples;
        gather(d, x, from, tiles.inputs(), POINTS * tile, POINTS, samples, samples);
        input(v, channel * samples, inner * samples, d, samples);
      }
      for (int point = 0; point < POINTS; point++) {
        int from = point * inner;
        Products.multiplyLeftTransposed(
            m, point * rows * samples, u, from * rows, v, from * samples, rows, inner, samples);
      }
      for (int row = 0; row < rows; row++) {
        output(d, m, row * samples, rows * samples, samples);
        for (int i = 0; i < 4; i++) {
          int place = tiles.places()[4 * tile + i];
          if (place >= 0) {
            int to = o + (row * tiles.results() + place) * samples;
            System.arraycopy(d, i * samples, out, to, samples);
          }
        }
      }
    }
  }

  /** Copies what lies at some points, with zeros where nothing does, each of a longer extent. */
  private static void gather(
      double[] d, double[] x, int xo, int[] at, int first, int count, int samples, int extent) {
    Arrays.fill(d, 0, count * extent, 0);
    for (int i = 0; i < count; i++) {
      if (at[first + i] >= 0) {
        System.arraycopy(x, xo + at[first + i] * samples, d, i * extent, samples);
      }
    }
  }

  /** {@code Bᵀ d B} for many samples. */
  private static void input(double[] v, int at, int step, double[] d, int samples) {
    double[] t = new double[POINTS];
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < POINTS; i++) {
        int row = i / 4;
        int second = 4 * SECOND[row] + i % 4;
        t[i] = d[i * samples + s] + SIGN[row] * d[second * samples + s];
      }
      for (int i = 0; i < POINTS; i++) {
        int column = i % 4;
        v[at + i * step + s] = t[i] + SIGN[column] * t[i - column + SECOND[column]];
      }
    }
  }

  /** {@code Aᵀ m A} for many samples. */
  private static void output(double[] y, double[] m, int at, int step, int samples) {
    double[] t = new double[8];
    for (int s = 0; s < samples; s++) {
      int q = at + s;
      for (int i = 0; i < 4; i++) {
        double m1 = m[q + (4 + i) * step];
        double m2 = m[q + (8 + i) * step];
        t[i] = m[q + i * step] + m1 + m2;
        t[4 + i] = m1 - m2 + m[q + (12 + i) * step];
      }
      for (int i = 0; i < 2; i++) {
        y[2 * i * samples + s] = t[4 * i] + t[4 * i + 1] + t[4 * i + 2];
        y[(2 * i + 1) * samples + s] = t[4 * i + 1] - t[4 * i + 2] + t[4 * i + 3];
      }
    }
  }

  /**
   * The way back to the weights: at each point sums over tiles, then samples, in eight lanes; the
   * samples of a tile are filled up with zeros to a multiple of eight.
   */
  static void weightsBack(
      double[] out,
      int o,
      double[] v,
      int vo,
      double[] x,
      int xo,
      WinogradTiles tiles,
      int outputs,
      int channels,
      int samples) {
    int extent = samples + 7 & -8;
    int length = tiles.count() * extent;
    double[] d = new double[POINTS * extent];
    double[] inputs = new double[POINTS * channels * length];
    double[] results = new double[POINTS * outputs * length];
    for (int tile = 0; tile < tiles.count(); tile++) {
      for (int channel = 0; channel < channels; channel++) {
        int from = xo + channel * tiles.grid() * samples;
        gather(d, x, from, tiles.inputs(), POINTS * tile, POINTS, samples, extent);
        input(inputs, channel * length + tile * extent, channels * length, d, extent);
      }
      for (int row = 0; row < outputs; row++) {
        int from = vo + row * tiles.results() * samples;
        gather(d, v, from, tiles.places(), 4 * tile, 4, samples, extent);
        result(results, row * length + tile * extent, outputs * length, d, extent);
      }
    }
    double[] u = new double[POINTS * outputs * channels];
    for (int point = 0; point < POINTS; point++) {
      Products.multiplyRightTransposed(
          u,
          point * outputs * channels,
          results,
          point * outputs * length,
          inputs,
          point * channels * length,
          outputs,
          length,
          channels);
    }
    weightsOf(out, o, u, 0, outputs * channels);
  }

  /** {@code A y Aᵀ} for many samples. */
  private static void result(double[] v, int at, int step, double[] y, int samples) {
    double[] t = new double[8];
    for (int s = 0; s < samples; s++) {
      for (int i = 0; i < 2; i++) {
        double y0 = y[i * samples + s];
        double y1 = y[(2 + i) * samples + s];
        t[i] = y0 + 0.0;
        t[2 + i] = y0 + y1;
        t[4 + i] = y0 - y1;
        t[6 + i] = y1 + 0.0;
      }
      for (int i = 0; i < 4; i++) {
        int q = at + 4 * i * step + s;
        v[q] = t[2 * i] + 0.0;
        v[q + step] = t[2 * i] + t[2 * i + 1];
        v[q + 2 * step] = t[2 * i] - t[2 * i + 1];
        v[q + 3 * step] = t[2 * i + 1] + 0.0;
      }
    }
  }

  /** {@code Gᵀ u G}: what points have to do with the weights. */
  static void weightsOf(double[] out, int o, double[] u, int at, int count) {
    double[] t = new double[12];
    for (int i = 0; i < count; i++) {
      for (int column = 0; column < 4; column++) {
        int q = at + column * count + i;
        collect(t, column, 4, u[q], u[q + 4 * count], u[q + 8 * count], u[q + 12 * count]);
      }
      for (int row = 0; row < 3; row++) {
        int q = 4 * row;
        collect(out, o + 9 * i + 3 * row, 1, t[q], t[q + 1], t[q + 2], t[q + 3]);
      }
    }
  }

  private static void collect(
      double[] out, int o, int step, double u0, double u1, double u2, double u3) {
    double half = 0.5 * (u1 + u2);
    out[o] = u0 + half;
    out[o + step] = 0.5 * (u1 - u2);
    out[o + 2 * step] = half + u3;
  }
}
