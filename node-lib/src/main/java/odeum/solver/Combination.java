package odeum.solver;

/**
 * Weighted sums of stages. Each value sums over the stages in sequence with {@code fma}, whatever
 * the size of the state. Written out by the number of stages: for small states one loop over the
 * values is several times faster than loops over the stages around or inside it.
 */
final class Combination {
  private Combination() {}

  /** {@code out = y + h sum_j w_j k_j} over the first {@code count} stages, at least one. */
  static void step(double[] out, double[] y, double h, double[] w, double[][] k, int count) {
    switch (count) {
      case 1 -> one(out, y, h, w, k);
      case 2 -> two(out, y, h, w, k);
      case 3 -> three(out, y, h, w, k);
      case 4 -> four(out, y, h, w, k);
      case 5 -> five(out, y, h, w, k);
      case 6 -> six(out, y, h, w, k);
      case 7 -> seven(out, y, h, w, k);
      default -> many(out, y, h, w, k, count);
    }
  }

  private static void many(
      double[] out, double[] y, double h, double[] w, double[][] k, int count) {
    sum(out, w, k, count);
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(h, out[i], y[i]);
    }
  }

  /** {@code out = sum_j w_j k_j} over the first {@code count} stages, at least one. */
  static void sum(double[] out, double[] w, double[][] k, int count) {
    double w0 = w[0];
    double[] k0 = k[0];
    for (int i = 0; i < out.length; i++) {
      out[i] = w0 * k0[i];
    }
    int j = 1;
    for (; j + 3 <= count; j += 3) {
      addThree(out, w, k, j);
    }
    for (; j < count; j++) {
      double wj = w[j];
      double[] kj = k[j];
      for (int i = 0; i < out.length; i++) {
        out[i] = Math.fma(wj, kj[i], out[i]);
      }
    }
  }

  private static void addThree(double[] out, double[] w, double[][] k, int j) {
    double w0 = w[j];
    double w1 = w[j + 1];
    double w2 = w[j + 2];
    double[] k0 = k[j];
    double[] k1 = k[j + 1];
    double[] k2 = k[j + 2];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.fma(w2, k2[i], Math.fma(w1, k1[i], Math.fma(w0, k0[i], out[i])));
    }
  }

  private static void one(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double[] k0 = k[0];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      out[i] = Math.fma(h, sum, y[i]);
    }
  }

  private static void two(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double w1 = w[1];
    double[] k0 = k[0];
    double[] k1 = k[1];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      sum = Math.fma(w1, k1[i], sum);
      out[i] = Math.fma(h, sum, y[i]);
    }
  }

  private static void three(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double[] k0 = k[0];
    double[] k1 = k[1];
    double[] k2 = k[2];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      sum = Math.fma(w1, k1[i], sum);
      sum = Math.fma(w2, k2[i], sum);
      out[i] = Math.fma(h, sum, y[i]);
    }
  }

  private static void four(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double w3 = w[3];
    double[] k0 = k[0];
    double[] k1 = k[1];
    double[] k2 = k[2];
    double[] k3 = k[3];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      sum = Math.fma(w1, k1[i], sum);
      sum = Math.fma(w2, k2[i], sum);
      sum = Math.fma(w3, k3[i], sum);
      out[i] = Math.fma(h, sum, y[i]);
    }
  }

  private static void five(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double w3 = w[3];
    double w4 = w[4];
    double[] k0 = k[0];
    double[] k1 = k[1];
    double[] k2 = k[2];
    double[] k3 = k[3];
    double[] k4 = k[4];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      sum = Math.fma(w1, k1[i], sum);
      sum = Math.fma(w2, k2[i], sum);
      sum = Math.fma(w3, k3[i], sum);
      sum = Math.fma(w4, k4[i], sum);
      out[i] = Math.fma(h, sum, y[i]);
    }
  }

  private static void six(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double w3 = w[3];
    double w4 = w[4];
    double w5 = w[5];
    double[] k0 = k[0];
    double[] k1 = k[1];
    double[] k2 = k[2];
    double[] k3 = k[3];
    double[] k4 = k[4];
    double[] k5 = k[5];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      sum = Math.fma(w1, k1[i], sum);
      sum = Math.fma(w2, k2[i], sum);
      sum = Math.fma(w3, k3[i], sum);
      sum = Math.fma(w4, k4[i], sum);
      sum = Math.fma(w5, k5[i], sum);
      out[i] = Math.fma(h, sum, y[i]);
    }
  }

  private static void seven(double[] out, double[] y, double h, double[] w, double[][] k) {
    double w0 = w[0];
    double w1 = w[1];
    double w2 = w[2];
    double w3 = w[3];
    double w4 = w[4];
    double w5 = w[5];
    double w6 = w[6];
    double[] k0 = k[0];
    double[] k1 = k[1];
    double[] k2 = k[2];
    double[] k3 = k[3];
    double[] k4 = k[4];
    double[] k5 = k[5];
    double[] k6 = k[6];
    for (int i = 0; i < out.length; i++) {
      double sum = w0 * k0[i];
      sum = Math.fma(w1, k1[i], sum);
      sum = Math.fma(w2, k2[i], sum);
      sum = Math.fma(w3, k3[i], sum);
      sum = Math.fma(w4, k4[i], sum);
      sum = Math.fma(w5, k5[i], sum);
      sum = Math.fma(w6, k6[i], sum);
      out[i] = Math.fma(h, sum, y[i]);
    }
  }
}
