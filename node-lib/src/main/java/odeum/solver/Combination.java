package odeum.solver;

/**
 * Weighted sums of stages. Each value sums over the stages in sequence with {@code fma}, whichever
 * loop is outside, so the bits do not depend on the size of the state.
 */
final class Combination {
  private Combination() {}

  /** {@code out = y + h sum_j w_j k_j} over the first {@code count} stages. */
  static void step(double[] out, double[] y, double h, double[] w, double[][] k, int count) {
    sum(out, w, k, count);
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(h, out[i], y[i]);
    }
  }

  /** {@code out = sum_j w_j k_j} over the first {@code count} stages. */
  static void sum(double[] out, double[] w, double[][] k, int count) {
    int j = 0;
    while (j < count && w[j] == 0) {
      j++;
    }
    if (j == count) {
      java.util.Arrays.fill(out, 0);
      return;
    }
    scale(out, w[j], k[j]);
    for (j++; j < count; j++) {
      if (w[j] != 0) {
        add(out, w[j], k[j]);
      }
    }
  }

  private static void scale(double[] out, double w, double[] k) {
    for (int i = 0; i < out.length; i++) {
      out[i] = w * k[i];
    }
  }

  private static void add(double[] out, double w, double[] k) {
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(w, k[i], out[i]);
    }
  }
}
