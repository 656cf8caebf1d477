package odeum.solver;

import odeum.term.Derivative;

/**
 * The moving part of a solve by a reversible method. Its stages are what the step takes over, the
 * slope and perhaps the point where that was taken, and last the evaluation of the step.
 */
final class ReversibleStep implements Stepper {
  private final ReversibleMethod method;
  private final Derivative derivative;
  private final int n;
  private final int carried;

  /** The carried rows, then the evaluation. */
  private final double[][] k;

  /** The carried rows at the end of the step; the point of the evaluation comes last. */
  private final double[][] next;

  private double[] y;
  private double[] y1;
  private double t;
  private double t1;
  private double h;
  private int evaluated;
  private long evaluations;

  ReversibleStep(ReversibleMethod method, Derivative derivative, int n) {
    this.method = method;
    this.derivative = derivative;
    this.n = n;
    this.carried = method.carriedRows();
    this.k = new double[carried + 1][n];
    this.next = new double[2][n];
    this.y = new double[n];
    this.y1 = new double[n];
  }

  @Override
  public void moveTo(double time, double[] state) {
    t = time;
    t1 = time;
    System.arraycopy(state, 0, y, 0, n);
    evaluated = 0;
  }

  @Override
  public int carriedRows() {
    return carried;
  }

  @Override
  public void carry(double[] values, int offset) {
    for (int i = 0; i < carried; i++) {
      System.arraycopy(values, offset + i * n, k[i], 0, n);
    }
    evaluated = carried;
  }

  @Override
  public double[] slope() {
    if (evaluated == 0) {
      evaluate(t, y, k[0]);
      if (carried > 1) {
        System.arraycopy(y, 0, k[1], 0, n);
      }
      evaluated = carried;
    }
    return k[0];
  }

  @Override
  public void evaluate(double time, double[] state, double[] slope) {
    derivative.evaluate(time, state, slope);
    evaluations++;
  }

  @Override
  public void attempt(double end) {
    t1 = end;
    h = end - t;
    double[] s = slope();
    double[] f = k[carried];
    double[] at = next[1];
    double along = h * method.point();
    double shadow = method.shadow();
    double[] z = k[carried - 1]; // the slope where no point is carried, and then shadow is 0
    for (int i = 0; i < n; i++) {
      double base = shadow == 0 ? y[i] : Math.fma(shadow, y[i] - z[i], y[i]);
      at[i] = Math.fma(along, s[i], base);
    }
    evaluate(method.node() == 1 ? t1 : Math.fma(method.node(), h, t), at, f);
    double[] s1 = next[0];
    double weight = method.weight();
    for (int i = 0; i < n; i++) {
      y1[i] = Math.fma(h, Math.fma(weight, f[i], (1 - weight) * s[i]), y[i]);
      s1[i] = Math.fma(2 * weight, f[i], (1 - 2 * weight) * s[i]);
    }
    evaluated = carried + 1;
  }

  @Override
  public void evaluateUpTo(int count) {}

  @Override
  public boolean converged() {
    return true;
  }

  @Override
  public int estimates() {
    return 1;
  }

  /** The difference to Euler's step along the carried slope. */
  @Override
  public void estimate(int which, double[] target) {
    double[] s = k[0];
    double[] f = k[carried];
    for (int i = 0; i < target.length; i++) {
      target[i] = method.weight() * (f[i] - s[i]);
    }
  }

  @Override
  public boolean endsFinite(double last) {
    return Stepper.isFinite(y1) && Stepper.isFinite(next[0]);
  }

  @Override
  public void advance() {
    double[] state = y;
    y = y1;
    y1 = state;
    for (int i = 0; i < carried; i++) {
      double[] row = k[i];
      k[i] = next[i];
      next[i] = row;
    }
    t = t1;
    evaluated = carried;
  }

  @Override
  public void interpolate(double time, double[] state) {
    if (time == t1) {
      System.arraycopy(y1, 0, state, 0, n);
      return;
    }
    double theta = (time - t) / h;
    double bySlope = method.slopeWeight(theta);
    double byEvaluation = method.evaluationWeight(theta);
    double[] s = k[0];
    double[] f = k[carried];
    for (int i = 0; i < n; i++) {
      state[i] = Math.fma(h, Math.fma(byEvaluation, f[i], bySlope * s[i]), y[i]);
    }
  }

  @Override
  public void differentiate(double time, double[] rate) {
    double part = 2 * method.weight() * (time - t) / h;
    for (int i = 0; i < n; i++) {
      rate[i] = Math.fma(part, k[carried][i], (1 - part) * k[0][i]);
    }
  }

  @Override
  public void load(double start, double end, double[] values, int offset, int count) {
    t = start;
    t1 = end;
    h = end - start;
    System.arraycopy(values, offset, y, 0, n);
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, offset + (i + 1) * n, k[i], 0, n);
    }
    System.arraycopy(values, offset + (1 + k.length) * n, y1, 0, n);
    evaluated = count;
  }

  @Override
  public int size() {
    return n;
  }

  @Override
  public double start() {
    return t;
  }

  @Override
  public double end() {
    return t1;
  }

  @Override
  public double step() {
    return h;
  }

  @Override
  public double[] before() {
    return y;
  }

  @Override
  public double[] after() {
    return y1;
  }

  @Override
  public double[][] stages() {
    return k;
  }

  @Override
  public int evaluated() {
    return evaluated;
  }

  @Override
  public long evaluations() {
    return evaluations;
  }
}
