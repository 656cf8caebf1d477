package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums in lane form over short rows, of two vectors of eight and a part of a third: the rows of one
 * side stay in registers while those of the other side run by. A batch of twenty samples is such a
 * row.
 */
final class VectorNarrow {
  private static final VectorSpecies<Double> S = Species.DOUBLES;

  private static final boolean EIGHT = S.length() == 8;

  /** As a factor beside +0 it changes no sum, not even -0. */
  private static final DoubleVector MINUS_ZERO = DoubleVector.broadcast(S, -0.0);

  // No helper stands between the loops and the Vector API: one that the JIT compiler leaves out of
  // line, as it does where a loop runs seldom, would make objects of its masks.
  private VectorNarrow() {}

  /** Whether rows fill two vectors and end in a third one. */
  static boolean fits(int length) {
    return EIGHT && length > 16 && length <= 24;
  }

  /** Adds {@code a b'} in lane form, as {@link Products#accumulateRightTransposed}. */
  static void accumulate(
      double[] lanes, int lo, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (n <= m) {
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
    int i = 0;
    for (; i + 2 <= rows; i += 2) {
      pair(lanes, lo + i * down, down, across, x, xo + i * k, y, yo, columns, k);
    }
    if (i < rows) {
      single(lanes, lo + i * down, across, x, xo + i * k, y, yo, columns, k);
    }
  }

  private static void pair(
      double[] lanes,
      int lo,
      int down,
      int across,
      double[] x,
      int xo,
      double[] y,
      int yo,
      int columns,
      int k) {
    VectorMask<Double> mask = S.indexInRange(16, k);
    DoubleVector x00 = DoubleVector.fromArray(S, x, xo);
    DoubleVector x01 = DoubleVector.fromArray(S, x, xo + 8);
    DoubleVector x02 = MINUS_ZERO.blend(DoubleVector.fromArray(S, x, xo + 16, mask), mask);
    DoubleVector x10 = DoubleVector.fromArray(S, x, xo + k);
    DoubleVector x11 = DoubleVector.fromArray(S, x, xo + k + 8);
    DoubleVector x12 = MINUS_ZERO.blend(DoubleVector.fromArray(S, x, xo + k + 16, mask), mask);
    for (int j = 0; j < columns; j++) {
      int q = yo + j * k;
      int p = lo + j * across;
      DoubleVector y0 = DoubleVector.fromArray(S, y, q);
      DoubleVector y1 = DoubleVector.fromArray(S, y, q + 8);
      DoubleVector y2 = DoubleVector.fromArray(S, y, q + 16, mask);
      DoubleVector s = x01.fma(y1, x00.fma(y0, DoubleVector.fromArray(S, lanes, p)));
      x02.fma(y2, s).intoArray(lanes, p);
      s = x11.fma(y1, x10.fma(y0, DoubleVector.fromArray(S, lanes, p + down)));
      x12.fma(y2, s).intoArray(lanes, p + down);
    }
  }

  private static void single(
      double[] lanes,
      int lo,
      int across,
      double[] x,
      int xo,
      double[] y,
      int yo,
      int columns,
      int k) {
    VectorMask<Double> mask = S.indexInRange(16, k);
    DoubleVector x0 = DoubleVector.fromArray(S, x, xo);
    DoubleVector x1 = DoubleVector.fromArray(S, x, xo + 8);
    DoubleVector x2 = MINUS_ZERO.blend(DoubleVector.fromArray(S, x, xo + 16, mask), mask);
    for (int j = 0; j < columns; j++) {
      int q = yo + j * k;
      int p = lo + j * across;
      DoubleVector s = x0.fma(DoubleVector.fromArray(S, y, q), DoubleVector.fromArray(S, lanes, p));
      s = x1.fma(DoubleVector.fromArray(S, y, q + 8), s);
      x2.fma(DoubleVector.fromArray(S, y, q + 16, mask), s).intoArray(lanes, p);
    }
  }

  /** Whether {@link #product} knows a product of these extents. */
  static boolean fits(int k, int n) {
    return k == 2 && fits(n);
  }

  /**
   * {@code c = a b}, where b has two rows, which stay in registers. The element (i, p) of the left
   * matrix is at {@code ao + i * down + p * right}.
   */
  static void product(
      double[] c,
      int co,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int m,
      int n) {
    DoubleVector b00 = DoubleVector.fromArray(S, b, bo);
    DoubleVector b01 = DoubleVector.fromArray(S, b, bo + 8);
    DoubleVector b02 = DoubleVector.fromArray(S, b, bo + n - 8);
    DoubleVector b10 = DoubleVector.fromArray(S, b, bo + n);
    DoubleVector b11 = DoubleVector.fromArray(S, b, bo + n + 8);
    DoubleVector b12 = DoubleVector.fromArray(S, b, bo + 2 * n - 8);
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0; i < m; i++) {
      int p = co + i * n;
      int q = ao + i * down;
      DoubleVector f = DoubleVector.broadcast(S, a[q]);
      DoubleVector g = DoubleVector.broadcast(S, a[q + right]);
      g.fma(b10, f.fma(b00, zero)).intoArray(c, p);
      g.fma(b11, f.fma(b01, zero)).intoArray(c, p + 8);
      g.fma(b12, f.fma(b02, zero)).intoArray(c, p + n - 8);
    }
  }

  /** {@link #product}, with a number added to each row, rounded by itself. */
  static void affine(
      double[] c,
      int co,
      double[] a,
      int ao,
      double[] b,
      int bo,
      double[] bias,
      int biasAt,
      int m,
      int n) {
    DoubleVector b00 = DoubleVector.fromArray(S, b, bo);
    DoubleVector b01 = DoubleVector.fromArray(S, b, bo + 8);
    DoubleVector b02 = DoubleVector.fromArray(S, b, bo + n - 8);
    DoubleVector b10 = DoubleVector.fromArray(S, b, bo + n);
    DoubleVector b11 = DoubleVector.fromArray(S, b, bo + n + 8);
    DoubleVector b12 = DoubleVector.fromArray(S, b, bo + 2 * n - 8);
    DoubleVector zero = DoubleVector.zero(S);
    for (int i = 0; i < m; i++) {
      int p = co + i * n;
      DoubleVector f = DoubleVector.broadcast(S, a[ao + 2 * i]);
      DoubleVector g = DoubleVector.broadcast(S, a[ao + 2 * i + 1]);
      DoubleVector h = DoubleVector.broadcast(S, bias[biasAt + i]);
      g.fma(b10, f.fma(b00, zero)).add(h).intoArray(c, p);
      g.fma(b11, f.fma(b01, zero)).add(h).intoArray(c, p + 8);
      g.fma(b12, f.fma(b02, zero)).add(h).intoArray(c, p + n - 8);
    }
  }

  /** Adds the rows of a in lane form, as {@link Lanes#accumulateRows}. */
  static void accumulateRows(double[] lanes, int lo, double[] a, int ao, int rows, int width) {
    VectorMask<Double> mask = S.indexInRange(16, width);
    for (int i = 0; i < rows; i++) {
      int q = ao + i * width;
      int p = lo + 8 * i;
      DoubleVector s =
          DoubleVector.fromArray(S, lanes, p)
              .add(DoubleVector.fromArray(S, a, q))
              .add(DoubleVector.fromArray(S, a, q + 8));
      s.lanewise(VectorOperators.ADD, DoubleVector.fromArray(S, a, q + 16, mask), mask)
          .intoArray(lanes, p);
    }
  }
}
