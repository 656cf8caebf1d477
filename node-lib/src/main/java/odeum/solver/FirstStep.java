package odeum.solver;

import odeum.simd.Elementary;

/**
 * The size of the first step, from the slope and how fast it changes: Hairer, Norsett and Wanner,
 * "Solving Ordinary Differential Equations I", II.4.
 */
final class FirstStep {
  private FirstStep() {}

  static double of(Stepper step, ErrorNorm norm, int errorOrder, double end) {
    double t = step.start();
    double[] y = step.before();
    double[] slope = step.slope();
    double span = Math.abs(end - t);
    double d0 = norm.of(y, y);
    double d1 = norm.of(slope, y);
    double h0 = Math.min(span, d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : 0.01 * d0 / d1);
    double d2 = curvature(step, norm, Math.copySign(h0, end - t));
    double steepest = Math.max(d1, d2);
    double h1 =
        steepest <= 1e-15
            ? Math.max(1e-6, h0 * 1e-3)
            : Elementary.pow(0.01 / steepest, 1.0 / errorOrder);
    double first = Math.min(100 * h0, Math.min(h1, span));
    return first > 0 ? first : Math.min(span, 1e-6); // NaN when f is not finite nearby
  }

  private static double curvature(Stepper step, ErrorNorm norm, double h) {
    double[] y = step.before();
    double[] slope = step.slope();
    double[] state = new double[y.length];
    double[] change = new double[y.length];
    for (int i = 0; i < y.length; i++) {
      state[i] = Math.fma(h, slope[i], y[i]);
    }
    step.evaluate(step.start() + h, state, change);
    for (int i = 0; i < y.length; i++) {
      change[i] -= slope[i];
    }
    return norm.of(change, y) / Math.abs(h);
  }
}
