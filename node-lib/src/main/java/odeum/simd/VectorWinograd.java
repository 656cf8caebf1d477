package odeum.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Winograd} with the Vector API. A few samples of all channels are taken at a time, a panel,
 * so that their tiles stay in a near cache.
 */
final class VectorWinograd {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();
  private static final int WIDTH = VectorProducts.WIDTH;

  private VectorWinograd() {}

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

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
    int channels = inner * WIDTH;
    int results = rows * WIDTH;
    int v = (tiles.grid() + 1) * channels;
    int p = v + 4 * channels;
    int y = p + Winograd.POINTS * results;
    int u = y + 4 * results;
    double[] m = Scratch.of(u + Winograd.POINTS * inner * rows);
    Winograd.weights(m, u, w, wo, rows, inner, back);
    Arrays.fill(m, v - channels, v, 0);
    for (int j = 0; j < samples; ) {
      int width = VectorProducts.width(samples - j);
      int first = Math.max(0, Math.min(j, samples - width));
      int last = Math.min(width, samples) - L;
      int middle = Math.min(L, last);
      pack(m, x, xo + first, inner, tiles.grid(), samples, middle, last);
      for (int tile = 0; tile < tiles.count(); tile++) {
        for (int row = 0; row < 4; row++) {
          inputs(m, v, tiles, tile, row, channels);
          for (int i = 0; i < 4; i++) {
            int point = 4 * row + i;
            VectorProducts.column(
                m,
                p + point * results,
                m,
                u + point * inner * rows,
                1,
                rows,
                m,
                v + i * channels,
                WIDTH,
                width,
                last,
                rows,
                inner,
                WIDTH);
          }
        }
        outputs(m, y, p, 1, results);
        outputs(m, y + 2 * results, p + 4 * results, -1, results);
        for (int i = 0; i < 4; i++) {
          int place = tiles.places()[4 * tile + i];
          if (place >= 0) {
            int to = o + first + place * samples;
            unpack(out, to, tiles.results() * samples, m, y + i * results, rows, middle, last);
          }
        }
      }
      j += width;
    }
  }

  /** Some samples of all channels, shape (grid, inner, width). */
  private static void pack(
      double[] m, double[] x, int xo, int inner, int grid, int samples, int middle, int last) {
    for (int channel = 0; channel < inner; channel++) {
      for (int i = 0; i < grid; i++) {
        int q = xo + (channel * grid + i) * samples;
        int to = (i * inner + channel) * WIDTH;
        at(x, q).intoArray(m, to);
        at(x, q + middle).intoArray(m, to + middle);
        at(x, q + last).intoArray(m, to + last);
      }
    }
  }

  private static void unpack(
      double[] out, int o, int step, double[] m, int from, int rows, int middle, int last) {
    int to = o;
    for (int q = from; q < from + rows * WIDTH; q += WIDTH) {
      at(m, q).intoArray(out, to);
      at(m, q + middle).intoArray(out, to + middle);
      at(m, q + last).intoArray(out, to + last);
      to += step;
    }
  }

  /** A row of {@code Bᵀ d B}. */
  private static void inputs(
      double[] m, int v, WinogradTiles tiles, int tile, int row, int channels) {
    int[] at = new int[8];
    for (int i = 0; i < 8; i++) {
      int of = i < 4 ? row : Winograd.SECOND[row];
      int input = tiles.inputs()[Winograd.POINTS * tile + 4 * of + i % 4];
      at[i] = (input < 0 ? tiles.grid() : input) * channels;
    }
    inputs(
        m, v, at[0], at[1], at[2], at[3], at[4], at[5], at[6], at[7], Winograd.SIGN[row], channels);
  }

  private static void inputs(
      double[] m,
      int v,
      int a0,
      int a1,
      int a2,
      int a3,
      int b0,
      int b1,
      int b2,
      int b3,
      double sign,
      int n) {
    DoubleVector f = DoubleVector.broadcast(S, sign);
    for (int q = 0; q < n; q += L) {
      DoubleVector t0 = at(m, b0 + q).fma(f, at(m, a0 + q));
      DoubleVector t1 = at(m, b1 + q).fma(f, at(m, a1 + q));
      DoubleVector t2 = at(m, b2 + q).fma(f, at(m, a2 + q));
      DoubleVector t3 = at(m, b3 + q).fma(f, at(m, a3 + q));
      t0.sub(t2).intoArray(m, v + q);
      t1.add(t2).intoArray(m, v + n + q);
      t2.sub(t1).intoArray(m, v + 2 * n + q);
      t3.sub(t1).intoArray(m, v + 3 * n + q);
    }
  }

  /** A row of {@code Aᵀ m A}, two places: the three rows of m from here on, by this sign. */
  private static void outputs(double[] m, int y, int p, double sign, int n) {
    DoubleVector f = DoubleVector.broadcast(S, sign);
    for (int q = 0; q < n; q += L) {
      DoubleVector t0 = column(m, p + q, f, n);
      DoubleVector t1 = column(m, p + n + q, f, n);
      DoubleVector t2 = column(m, p + 2 * n + q, f, n);
      DoubleVector t3 = column(m, p + 3 * n + q, f, n);
      t0.add(t1).add(t2).intoArray(m, y + q);
      t1.sub(t2).add(t3).intoArray(m, y + n + q);
    }
  }

  private static DoubleVector column(double[] m, int q, DoubleVector f, int n) {
    return at(m, q + 4 * n).fma(f, at(m, q)).add(at(m, q + 8 * n));
  }
}
