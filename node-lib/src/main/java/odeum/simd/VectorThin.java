package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over one, two or three inner numbers with long rows, as of a state of few values over a
 * large batch: most of the work is writing the result, which is done row after row.
 */
final class VectorThin {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  private static final int MOST = 3;

  /** From so many columns on the tiles of {@link VectorProducts} only cost. */
  private static final int LONG = 32;

  private VectorThin() {}

  static boolean fits(int k, int n) {
    return k >= 1 && k <= MOST && n >= LONG;
  }

  /** The arguments are those of {@link Products}. */
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
      int k,
      int n) {
    for (int i = 0; i < m; i++) {
      row(c, co + i * n, a, ao + i * down, right, b, bo, -0.0, k, n);
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
      int k,
      int n) {
    for (int i = 0; i < m; i++) {
      row(c, co + i * n, a, ao + i * k, 1, b, bo, bias[biasAt + i], k, n);
    }
  }

  /** A row of the result; to add -0 changes no sum. */
  private static void row(
      double[] c,
      int co,
      double[] a,
      int ao,
      int right,
      double[] b,
      int bo,
      double plus,
      int k,
      int n) {
    switch (k) {
      case 1 -> one(c, co, a[ao], b, bo, plus, n);
      case 2 -> two(c, co, a[ao], a[ao + right], b, bo, plus, n);
      default -> three(c, co, a[ao], a[ao + right], a[ao + 2 * right], b, bo, plus, n);
    }
  }

  private static void one(double[] c, int co, double f, double[] b, int bo, double plus, int n) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector first = DoubleVector.broadcast(S, f);
    DoubleVector last = DoubleVector.broadcast(S, plus);
    for (int j = 0; j < n; j += L) {
      int at = Math.min(j, n - L);
      first.fma(DoubleVector.fromArray(S, b, bo + at), zero).add(last).intoArray(c, co + at);
    }
  }

  private static void two(
      double[] c, int co, double f, double g, double[] b, int bo, double plus, int n) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector first = DoubleVector.broadcast(S, f);
    DoubleVector second = DoubleVector.broadcast(S, g);
    DoubleVector last = DoubleVector.broadcast(S, plus);
    for (int j = 0; j < n; j += L) {
      int at = Math.min(j, n - L);
      DoubleVector s = first.fma(DoubleVector.fromArray(S, b, bo + at), zero);
      second.fma(DoubleVector.fromArray(S, b, bo + n + at), s).add(last).intoArray(c, co + at);
    }
  }

  private static void three(
      double[] c, int co, double f, double g, double h, double[] b, int bo, double plus, int n) {
    DoubleVector zero = DoubleVector.zero(S);
    DoubleVector first = DoubleVector.broadcast(S, f);
    DoubleVector second = DoubleVector.broadcast(S, g);
    DoubleVector third = DoubleVector.broadcast(S, h);
    DoubleVector last = DoubleVector.broadcast(S, plus);
    for (int j = 0; j < n; j += L) {
      int at = Math.min(j, n - L);
      DoubleVector s = first.fma(DoubleVector.fromArray(S, b, bo + at), zero);
      s = second.fma(DoubleVector.fromArray(S, b, bo + n + at), s);
      third.fma(DoubleVector.fromArray(S, b, bo + 2 * n + at), s).add(last).intoArray(c, co + at);
    }
  }

  /** Whether {@link #flat} knows a product of these extents. */
  static boolean isFlat(int m, int k, int n) {
    return m <= 2 && k >= 4 && n >= LONG;
  }

  /**
   * One or two long rows of a result: they stay near while the rows of b, too long to keep, are
   * read once, one after the other, four at a time.
   */
  static void flat(
      double[] c,
      int co,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int m,
      int k,
      int n) {
    for (int p = 0; p < k; p += 4) {
      int count = Math.min(4, k - p);
      for (int i = 0; i < m; i++) {
        int q = ao + i * down + p * right;
        if (count == 4) {
          four(c, co + i * n, a, q, right, b, bo + p * n, p == 0, n);
        } else {
          for (int r = 0; r < count; r++) {
            add(c, co + i * n, a[q + r * right], b, bo + (p + r) * n, n);
          }
        }
      }
    }
  }

  private static void four(
      double[] c, int co, double[] a, int ao, int right, double[] b, int bo, boolean first, int n) {
    DoubleVector f0 = DoubleVector.broadcast(S, a[ao]);
    DoubleVector f1 = DoubleVector.broadcast(S, a[ao + right]);
    DoubleVector f2 = DoubleVector.broadcast(S, a[ao + 2 * right]);
    DoubleVector f3 = DoubleVector.broadcast(S, a[ao + 3 * right]);
    DoubleVector zero = DoubleVector.zero(S);
    int j = 0;
    for (; j + L <= n; j += L) {
      DoubleVector s = first ? zero : DoubleVector.fromArray(S, c, co + j);
      s = f0.fma(DoubleVector.fromArray(S, b, bo + j), s);
      s = f1.fma(DoubleVector.fromArray(S, b, bo + n + j), s);
      s = f2.fma(DoubleVector.fromArray(S, b, bo + 2 * n + j), s);
      f3.fma(DoubleVector.fromArray(S, b, bo + 3 * n + j), s).intoArray(c, co + j);
    }
    for (; j < n; j++) {
      double s = first ? 0 : c[co + j];
      for (int p = 0; p < 4; p++) {
        s = Math.fma(a[ao + p * right], b[bo + p * n + j], s);
      }
      c[co + j] = s;
    }
  }

  private static void add(double[] c, int co, double f, double[] b, int bo, int n) {
    DoubleVector factor = DoubleVector.broadcast(S, f);
    int j = 0;
    for (; j + L <= n; j += L) {
      factor
          .fma(DoubleVector.fromArray(S, b, bo + j), DoubleVector.fromArray(S, c, co + j))
          .intoArray(c, co + j);
    }
    for (; j < n; j++) {
      c[co + j] = Math.fma(f, b[bo + j], c[co + j]);
    }
  }
}
