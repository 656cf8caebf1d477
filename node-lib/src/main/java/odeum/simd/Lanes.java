package odeum.simd;

/**
 * Reductions in one fixed order, whatever the machine: a sum runs in eight virtual lanes, element i
 * in lane i mod 8, folded pairwise at the end. What is in lane form has eight numbers per value.
 */
public final class Lanes {
  /** Adding it changes no bit. */
  private static final double NOTHING = -0.0;

  private Lanes() {}

  /** {@return the sum of n values} */
  public static double sum(double[] a, int offset, int n) {
    if (Machine.lanes && n >= Machine.LEAST) {
      return VectorLanes.sum(a, offset, n);
    }
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
    s0 += rest > 0 ? a[p] : NOTHING;
    s1 += rest > 1 ? a[p + 1] : NOTHING;
    s2 += rest > 2 ? a[p + 2] : NOTHING;
    s3 += rest > 3 ? a[p + 3] : NOTHING;
    s4 += rest > 4 ? a[p + 4] : NOTHING;
    s5 += rest > 5 ? a[p + 5] : NOTHING;
    s6 += rest > 6 ? a[p + 6] : NOTHING;
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** {@return the inner product of n values} Each lane sums with {@code fma}, from zero. */
  public static double dot(double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.lanes && n >= Machine.LEAST) {
      return VectorLanes.dot(a, ao, b, bo, n);
    }
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
      int p = ao + i;
      int q = bo + i;
      s0 = Math.fma(a[p], b[q], s0);
      s1 = Math.fma(a[p + 1], b[q + 1], s1);
      s2 = Math.fma(a[p + 2], b[q + 2], s2);
      s3 = Math.fma(a[p + 3], b[q + 3], s3);
      s4 = Math.fma(a[p + 4], b[q + 4], s4);
      s5 = Math.fma(a[p + 5], b[q + 5], s5);
      s6 = Math.fma(a[p + 6], b[q + 6], s6);
      s7 = Math.fma(a[p + 7], b[q + 7], s7);
    }
    int p = ao + i;
    int q = bo + i;
    int rest = n - i;
    s0 = rest > 0 ? Math.fma(a[p], b[q], s0) : s0;
    s1 = rest > 1 ? Math.fma(a[p + 1], b[q + 1], s1) : s1;
    s2 = rest > 2 ? Math.fma(a[p + 2], b[q + 2], s2) : s2;
    s3 = rest > 3 ? Math.fma(a[p + 3], b[q + 3], s3) : s3;
    s4 = rest > 4 ? Math.fma(a[p + 4], b[q + 4], s4) : s4;
    s5 = rest > 5 ? Math.fma(a[p + 5], b[q + 5], s5) : s5;
    s6 = rest > 6 ? Math.fma(a[p + 6], b[q + 6], s6) : s6;
    return ((s0 + s4) + (s2 + s6)) + ((s1 + s5) + (s3 + s7));
  }

  /** Adds an inner product in lane form: {@code lanes[i mod 8]} gains {@code a[i] b[i]}. */
  static void accumulateDot(double[] lanes, int lo, double[] a, int ao, double[] b, int bo, int n) {
    double s0 = lanes[lo];
    double s1 = lanes[lo + 1];
    double s2 = lanes[lo + 2];
    double s3 = lanes[lo + 3];
    double s4 = lanes[lo + 4];
    double s5 = lanes[lo + 5];
    double s6 = lanes[lo + 6];
    double s7 = lanes[lo + 7];
    int i = 0;
    for (; i + 8 <= n; i += 8) {
      int p = ao + i;
      int q = bo + i;
      s0 = Math.fma(a[p], b[q], s0);
      s1 = Math.fma(a[p + 1], b[q + 1], s1);
      s2 = Math.fma(a[p + 2], b[q + 2], s2);
      s3 = Math.fma(a[p + 3], b[q + 3], s3);
      s4 = Math.fma(a[p + 4], b[q + 4], s4);
      s5 = Math.fma(a[p + 5], b[q + 5], s5);
      s6 = Math.fma(a[p + 6], b[q + 6], s6);
      s7 = Math.fma(a[p + 7], b[q + 7], s7);
    }
    lanes[lo] = s0;
    lanes[lo + 1] = s1;
    lanes[lo + 2] = s2;
    lanes[lo + 3] = s3;
    lanes[lo + 4] = s4;
    lanes[lo + 5] = s5;
    lanes[lo + 6] = s6;
    lanes[lo + 7] = s7;
    for (; i < n; i++) {
      int lane = lo + (i & 7);
      lanes[lane] = Math.fma(a[ao + i], b[bo + i], lanes[lane]);
    }
  }

  /** {@code out[i]} = the sum of row i of a, which is {@code (rows, width)}. */
  public static void sumRows(double[] out, int o, double[] a, int ao, int rows, int width) {
    if (Machine.lanes && width >= Machine.LEAST) {
      VectorLanes.sumRows(out, o, a, ao, rows, width);
      return;
    }
    for (int i = 0; i < rows; i++) {
      out[o + i] = sum(a, ao + i * width, width);
    }
  }

  /** Adds the rows of a in lane form: {@code lanes[8 i + j mod 8] += a[i, j]}. */
  public static void accumulateRows(
      double[] lanes, int lo, double[] a, int ao, int rows, int width) {
    if (Machine.lanes && width >= Machine.LEAST) {
      VectorLanes.accumulateRows(lanes, lo, a, ao, rows, width);
      return;
    }
    for (int i = 0; i < rows; i++) {
      int row = ao + i * width;
      for (int j = 0; j < width; j++) {
        lanes[lo + 8 * i + (j & 7)] += a[row + j];
      }
    }
  }

  /** {@code out[i]} = the sum of the lanes 8 i to 8 i + 7. */
  public static void fold(double[] out, int o, double[] lanes, int lo, int count) {
    if (Machine.lanes) {
      VectorLanes.fold(out, o, lanes, lo, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      int p = lo + 8 * i;
      double even = (lanes[p] + lanes[p + 4]) + (lanes[p + 2] + lanes[p + 6]);
      out[o + i] = even + ((lanes[p + 1] + lanes[p + 5]) + (lanes[p + 3] + lanes[p + 7]));
    }
  }
}
