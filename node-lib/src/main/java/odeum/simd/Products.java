package odeum.simd;

/**
 * Matrix products, row-major. Unless said otherwise each element sums over k in sequence with
 * {@code fma}, starting from zero, however the loops are blocked. The result overlaps no operand.
 * Large products share their rows out to threads.
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
    if (Machine.products && VectorNarrow.fits(k, n)) {
      VectorNarrow.affine(c, co, a, ao, b, bo, bias, biasAt, m, n);
      return;
    }
    if (Machine.products && VectorThin.fits(k, n)) {
      VectorThin.affine(c, co, a, ao, b, bo, bias, biasAt, m, k, n);
      return;
    }
    product(c, co, a, ao, k, 1, b, bo, m, k, n);
    Loops.addColumn(c, co, c, co, bias, biasAt, m, n);
  }

  /** {@code c = a' b}: a is stored {@code (k, m)}. */
  public static void multiplyLeftTransposed(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (n == 1) {
      product(c, co, b, bo, k, 1, a, ao, 1, k, m); // b' a, whose columns go in vectors
    } else {
      product(c, co, a, ao, 1, m, b, bo, m, k, n);
    }
  }

  /**
   * {@code c = a b'}: b is stored {@code (n, k)}. Each element is {@code Lanes.dot} of two rows.
   */
  public static void multiplyRightTransposed(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (k == 1) {
      product(c, co, a, ao, 1, 1, b, bo, m, 1, n); // a column by a row: nothing is summed
    } else if (Split.isWorthwhile(Machine.lanes, m, k, n)) {
      Split.rows(m, (from, to) -> dots(c, co + from * n, a, ao + from * k, b, bo, to - from, k, n));
    } else {
      dots(c, co, a, ao, b, bo, m, k, n);
    }
  }

  private static void dots(
      double[] c, int co, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (Machine.lanes && k >= Machine.LEAST) {
      VectorDots.multiply(c, co, a, ao, b, bo, m, k, n);
      return;
    }
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
    if (Split.isWorthwhile(Machine.lanes, m, k, n)) {
      Split.rows(
          m,
          (from, to) -> lanes(lanes, lo + 8 * from * n, a, ao + from * k, b, bo, to - from, k, n));
    } else {
      lanes(lanes, lo, a, ao, b, bo, m, k, n);
    }
  }

  private static void lanes(
      double[] lanes, int lo, double[] a, int ao, double[] b, int bo, int m, int k, int n) {
    if (Machine.lanes) {
      VectorDots.accumulate(lanes, lo, a, ao, b, bo, m, k, n);
      return;
    }
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        Lanes.accumulateDot(lanes, lo + 8 * (i * n + j), a, ao + i * k, b, bo + j * k, k);
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
    if (Split.isWorthwhile(Machine.products, m, k, n)) {
      Split.rows(
          m,
          (from, to) ->
              rows(c, co + from * n, a, ao + from * down, down, right, b, bo, to - from, k, n));
    } else {
      rows(c, co, a, ao, down, right, b, bo, m, k, n);
    }
  }

  private static void rows(
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
    if (Machine.products && VectorNarrow.fits(k, n)) {
      VectorNarrow.product(c, co, a, ao, down, right, b, bo, m, n);
    } else if (Machine.products && VectorThin.fits(k, n)) {
      VectorThin.product(c, co, a, ao, down, right, b, bo, m, k, n);
    } else if (Machine.products && VectorThin.isFlat(m, k, n)) {
      VectorThin.flat(c, co, a, ao, down, right, b, bo, m, k, n);
    } else if (Machine.products && n >= Machine.LEAST) {
      VectorProducts.product(c, co, a, ao, down, right, b, bo, m, k, n);
    } else {
      ScalarProducts.product(c, co, a, ao, down, right, b, bo, m, k, n);
    }
  }
}
