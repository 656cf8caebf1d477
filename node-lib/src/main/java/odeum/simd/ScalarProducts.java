package odeum.simd;

/** Matrix products in plain Java: four sums at a time, so that they overlap in the processor. */
final class ScalarProducts {
  private ScalarProducts() {}

  /** The element (i, p) of the left matrix is at {@code ao + i * down + p * right}. */
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
    int columns = n & -4;
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < columns; j += 4) {
        four(c, co + i * n + j, 1, a, ao + i * down, right, b, bo + j, n, 1, k);
      }
    }
    int rows = m & -4;
    for (int j = columns; j < n; j++) {
      for (int i = 0; i < rows; i += 4) {
        four(c, co + i * n + j, n, b, bo + j, n, a, ao + i * down, right, down, k);
      }
      for (int i = rows; i < m; i++) {
        one(c, co + i * n + j, a, ao + i * down, right, b, bo + j, n, k);
      }
    }
  }

  /**
   * The inner products of one sequence x with four sequences y, which are {@code yGap} apart; the
   * results are {@code gap} apart. {@code xStep} and {@code yStep} lead along a sequence.
   */
  private static void four(
      double[] c,
      int co,
      int gap,
      double[] x,
      int xo,
      int xStep,
      double[] y,
      int yo,
      int yStep,
      int yGap,
      int k) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int q = yo;
    for (int p = 0; p < k; p++) {
      double factor = x[xo + p * xStep];
      s0 = Math.fma(factor, y[q], s0);
      s1 = Math.fma(factor, y[q + yGap], s1);
      s2 = Math.fma(factor, y[q + 2 * yGap], s2);
      s3 = Math.fma(factor, y[q + 3 * yGap], s3);
      q += yStep;
    }
    c[co] = s0;
    c[co + gap] = s1;
    c[co + 2 * gap] = s2;
    c[co + 3 * gap] = s3;
  }

  private static void one(
      double[] c, int co, double[] x, int xo, int xStep, double[] y, int yo, int yStep, int k) {
    double s = 0;
    for (int p = 0; p < k; p++) {
      s = Math.fma(x[xo + p * xStep], y[yo + p * yStep], s);
    }
    c[co] = s;
  }
}
