package odeum.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products whose right matrix is stored transposed: inner products of rows, in lane form, several
 * at once, so that a row that is read serves more than one. On vectors of four doubles the lanes 0
 * to 3 are summed first, then 4 to 7.
 */
final class VectorDots {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  /** So many numbers of b stay in the nearest cache while the rows of a run by. */
  private static final int NEAR = 3072;

  /** As a factor beside +0 it changes no sum, not even -0. */
  private static final DoubleVector MINUS_ZERO = DoubleVector.broadcast(S, -0.0);

  private VectorDots() {}

  static void multiply(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (n < 4) {
      double[] lanes = Scratch.of(8 * m * n);
      Arrays.fill(lanes, 0, 8 * m * n, 0);
      accumulate(lanes, 0, a, ao, b, bo, m, k, n);
      VectorLanes.fold(c, co, lanes, 0, m * n);
      return;
    }
    int columns = Math.min(n, Math.max(4, (NEAR / (k + 1)) & -4));
    double[] lanes = Scratch.of(4 * 8 * columns);
    for (int j = 0; j < n; j += columns) {
      int width = Math.min(columns, n - j);
      for (int i = 0; i < m; i += 4) {
        int rows = Math.min(4, m - i);
        Arrays.fill(lanes, 0, rows * 8 * width, 0);
        grid(lanes, 0, 8 * width, 8, a, ao + i * k, rows, b, bo + j * k, width, k);
        for (int r = 0; r < rows; r++) {
          VectorLanes.fold(c, co + (i + r) * n + j, lanes, r * 8 * width, width);
        }
      }
    }
  }

  static void accumulate(
      double[] lanes, int lo, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (VectorNarrow.fits(k)) {
      VectorNarrow.accumulate(lanes, lo, a, ao, b, bo, m, k, n);
    } else if (n < 4 && m >= 4) {
      grid(lanes, lo, 8, 8 * n, b, bo, n, a, ao, m, k);
    } else {
      grid(lanes, lo, 8 * n, 8, a, ao, m, b, bo, n, k);
    }
  }

  /** All rows of x with all rows of y; the lanes of (i, j) are at {@code i * down + j * across}. */
  private static void grid(
      double[] lanes,
      int lo,
      int down,
      int across,
      double[] x,
      int xo,
      int rows,
      double[] y,
      int yo,
      int columns,
      int k) {
    int whole = columns & -4;
    for (int i = 0; i < rows; ) {
      int at = lo + i * down;
      int height = L == 8 && i + 4 <= rows ? 4 : i + 2 <= rows ? 2 : 1;
      if (height > 1) {
        for (int j = 0; j < whole; j += 4) {
          tile(lanes, at + j * across, down, across, x, xo + i * k, height, y, yo + j * k, k);
        }
      }
      int edge = height > 1 ? whole : 0;
      edge(lanes, at, down, across, x, xo + i * k, height, y, yo, edge, columns, k);
      i += height;
    }
    if ((k & 7) != 0) {
      for (int i = 0; i < rows; i++) {
        for (int first = 0; first < (k & 7); first += L) {
          rest(lanes, lo + first + i * down, across, x, xo + i * k, y, yo, columns, first, k);
        }
      }
    }
  }

  /** Two or four rows of x with four of y. */
  private static void tile(
      double[] lanes,
      int lo,
      int down,
      int across,
      double[] x,
      int xo,
      int height,
      double[] y,
      int yo,
      int k) {
    if (height == 4) {
      fourByFour(lanes, lo, down, across, x, xo, y, yo, k);
    } else {
      for (int first = 0; first < 8; first += L) {
        twoByFour(lanes, lo + first, down, across, x, xo, y, yo, first, k);
      }
    }
  }

  /** What no tile covers: the columns from {@code from} on. */
  private static void edge(
      double[] lanes,
      int lo,
      int down,
      int across,
      double[] x,
      int xo,
      int rows,
      double[] y,
      int yo,
      int from,
      int columns,
      int k) {
    for (int i = 0; i < rows; i++) {
      for (int j = from; j < columns; j++) {
        int at = lo + i * down + j * across;
        for (int first = 0; first < 8; first += L) {
          one(lanes, at + first, x, xo + i * k, y, yo + j * k, first, k);
        }
      }
    }
  }

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  /** Two rows of x with four of y, as far as whole eights go. */
  private static void twoByFour(
      double[] lanes,
      int lo,
      int down,
      int across,
      double[] x,
      int xo,
      double[] y,
      int yo,
      int first,
      int k) {
    DoubleVector s00 = at(lanes, lo);
    DoubleVector s01 = at(lanes, lo + across);
    DoubleVector s02 = at(lanes, lo + 2 * across);
    DoubleVector s03 = at(lanes, lo + 3 * across);
    DoubleVector s10 = at(lanes, lo + down);
    DoubleVector s11 = at(lanes, lo + down + across);
    DoubleVector s12 = at(lanes, lo + down + 2 * across);
    DoubleVector s13 = at(lanes, lo + down + 3 * across);
    for (int p = first; p < (k & -8); p += 8) {
      DoubleVector x0 = at(x, xo + p);
      DoubleVector x1 = at(x, xo + p + k);
      DoubleVector f = at(y, yo + p);
      s00 = x0.fma(f, s00);
      s10 = x1.fma(f, s10);
      f = at(y, yo + p + k);
      s01 = x0.fma(f, s01);
      s11 = x1.fma(f, s11);
      f = at(y, yo + p + 2 * k);
      s02 = x0.fma(f, s02);
      s12 = x1.fma(f, s12);
      f = at(y, yo + p + 3 * k);
      s03 = x0.fma(f, s03);
      s13 = x1.fma(f, s13);
    }
    s00.intoArray(lanes, lo);
    s01.intoArray(lanes, lo + across);
    s02.intoArray(lanes, lo + 2 * across);
    s03.intoArray(lanes, lo + 3 * across);
    s10.intoArray(lanes, lo + down);
    s11.intoArray(lanes, lo + down + across);
    s12.intoArray(lanes, lo + down + 2 * across);
    s13.intoArray(lanes, lo + down + 3 * across);
  }

