package odeum.simd;

/**
 * Matrix products, row-major. Unless said otherwise each element sums over k in sequence with
 * {@code fma}, starting from zero, however the loops are blocked. The result overlaps no operand.
 */
public final class Products {
  private Products() {}

  /** {@code c = a b}, shapes {@code (m, k)}, {@code (k, n)}, {@code (m, n)}. */
  public static void multiply(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    product(c, co, a, ao, k, 1, b, bo, m, k, n);
  }

  /** {@code c[i, j] = (a b)[i, j] + bias[i]}: the product as it is, then a rounding of its own. */
  public static void affine(
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
    product(c, co, a, ao, k, 1, b, bo, m, k, n);
    Loops.addColumn(c, co, c, co, bias, biasAt, m, n);
  }

  /** {@code c = a' b}: a is stored {@code (k, m)}. */
  public static void multiplyLeftTransposed(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    product(c, co, a, ao, 1, m, b, bo, m, k, n);
  }

  /**
   * {@code c = a b'}: b is stored {@code (n, k)}. Each element is {@code Lanes.dot} of two rows.
   */
  public static void multiplyRightTransposed(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        c[co + i * n + j] = Lanes.dot(a, ao + i * k, b, bo + j * k, k);
      }
    }
  }

  /**
   * Adds {@code a b'} in lane form: {@code lanes[8 (i n + j) + l]} gains the products of row i and
   * row j whose place is l modulo 8, with {@code fma}. {@code Lanes.fold} makes numbers of it.
   */
  public static void accumulateRightTransposed(
      double[] lanes, int lo, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = lo + 8 * (i * n + j);
        for (int p = 0; p < k; p++) {
          int lane = at + (p & 7);
          lanes[lane] = Math.fma(a[ao + i * k + p], b[bo + j * k + p], lanes[lane]);
        }
      }
    }
  }

  /** The element (i, p) of the left matrix is at {@code ao + i * down + p * right}. */
  private static void product(
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
      int j = 0;
      for (; j + 4 <= n; j += 4) {
        four(c, co + i * n + j, a, ao + i * down, right, b, bo + j, k, n);
      }
      for (; j < n; j++) {
        one(c, co + i * n + j, a, ao + i * down, right, b, bo + j, k, n);
      }
    }
  }

  /** Four neighbours of a row at a time, so that their sums overlap in the processor. */
  private static void four(
      double[] c, int co, double[] a, int ao, int right, double[] b, int bo, int k, int n) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    for (int p = 0; p < k; p++) {
      double factor = a[ao + p * right];
      int from = bo + p * n;
      s0 = Math.fma(factor, b[from], s0);
      s1 = Math.fma(factor, b[from + 1], s1);
      s2 = Math.fma(factor, b[from + 2], s2);
      s3 = Math.fma(factor, b[from + 3], s3);
    }
    c[co] = s0;
    c[co + 1] = s1;
    c[co + 2] = s2;
    c[co + 3] = s3;
  }

  private static void one(
      double[] c, int co, double[] a, int ao, int right, double[] b, int bo, int k, int n) {
    double s = 0;
    for (int p = 0; p < k; p++) {
      s = Math.fma(a[ao + p * right], b[bo + p * n], s);
    }
    c[co] = s;
  }
}
