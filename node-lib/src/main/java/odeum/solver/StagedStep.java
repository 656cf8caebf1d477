package odeum.solver;

import odeum.term.Derivative;

/**
 * A step whose stages may be implicit, or of parts of the field. What a stage leaves is its slope;
 * that of an implicit one is how far its state lies from where it would be without, over {@code h
 * a_ii}: the field there would blow up what Newton's method left of the error.
 */
final class StagedStep implements Stepper {
  private final StageScheme scheme;
  private final Derivative[] parts;
  private final StageEquations equations;
  private final int n;
  private final double[][] k;
  private final double[] weights;
  private final double[] stage;
  private final double[] start;
  private double[] y;
  private double[] y1;
  private double t;
  private double t1;
  private double h;
  private int evaluated;
  private boolean converged = true;
  private long evaluations;

  /**
   * @param parts the field and, if the scheme has them, its two parts
   * @param equations what implicit stages solve, or null if there are none
   */
  StagedStep(StageScheme scheme, Derivative[] parts, StageEquations equations, int n) {
    this.scheme = scheme;
    this.parts = parts;
    this.equations = equations;
    this.n = n;
    this.k = new double[scheme.allStages()][n];
    this.weights = new double[scheme.allStages()];
    this.stage = new double[n];
    this.start = new double[n];
    this.y = new double[n];
    this.y1 = new double[n];
  }

  @Override
  public int size() {
    return n;
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
    return scheme.isFirstSameAsLast() ? 1 : 0;
  }

  @Override
  public void carry(double[] values, int offset) {
    for (int row = 0; row < carriedRows(); row++) {
      System.arraycopy(values, offset, k[0], 0, n);
      evaluated = 1;
    }
  }

  @Override
  public double[] slope() {
    if (!scheme.startsWithSlope()) {
      evaluate(t, y, start);
      return start;
    }
    if (evaluated == 0) {
      evaluate(0, t, y);
    }
    return k[0];
  }

  @Override
  public void evaluate(double time, double[] state, double[] slope) {
    parts[StageScheme.WHOLE].evaluate(time, state, slope);
    evaluations++;
  }

  private void evaluate(int i, double time, double[] state) {
    parts[scheme.part(i)].evaluate(time, state, k[i]);
    evaluations++;
    evaluated = i + 1;
  }

  @Override
  public void attempt(double end) {
    t1 = end;
    h = end - t;
    evaluated = scheme.startsWithSlope() ? Math.min(evaluated, 1) : 0;
    converged = equations == null || equations.begin(t, y, h);
    if (converged) {
      stagesUpTo(scheme.stages());
    }
    if (!scheme.isFirstSameAsLast()) {
      Combination.step(y1, y, h, scheme.weights(), k, scheme.stages());
    } else {
      System.arraycopy(stage, 0, y1, 0, n);
    }
  }

  private void stagesUpTo(int count) {
    for (int i = evaluated; i < count; i++) {
      double time = scheme.c(i) == 1 ? t1 : t + scheme.c(i) * h;
      if (i == 0 || scheme.row(i).length == 0) {
        System.arraycopy(y, 0, stage, 0, n);
      } else {
        Combination.step(stage, y, h, scheme.row(i), k, i);
      }
      if (equations != null && i < scheme.stages() && equations.has(i)) {
        converged &= equations.solve(i, time, stage, k);
        evaluated = i + 1;
      } else {
        evaluate(i, time, stage);
      }
    }
  }

  @Override
  public void evaluateUpTo(int count) {
    stagesUpTo(count);
  }

  @Override
  public boolean converged() {
    return converged;
  }

  @Override
  public int estimates() {
    return scheme.estimates();
  }

  @Override
  public void estimate(int which, double[] target) {
    Combination.sum(target, scheme.errorWeights(which), k, scheme.stages());
  }

  /**
   * From the residual of dense output. Where a fast part pulls all stages to a slow solution, no
   * difference between them tells how large a step is, and what lies between them can be far off.
   */
  @Override
  public boolean estimateWithin(double[] target) {
    if (equations == null) {
      return false;
    }
    double middle = t + 0.5 * h;
    interpolate(middle, stage);
    parts[StageScheme.WHOLE].evaluate(middle, stage, target);
    evaluations++;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scheme.weightDerivative(i, 0.5);
    }
    Combination.sum(stage, weights, k, weights.length);
    for (int i = 0; i < n; i++) {
      target[i] -= stage[i];
    }
    equations.damp(target);
    return true;
  }

  @Override
  public boolean endsFinite(double last) {
    if (!Stepper.isFinite(y1)) {
      return false;
    }
    int closing = scheme.closing();
    if (t1 != last && closing >= 0) {
      stagesUpTo(closing + 1);
    }
    return evaluated != closing + 1 || Stepper.isFinite(k[evaluated - 1]);
  }

  @Override
  public void advance() {
    double[] old = y;
    y = y1;
    y1 = old;
    t = t1;
    int closing = scheme.closing();
    if (closing >= 0 && evaluated > closing) {
      double[] last = k[closing];
      k[closing] = k[0];
      k[0] = last;
      evaluated = 1;
    } else {
      evaluated = 0;
    }
  }

  @Override
  public void interpolate(double time, double[] state) {
    if (time == t1) {
      System.arraycopy(y1, 0, state, 0, n);
      return;
    }
    if (time == t) {
      System.arraycopy(y, 0, state, 0, n);
      return;
    }
    evaluateUpTo(scheme.allStages());
    double x = (time - t) / h;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scheme.weight(i, x);
    }
    Combination.step(state, y, h, weights, k, weights.length);
  }

  @Override
  public void differentiate(double time, double[] rate) {
    evaluateUpTo(scheme.allStages());
    double x = (time - t) / h;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = scheme.weightDerivative(i, x);
    }
    Combination.sum(rate, weights, k, weights.length);
  }

  @Override
  public void load(double from, double to, double[] values, int offset, int count) {
    t = from;
    t1 = to;
    h = to - from;
    System.arraycopy(values, offset, y, 0, n);
    for (int i = 0; i < count; i++) {
      System.arraycopy(values, offset + (i + 1) * n, k[i], 0, n);
    }
    System.arraycopy(values, offset + (1 + k.length) * n, y1, 0, n);
    evaluated = count;
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
    return evaluations + (equations == null ? 0 : equations.evaluations());
  }
}
