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

  /** {@code out = sum over rows of (a - b)^2}, shape {@code (width)}. */
  public static void squaredDistance(
      double[] out, double[] a, int ao, double[] b, int bo, int rows, int width) {
    boolean vector = Machine.loops && width >= Machine.LEAST;
    int from = vector ? VectorStageLoops.squaredDistance(out, a, ao, b, bo, rows, width) : 0;
    for (int i = from; i < width; i++) {
      double squares = 0;
      for (int at = i; at < rows * width; at += width) {
        double difference = a[ao + at] - b[bo + at];
        squares += difference * difference;
      }
      out[i] = squares;
    }
  }

  /** {@code out = sum over rows of 0 a}, shape {@code (width)}: 0 where all of a is finite. */
  public static void zeroIfFinite(double[] out, double[] a, int ao, int rows, int width) {
    boolean vector = Machine.loops && width >= Machine.LEAST;
    int from = vector ? VectorStageLoops.zeroIfFinite(out, a, ao, rows, width) : 0;
    for (int i = from; i < width; i++) {
      double sum = 0;
      for (int at = i; at < rows * width; at += width) {
        sum += 0 * a[ao + at];
      }
      out[i] = sum;
    }
  }
}
