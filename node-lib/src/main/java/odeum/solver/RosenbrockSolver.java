package odeum.solver;

import odeum.nonlinear.LinearSolver;
import odeum.term.Derivative;
import odeum.term.Linearization;

/**
 * The linear equations of a Rosenbrock method's stages: {@code (I / gamma - h J) k_i = f_i + sum_j
 * C_ij k_j + h d_i df/dt}, with the Jacobian J and df/dt of the start of the step.
 */
final class RosenbrockSolver implements StageEquations {
  private final RosenbrockTableau tableau;
  private final Derivative derivative;
  private final Linearization linearization;
  private final LinearSolver linear;
  private final double[] start;
  private double startTime = Double.NaN;
  private double size;
  private double factorized;
  private long evaluations;

  RosenbrockSolver(
      RosenbrockTableau tableau, Derivative derivative, Linearization linearization, int n) {
    this.tableau = tableau;
    this.derivative = derivative;
    this.linearization = linearization;
    this.linear = LinearSolver.of(linearization.layout());
    this.start = new double[n];
  }

  @Override
  public boolean begin(double t, double[] y, double h) {
    boolean same = t == startTime;
    for (int i = 0; i < start.length; i++) {
      same &= y[i] == start[i];
      start[i] = y[i];
    }
    startTime = t;
    if (!same) {
      linearization.evaluate(t, y);
      factorized = Double.NaN;
    }
    size = h;
    if (factorized != h) {
      boolean done = linear.factorize(1 / tableau.gamma(), -h, linearization.stateDerivative());
      factorized = done ? h : Double.NaN;
    }
    return factorized == h;
  }

  @Override
  public boolean has(int i) {
    return true;
  }

  @Override
  public boolean solve(int i, double t, double[] state, double[][] k) {
    double[] slope = k[i];
    derivative.evaluate(t, state, slope);
    evaluations++;
    double[] coupling = tableau.couplingRow(i);
    for (int j = 0; j < i; j++) {
      double weight = coupling[j];
      double[] other = k[j];
      for (int l = 0; l < slope.length; l++) {
        slope[l] = Math.fma(weight, other[l], slope[l]);
      }
    }
    if (!linearization.isAutonomous() && tableau.d(i) != 0) {
      double weight = size * tableau.d(i);
      double[] byTime = linearization.timeDerivative();
      for (int l = 0; l < slope.length; l++) {
        slope[l] = Math.fma(weight, byTime[l], slope[l]);
      }
    }
    linear.solve(slope);
    return true;
  }

  @Override
  public void damp(double[] residual) {
    for (int i = 0; i < residual.length; i++) {
      residual[i] *= size;
    }
    linear.solve(residual);
  }

  @Override
  public long evaluations() {
    return evaluations + linearization.evaluations();
  }
}
