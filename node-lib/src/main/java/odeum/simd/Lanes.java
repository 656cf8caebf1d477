package odeum.simd;

import java.util.Arrays;

/**
 * Reductions and products in one fixed order, whatever the machine: a sum runs in eight virtual
 * lanes, element i in lane i mod 8, folded pairwise at the end.
 */
public final class Lanes {
  private Lanes() {}

  /** {@return the sum of n values} */
  public static double sum(double[] a, int offset, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    double s4 = 0;
    double s5 = 0;
    double s6 = 0;
    double s7 = 0;
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      int p = offset + i;
      s0 += a[p];
      s1 += a[p + 1];
      s2 += a[p + 2];
      s3 += a[p + 3];
      s4 += a[p + 4];
      s5 += a[p + 5];
      s6 += a[p + 6];
      s7 += a[p + 7];
    }
    int p = offset + i;
    int rest = n - i;
    if (rest > 0) {
      s0 += a[p];
    }
    if (rest > 1) {
      s1 += a[p + 1];
    }
    if (rest > 2) {
      s2 += a[p + 2];
    }
    if (rest > 3) {
      s3 += a[p + 3];
    }
    if (rest > 4) {
      s4 += a[p + 4];
    }
    if (rest > 5) {
      s5 += a[p + 5];
    }
    if (rest > 6) {
      s6 += a[p + 6];
    }
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** {@return the sum of the products of two runs of n values} With {@code fma} in each lane. */
  public static double dot(double[] a, int ao, double[] b, int bo, int n) {
    double[] lanes = new double[8];
    for (int i = 0; i < n; i++) {
      lanes[i & 7] = Math.fma(a[ao + i], b[bo + i], lanes[i & 7]);
    }
    return ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
        + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
  }

  /**
   * {@code c = aᵀ b}, shapes {@code (k, m)}, {@code (k, n)}, {@code (m, n)}, summed in sequence.
   */
  public static void multiplyLeftTransposed(
      double[] a, int ao, double[] b, int bo, double[] c, int co, int m, int k, int n) {
    Arrays.fill(c, co, co + m * n, 0);
    for (int p = 0; p < k; p++) {
      for (int i = 0; i < m; i++) {
        double factor = a[ao + p * m + i];
        for (int j = 0; j < n; j++) {
          c[co + i * n + j] = Math.fma(factor, b[bo + p * n + j], c[co + i * n + j]);
        }
      }
    }
  }

  /**
   * {@code c = a bᵀ}, shapes {@code (m, k)}, {@code (n, k)}, {@code (m, n)}; each a dot product.
   */
  public static void multiplyRightTransposed(
      double[] a, int ao, double[] b, int bo, double[] c, int co, int m, int k, int n) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[co + i * n + j] = dot(a, ao + i * k, b, bo + j * k, k);
      }
    }
  }

  /**
   * Matrix product: {@code c = a b}, shapes {@code (m, k)}, {@code (k, n)}, {@code (m, n)}. Each
   * element sums over k in sequence with {@code fma}, starting from zero.
   */
  public static void multiply(
      double[] a, int ao, double[] b, int bo, double[] c, int co, int m, int k, int n) {
    for (int i = 0; i < m; i++) {
      int row = co + i * n;
      Arrays.fill(c, row, row + n, 0);
      for (int p = 0; p < k; p++) {
        double factor = a[ao + i * k + p];
        int from = bo + p * n;
        for (int j = 0; j < n; j++) {
          c[row + j] = Math.fma(factor, b[from + j], c[row + j]);
        }
      }
    }
  }
}