  /** Four with four, where there are 32 registers. */
  private static void fourByFour(
      double[] lanes, int lo, int down, int across, double[] x, int xo, double[] y, int yo, int k) {
    DoubleVector s00 = at(lanes, lo);
    DoubleVector s01 = at(lanes, lo + across);
    DoubleVector s02 = at(lanes, lo + 2 * across);
    DoubleVector s03 = at(lanes, lo + 3 * across);
    DoubleVector s10 = at(lanes, lo + down);
    DoubleVector s11 = at(lanes, lo + down + across);
    DoubleVector s12 = at(lanes, lo + down + 2 * across);
    DoubleVector s13 = at(lanes, lo + down + 3 * across);
    DoubleVector s20 = at(lanes, lo + 2 * down);
    DoubleVector s21 = at(lanes, lo + 2 * down + across);
    DoubleVector s22 = at(lanes, lo + 2 * down + 2 * across);
    DoubleVector s23 = at(lanes, lo + 2 * down + 3 * across);
    DoubleVector s30 = at(lanes, lo + 3 * down);
    DoubleVector s31 = at(lanes, lo + 3 * down + across);
    DoubleVector s32 = at(lanes, lo + 3 * down + 2 * across);
    DoubleVector s33 = at(lanes, lo + 3 * down + 3 * across);
    for (int p = 0; p < (k & -8); p += 8) {
      DoubleVector x0 = at(x, xo + p);
      DoubleVector x1 = at(x, xo + p + k);
      DoubleVector x2 = at(x, xo + p + 2 * k);
      DoubleVector x3 = at(x, xo + p + 3 * k);
      DoubleVector f = at(y, yo + p);
      s00 = x0.fma(f, s00);
      s10 = x1.fma(f, s10);
      s20 = x2.fma(f, s20);
      s30 = x3.fma(f, s30);
      f = at(y, yo + p + k);
      s01 = x0.fma(f, s01);
      s11 = x1.fma(f, s11);
      s21 = x2.fma(f, s21);
      s31 = x3.fma(f, s31);
      f = at(y, yo + p + 2 * k);
      s02 = x0.fma(f, s02);
      s12 = x1.fma(f, s12);
      s22 = x2.fma(f, s22);
      s32 = x3.fma(f, s32);
      f = at(y, yo + p + 3 * k);
      s03 = x0.fma(f, s03);
      s13 = x1.fma(f, s13);
      s23 = x2.fma(f, s23);
      s33 = x3.fma(f, s33);
    }
    s00.intoArray(lanes, lo);
    s01.intoArray(lanes, lo + across);
    s02.intoArray(lanes, lo + 2 * across);
    s03.intoArray(lanes, lo + 3 * across);
    s10.intoArray(lanes, lo + down);
    s11.intoArray(lanes, lo + down + across);
    s12.intoArray(lanes, lo + down + 2 * across);
    s13.intoArray(lanes, lo + down + 3 * across);
    s20.intoArray(lanes, lo + 2 * down);
    s21.intoArray(lanes, lo + 2 * down + across);
    s22.intoArray(lanes, lo + 2 * down + 2 * across);
    s23.intoArray(lanes, lo + 2 * down + 3 * across);
    s30.intoArray(lanes, lo + 3 * down);
    s31.intoArray(lanes, lo + 3 * down + across);
    s32.intoArray(lanes, lo + 3 * down + 2 * across);
    s33.intoArray(lanes, lo + 3 * down + 3 * across);
  }

  /** A row of x with a row of y, as far as whole eights go. */
  private static void one(
      double[] lanes, int lo, double[] x, int xo, double[] y, int yo, int first, int k) {
    DoubleVector s = at(lanes, lo);
    for (int p = first; p < (k & -8); p += 8) {
      s = at(x, xo + p).fma(at(y, yo + p), s);
    }
    s.intoArray(lanes, lo);
  }

  /** What is left of k after whole eights: a row of x with all of y. */
  private static void rest(
      double[] lanes,
      int lo,
      int across,
      double[] x,
      int xo,
      double[] y,
      int yo,
      int columns,
      int first,
      int k) {
    int p = (k & -8) + first;
    VectorMask<Double> mask = S.indexInRange(p, k);
    DoubleVector f = MINUS_ZERO.blend(DoubleVector.fromArray(S, x, xo + p, mask), mask);
    for (int j = 0; j < columns; j++) {
      int at = lo + j * across;
      DoubleVector g = DoubleVector.fromArray(S, y, yo + j * k + p, mask);
      f.fma(g, at(lanes, at)).intoArray(lanes, at);
    }
  }
}
