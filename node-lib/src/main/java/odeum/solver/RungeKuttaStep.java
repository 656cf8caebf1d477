package odeum.solver;

import odeum.term.Derivative;

/**
 * The moving part of a solve: the state, and the stages of the step being tried. All memory is
 * allocated here, once.
 */
final class RungeKuttaStep implements Stepper {
  private final ButcherTableau tableau;
  private final Derivative derivative;
  private final int n;
  private final double[][] k;
  private final double[] weights;

  /** The state at the last stage that is not the closing one; the stiffness test reads it. */
  private final double[] stage;

  private final StepCode code;
  private double[] y;
  private double[] y1;
  private double t;
  private double t1;
  private double h;
  private int evaluated;
  private long evaluations;

  RungeKuttaStep(ButcherTableau tableau, Derivative derivative, int n) {
    this.tableau = tableau;
    this.derivative = derivative;
    this.n = n;
    this.k = new double[tableau.allStages()][n];
    this.weights = new double[tableau.allStages()];
    this.stage = new double[n];
    this.y = new double[n];
    this.y1 = new double[n];
    this.code = new StepCode(tableau, derivative, n);
  }

  @Override
  public void moveTo(double time, double[] state) {
    t = time;
    t1 = time;
    System.arraycopy(state, 0, y, 0, n);
    evaluated = 0;
  }

  /** Puts it at the start of another solve, whose evaluations are counted from zero. */
  void restart(double time, double[] state) {
    moveTo(time, state);
    evaluations = 0;
  }

  @Override
  public double[] slope() {
    if (evaluated == 0) {
      evaluate(0, t, y);
    }
    return k[0];
  }

  @Override
  public void evaluate(double time, double[] state, double[] slope) {
    derivative.evaluate(time, state, slope);
    evaluations++;
  }

  private void evaluate(int i, double time, double[] state) {
    evaluate(time, state, k[i]);
    evaluated = i + 1;
  }

  @Override
  public void attempt(double end) {
    t1 = end;
    h = end - t;
    slope();
    evaluated = 1;
    if (code.computes(t, t1, h, y, k, stage, y1)) {
      evaluated = tableau.stages();
      evaluations += evaluated - 1;
    } else if (!tableau.isFirstSameAsLast()) {
      stagesUpTo(tableau.stages());
      Combination.step(y1, y, h, tableau.weights(), k, tableau.stages());
    } else {
      stagesUpTo(tableau.closing());
      Combination.step(y1, y, h, tableau.row(tableau.closing()), k, tableau.closing());
      evaluate(tableau.closing(), t1, y1);
    }
  }

  private void stagesUpTo(int count) {
    for (int i = evaluated; i < count; i++) {
      Combination.step(stage, y, h, tableau.row(i), k, i);
      evaluate(i, tableau.c(i) == 1 ? t1 : t + tableau.c(i) * h, stage);
    }
  }

  @Override
  public void evaluateUpTo(int count) {
    if (count > tableau.closing()) {
      close();
    }
    stagesUpTo(count);
  }

  /** Evaluates the slope at the end of the step, if the method has a use for it. */
  private void close() {
    if (evaluated == tableau.closing()) {
      evaluate(evaluated, t1, y1);
    }
  }

  @Override
  public boolean converged() {
    return true;
  }

  @Override
  public int estimates() {
    return tableau.estimates();
  }

  @Override
  public void estimate(int which, double[] target) {
    if (code.wasUsed()) {
      code.estimate(which, target);
    } else {
      Combination.sum(target, tableau.errorWeights(which), k, tableau.stages());
    }
  }

  @Override
  public boolean endsFinite(double last) {
    if (!Stepper.isFinite(y1)) {
      return false;
    }
    if (t1 != last) {
      close();
    }
    return evaluated != tableau.closing() + 1 || Stepper.isFinite(k[evaluated - 1]);
  }

  @Override
  public void advance() {
    double[] old = y;
    y = y1;
    y1 = old;
    t = t1;
    int closing = tableau.closing();
    if (closing >= 0 && evaluated > closing) {
      double[] last = k[closing];
      k[closing] = k[0];
      k[0] = last;
      evaluated = 1;
    } else {
      evaluated = 0;
    }
  }

  /** The state inside the step by dense output; evaluates the stages this needs. */
  @Override
  public void interpolate(double time, double[] state) {
    if (time == t1) {
      System.arraycopy(y1, 0, state, 0, n);
      return;
    }
    evaluateUpTo(tableau.allStages());
    double x = (time - t) / h;
    if (code.stages() != null) {
      code.stages().interpolate(x, h, y, k, state);
      return;
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] = tableau.weight(i, x);
    }
    Combination.step(state, y, h, weights, k, weights.length);
  }

  @Override
  public void differentiate(double time, double[] rate) {
    evaluateUpTo(tableau.allStages());
    double x = (time - t) / h;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = tableau.weightDerivative(i, x);
    }
    Combination.sum(rate, weights, k, weights.length);
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

  ButcherTableau tableau() {
    return tableau;
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

  double[] lastStage() {
    return stage;
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
