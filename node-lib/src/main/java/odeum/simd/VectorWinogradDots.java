package odeum.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The way back to the weights of {@link Winograd} with the Vector API, point by point: both sides
 * are laid out so that a tile of inner products, four rows by three, reads them in a row. On
 * vectors of four doubles the lanes 0 to 3 are summed first, then 4 to 7.
 */
final class VectorWinogradDots {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  private static final int ROWS = 4;
  private static final int COLUMNS = 3;
  private static final int TILE = 8 * ROWS * COLUMNS;

  private VectorWinogradDots() {}

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
    int down = (outputs + ROWS - 1) / ROWS;
    int across = (channels + COLUMNS - 1) / COLUMNS;
    int results = channels * (tiles.grid() + 1) * extent;
    int left = results + outputs * (tiles.results() + 1) * extent;
    int right = left + down * ROWS * length;
    int lanes = right + across * COLUMNS * length;
    int sums = lanes + across * TILE;
    int u = sums + across * ROWS * COLUMNS;
    double[] m = Scratch.of(u + Winograd.POINTS * outputs * channels);
    pack(m, 0, x, xo, channels, tiles.grid(), samples, extent);
    pack(m, results, v, vo, outputs, tiles.results(), samples, extent);
    for (int point = 0; point < Winograd.POINTS; point++) {
      inputs(m, right, 0, tiles, point, channels, tiles.grid(), extent);
      results(m, left, results, tiles, point, outputs, tiles.results(), extent);
      for (int i = 0; i < down; i++) {
        for (int first = 0; first < 8; first += L) {
          int a = left + (i * 8 + first) * ROWS * length / 8;
          for (int j = 0; j < across; j++) {
            int b = right + (j * 8 + first) * COLUMNS * length / 8;
            tile(m, lanes + j * TILE + first, a, b, length / 8);
          }
        }
        Lanes.fold(m, sums, m, lanes, across * ROWS * COLUMNS);
        for (int r = 0; r < Math.min(ROWS, outputs - i * ROWS); r++) {
          int to = u + (point * outputs + i * ROWS + r) * channels;
          for (int j = 0; j < channels; j++) {
            m[to + j] = m[sums + (j / COLUMNS * ROWS + r) * COLUMNS + j % COLUMNS];
          }
        }
      }
    }
    Winograd.weightsOf(out, o, m, u, outputs * channels);
  }

  /** Shape (rows, grid + 1, extent); what is beyond grid and samples is zero. */
  private static void pack(
      double[] m, int at, double[] x, int xo, int rows, int grid, int samples, int extent) {
    int to = at;
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < grid; i++) {
        System.arraycopy(x, xo + (row * grid + i) * samples, m, to, samples);
        Arrays.fill(m, to + samples, to + extent, 0);
        to += extent;
      }
      Arrays.fill(m, to, to + extent, 0);
      to += extent;
    }
  }

  /** A point of {@code Bᵀ d B}, laid out by tiles of columns. */
  private static void inputs(
      double[] m,
      int to,
      int from,
      WinogradTiles tiles,
      int point,
      int channels,
      int grid,
      int extent) {
    int i = point / 4;
    int j = point % 4;
    int f = 4 * i;
    int s = 4 * Winograd.SECOND[i];
    int[] which = {f + j, s + j, f + Winograd.SECOND[j], s + Winograd.SECOND[j]};
    int[] at = new int[4];
    for (int tile = 0; tile < tiles.count(); tile++) {
      for (int k = 0; k < 4; k++) {
        int input = tiles.inputs()[Winograd.POINTS * tile + which[k]];
        at[k] = from + (input < 0 ? grid : input) * extent;
      }
      combine(
          m,
          to,
          at,
          (grid + 1) * extent,
          Winograd.SIGN[i],
          Winograd.SIGN[j],
          channels,
          COLUMNS,
          tile,
          tiles.count(),
          extent);
    }
  }

  /** A point of {@code A y Aᵀ}, laid out by tiles of rows. */
  private static void results(
      double[] m,
      int to,
      int from,
      WinogradTiles tiles,
      int point,
      int outputs,
      int places,
      int extent) {
    int i = point / 4;
    int j = point % 4;
    int[] at = new int[4];
    for (int tile = 0; tile < tiles.count(); tile++) {
      for (int k = 0; k < 4; k++) {
        int row = k % 2 == 0 ? (i == 3 ? 1 : 0) : i == 1 || i == 2 ? 1 : -1;
        int column = k / 2 == 0 ? (j == 3 ? 1 : 0) : j == 1 || j == 2 ? 1 : -1;
        int place = row < 0 || column < 0 ? -1 : tiles.places()[4 * tile + 2 * row + column];
        at[k] = from + (place < 0 ? places : place) * extent;
      }
      combine(
          m,
          to,
          at,
          (places + 1) * extent,
          i == 2 ? -1 : 1,
          j == 2 ? -1 : 1,
          outputs,
          ROWS,
          tile,
          tiles.count(),
          extent);
    }
  }

  private static void combine(
      double[] m,
      int to,
      int[] at,
      int step,
      double f,
      double g,
      int rows,
      int height,
      int tile,
      int tiles,
      int extent) {
    int half = tiles * extent / 8 * height * L;
    int group = half * 8 / L;
    int next = height * L;
    int start = to + tile * extent / 8 * next;
    for (int row = 0; row < rows; row++) {
      int q = start + row / height * group + row % height * L;
      int shift = row * step;
      combine(
          m,
          q,
          half,
          next,
          at[0] + shift,
          at[1] + shift,
          at[2] + shift,
          at[3] + shift,
          f,
          g,
          extent / 8);
    }
  }

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  private static void combine(
      double[] m,
      int to,
      int half,
      int next,
      int a,
      int b,
      int c,
      int d,
      double f,
      double g,
      int count) {
    DoubleVector x = DoubleVector.broadcast(S, f);
    DoubleVector y = DoubleVector.broadcast(S, g);
    int q = to;
    for (int p = 0; p < 8 * count; p += 8) {
      DoubleVector t = at(m, b + p).fma(x, at(m, a + p));
      at(m, d + p).fma(x, at(m, c + p)).fma(y, t).intoArray(m, q);
      if (L == 4) {
        t = at(m, b + p + L).fma(x, at(m, a + p + L));
        at(m, d + p + L).fma(x, at(m, c + p + L)).fma(y, t).intoArray(m, q + half);
      }
      q += next;
    }
  }

  /** Four rows with three columns. */
  private static void tile(double[] m, int out, int a, int b, int steps) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s22 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    DoubleVector s32 = DoubleVector.zero(S);
    for (int i = 0; i < steps; i++) {
      int p = a + i * (ROWS * L);
      int q = b + i * (COLUMNS * L);
      DoubleVector f0 = at(m, q);
      DoubleVector f1 = at(m, q + L);
      DoubleVector f2 = at(m, q + 2 * L);
      DoubleVector g = at(m, p);
      s00 = g.fma(f0, s00);
      s01 = g.fma(f1, s01);
      s02 = g.fma(f2, s02);
      g = at(m, p + L);
      s10 = g.fma(f0, s10);
      s11 = g.fma(f1, s11);
      s12 = g.fma(f2, s12);
      g = at(m, p + 2 * L);
      s20 = g.fma(f0, s20);
      s21 = g.fma(f1, s21);
      s22 = g.fma(f2, s22);
      g = at(m, p + 3 * L);
      s30 = g.fma(f0, s30);
      s31 = g.fma(f1, s31);
      s32 = g.fma(f2, s32);
    }
    s00.intoArray(m, out);
    s01.intoArray(m, out + 8);
    s02.intoArray(m, out + 16);
    s10.intoArray(m, out + 24);
    s11.intoArray(m, out + 32);
    s12.intoArray(m, out + 40);
    s20.intoArray(m, out + 48);
    s21.intoArray(m, out + 56);
    s22.intoArray(m, out + 64);
    s30.intoArray(m, out + 72);
    s31.intoArray(m, out + 80);
    s32.intoArray(m, out + 88);
  }
}
