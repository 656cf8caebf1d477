package odeum.solver;

import odeum.nonlinear.LinearSolver;
import odeum.term.Derivative;
import odeum.term.Linearization;

/**
 * Solves the equations of implicit stages, {@code k = f(t, Y + g k)} with {@code g = h a_ii}, by
 * Newton's method with the Jacobian of the start of the step; where that does not get there, with
 * new Jacobians. Nothing is taken over from one step to the next: a step is a function of its
 * start. Hairer and Wanner, "Solving Ordinary Differential Equations II", IV.8.
 */
final class StageSolver implements StageEquations {
  private static final int MOST_ITERATIONS = 12;

  private final StageScheme scheme;
  private final Derivative derivative;
  private final Linearization linearization;
  private final LinearSolver linear;
  private final StageTolerance tolerance;
  private final double[] state;
  private final double[] change;
  private final double[] scale;
  private final double[] start;
  private double startTime = Double.NaN;
  private double size;
  private boolean linearizedAtStart;
  private double factorized;

  /** The g of the matrix at hand. */
  private double last;

  private long evaluations;

  StageSolver(
      StageScheme scheme,
      Derivative derivative,
      Linearization linearization,
      StageTolerance tolerance,
      int n) {
    this.scheme = scheme;
    this.derivative = derivative;
    this.linearization = linearization;
    this.linear = LinearSolver.of(linearization.layout());
    this.tolerance = tolerance;
    this.state = new double[n];
    this.change = new double[n];
    this.scale = new double[n];
    this.start = new double[n];
  }

  @Override
  public boolean begin(double t, double[] y, double h) {
    size = h;
    boolean same = t == startTime;
    for (int i = 0; i < start.length; i++) {
      same &= y[i] == start[i];
      start[i] = y[i];
      scale[i] = 1 / tolerance.of(y[i]);
    }
    startTime = t;
    if (!same) {
      linearizedAtStart = false;
    }
    return true;
  }

  @Override
  public boolean has(int i) {
    return scheme.isImplicit(i);
  }

  /** The slope of the stage before, of the same part of the field, is the first guess. */
  @Override
  public boolean solve(int i, double t, double[] y, double[][] stages) {
    double g = size * scheme.row(i)[i];
    double[] guess = stages[scheme.part(i) == StageScheme.WHOLE ? i - 1 : i - 2];
    double[] k = stages[i];
    System.arraycopy(guess, 0, k, 0, k.length);
    boolean solved = iterate(t, g, y, k, false);
    if (!solved) {
      System.arraycopy(guess, 0, k, 0, k.length);
      solved = iterate(t, g, y, k, true);
      linearizedAtStart = false;
    }
    for (int j = 0; j < y.length; j++) {
      y[j] = Math.fma(g, k[j], y[j]);
    }
    return solved;
  }

  /**
   * @param anew whether each iteration has a Jacobian of its own
   */
  private boolean iterate(double t, double g, double[] y, double[] k, boolean anew) {
    double before = 0;
    for (int iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
      if (!(anew ? factorize(t, g, y, k) : factorizeAtStart(g))) {
        return false;
      }
      double size = improve(t, g, y, k);
      if (!(size < Double.POSITIVE_INFINITY)) {
        return false;
      }
      double rate = iteration == 0 ? 1 : size / before;
      if (size == 0 || rate < 1 && size * rate / (1 - rate) <= 1) {
        return true;
      }
      if (iteration > 0 && isHopeless(rate, size, MOST_ITERATIONS - 1 - iteration)) {
        return false;
      }
      before = size;
    }
    return false;
  }

  /** Whether the iterations left will not do; rates may improve, so not by little. */
  private static boolean isHopeless(double rate, double size, int left) {
    if (rate >= 2) {
      return true;
    }
    double rest = size;
    for (int i = 0; i < left; i++) {
      rest *= rate;
    }
    return rest > 1e3;
  }

  private boolean factorizeAtStart(double g) {
    if (!linearizedAtStart) {
      linearization.evaluate(startTime, start);
      linearizedAtStart = true;
      factorized = Double.NaN;
    }
    if (factorized != g) {
      factorized = linear.factorize(1, -g, linearization.stateDerivative()) ? g : Double.NaN;
      last = g;
    }
    return factorized == g;
  }

  private boolean factorize(double t, double g, double[] y, double[] k) {
    for (int i = 0; i < y.length; i++) {
      state[i] = Math.fma(g, k[i], y[i]);
    }
    linearization.evaluate(t, state);
    factorized = Double.NaN;
    linearizedAtStart = false;
    last = g;
    return linear.factorize(1, -g, linearization.stateDerivative());
  }

  /** One iteration; {@return the root mean square of the state's change over its tolerance} */
  private double improve(double t, double g, double[] y, double[] k) {
    for (int i = 0; i < y.length; i++) {
      state[i] = Math.fma(g, k[i], y[i]);
    }
    derivative.evaluate(t, state, change);
    evaluations++;
    for (int i = 0; i < y.length; i++) {
      change[i] -= k[i];
    }
    linear.solve(change);
    double sum = 0;
    for (int i = 0; i < y.length; i++) {
      k[i] += change[i];
      double scaled = g * change[i] * scale[i];
      sum += scaled * scaled;
    }
    return Math.sqrt(sum / y.length);
  }

  @Override
  public void damp(double[] residual) {
    for (int i = 0; i < residual.length; i++) {
      residual[i] *= last;
    }
    linear.solve(residual);
  }

  @Override
  public long evaluations() {
    return evaluations + linearization.evaluations();
  }
}
