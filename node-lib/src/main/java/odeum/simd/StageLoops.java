package odeum.simd;

/**
 * Loops of Runge-Kutta steps that go on side by side. A state is stored {@code (rows, width)}: each
 * of the {@code width} columns, called a lane, is a solve of its own with a step h of its own.
 * Stages lie {@code stride} numbers apart in k. Each loop stands here as plain Java and once more
 * with the Vector API; the bits are equal, and a lane's do not depend on the others.
 */
public final class StageLoops {
  private StageLoops() {}

  /** {@code out = y + h sum_j w_j k_j} over the first {@code count} stages, at least one. */
  public static void step(
      double[] out,
      double[] y,
      double[] h,
      double[] w,
      double[] k,
      int stride,
      int count,
      int rows,
      int width) {
    boolean vector = Machine.loops && width >= Machine.LEAST;
    for (int row = 0; row < rows; row++) {
      int at = row * width;
      int from = vector ? VectorStageLoops.step(out, y, h, w, k, stride, count, at, width) : 0;
      for (int i = from; i < width; i++) {
        out[at + i] = Math.fma(h[i], sum(w, k, at + i, stride, count), y[at + i]);
      }
    }
  }

  private static double sum(double[] w, double[] k, int at, int stride, int count) {
    double sum = w[0] * k[at];
    for (int j = 1; j < count; j++) {
      sum = Math.fma(w[j], k[j * stride + at], sum);
    }
    return sum;
  }

  /**
   * {@code out = sum over rows of (e / scale)^2} with {@code e = sum_j w_j k_j} and {@code scale =
   * atol + rtol max(|y|, |y1|)}, shape {@code (width)}.
   */
  public static void scaledSquares(
      double[] out,
      double[] w,
      double[] k,
      int stride,
      int count,
      double[] y,
      double[] y1,
      double atol,
      double rtol,
      int rows,
      int width) {
    boolean vector = Machine.loops && width >= Machine.LEAST;
    int from =
        vector
            ? VectorStageLoops.scaledSquares(
                out, w, k, stride, count, y, y1, atol, rtol, rows, width)
            : 0;
    for (int i = from; i < width; i++) {
      double squares = 0;
      for (int at = i; at < rows * width; at += width) {
        double scale = atol + rtol * Math.max(Math.abs(y[at]), Math.abs(y1[at]));
        double scaled = sum(w, k, at, stride, count) / scale;
        squares += scaled * scaled;
      }
      out[i] = squares;
    }
  }

  /**
   * {@code out = 1 where h^2 sum over rows of (k - k2)^2 > limit sum over rows of (y - y2)^2, else
   * 0}, shape {@code (width)}.
   *
   * @param ko where k starts, in the same array as k2
   * @return how many ones there are
   */
  public static int steeper(
      double[] out,
      double[] h,
      double[] k,
      int ko,
      int k2o,
      double limit,
      double[] y,
      double[] y2,
      int rows,
      int width) {
    boolean vector = Machine.loops && width >= Machine.LEAST;
    int from = vector ? VectorStageLoops.steeper(out, h, k, ko, k2o, limit, y, y2, rows, width) : 0;
    for (int i = from; i < width; i++) {
      double slopes = 0;
      double states = 0;
      for (int at = i; at < rows * width; at += width) {
        double slope = k[ko + at] - k[k2o + at];
        double state = y[at] - y2[at];
        slopes += slope * slope;
        states += state * state;
      }
      out[i] = h[i] * h[i] * slopes > limit * states ? 1 : 0;
    }
    int count = 0;
    for (int i = 0; i < width; i++) {
      count += out[i] != 0 ? 1 : 0;
    }
    return count;
  }

  /**
   * {@code out = sum over rows of 0 a + 0 b}, shape {@code (width)}: 0 where all numbers are
   * finite.
   */
  public static void zeroIfFinite(
      double[] out, double[] a, double[] b, int bo, int rows, int width) {
    boolean vector = Machine.loops && width >= Machine.LEAST;
    int from = vector ? VectorStageLoops.zeroIfFinite(out, a, b, bo, rows, width) : 0;
    for (int i = from; i < width; i++) {
      double sum = 0;
      for (int at = i; at < rows * width; at += width) {
        sum += 0 * a[at] + 0 * b[bo + at];
      }
      out[i] = sum;
    }
  }
}
