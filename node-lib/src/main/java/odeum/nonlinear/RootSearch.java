package odeum.nonlinear;

import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.Linearization;
import odeum.term.OdeTerm;

/** One search for a root. */
final class RootSearch {
  private static final double SHORTEST = 1e-10;

  /** Corrections that shrink at least so fast are worth an old derivative. */
  private static final double FAST = 0.1;

  private final RootFinder finder;
  private final double t;
  private final Derivative function;
  private final Linearization linearization;
  private final LinearSolver solver;
  private final double[] y;
  private final double[] trial;
  private final double[] value;
  private final double[] correction;
  private final double[] next;
  private double length;

  RootSearch(RootFinder finder, OdeTerm term, double t, Tensor guess) {
    this.finder = finder;
    this.t = t;
    this.function = term.open();
    this.linearization = term.linearize();
    this.solver = LinearSolver.of(linearization.layout());
    this.y = guess.toArray();
    this.trial = new double[y.length];
    this.value = new double[y.length];
    this.correction = new double[y.length];
    this.next = new double[y.length];
    this.length = Double.NaN;
  }

  Root run() {
    function.evaluate(t, y, value);
    if (!isFinite(value)) {
      return ended(Root.Outcome.NOT_FINITE, 0);
    }
    boolean fresh = false;
    for (int step = 0; step < finder.maxSteps(); step++) {
      if (!fresh && !linearize()) {
        return ended(Root.Outcome.SINGULAR, step);
      }
      double before = norm(correction);
      double factor = advance(before);
      if (factor == 0) {
        return ended(Root.Outcome.STUCK, step);
      }
      System.arraycopy(trial, 0, y, 0, y.length);
      if (factor == 1 && length <= 1) {
        move(y, 1, next);
        return ended(Root.Outcome.FOUND, step + 1);
      }
      fresh = finder.chord() && factor == 1 && length <= FAST * before;
      if (fresh) {
        System.arraycopy(next, 0, correction, 0, y.length);
      }
    }
    return ended(Root.Outcome.TOO_MANY_STEPS, finder.maxSteps());
  }

  private boolean linearize() {
    linearization.evaluate(t, y);
    if (!solver.factorize(linearization.stateDerivative())) {
      return false;
    }
    correct(correction);
    return isFinite(correction);
  }

  /**
   * Tries shorter and shorter steps; leaves the point, its value and its correction behind.
   *
   * @return the part of the correction that was taken; 0 if none helps
   */
  private double advance(double before) {
    for (double factor = 1; factor >= SHORTEST; factor /= 2) {
      System.arraycopy(y, 0, trial, 0, y.length);
      move(trial, factor, correction);
      function.evaluate(t, trial, value);
      if (!isFinite(value)) {
        continue;
      }
      correct(next);
      length = norm(next);
      boolean found = factor == 1 && length <= 1;
      if (found || length <= (1 - factor / 4) * before) {
        return factor;
      }
    }
    return 0;
  }

  /** The correction that belongs to the value at hand. */
  private void correct(double[] target) {
    for (int i = 0; i < target.length; i++) {
      target[i] = -value[i];
    }
    solver.solve(target);
  }

  private static void move(double[] point, double factor, double[] by) {
    for (int i = 0; i < point.length; i++) {
      point[i] = Math.fma(factor, by[i], point[i]);
    }
  }

  /** The largest correction, in units of the tolerances at the last point. */
  private double norm(double[] step) {
    double largest = 0;
    for (int i = 0; i < step.length; i++) {
      double unit = finder.absoluteTolerance() + finder.relativeTolerance() * Math.abs(y[i]);
      largest = Math.max(largest, step[i] == 0 ? 0 : Math.abs(step[i]) / unit);
    }
    return largest;
  }

  private static boolean isFinite(double[] values) {
    for (double v : values) {
      if (!Double.isFinite(v)) {
        return false;
      }
    }
    return true;
  }

  private Root ended(Root.Outcome outcome, int steps) {
    return new Root(Tensor.vector(y), outcome, steps, length);
  }
}
