package odeum.term;

import odeum.autodiff.MatrixLayout;

/**
 * Derivatives by forward differences, with the increments of RADAU5 and RODAS (Hairer and Wanner,
 * "Solving Ordinary Differential Equations II", IV.8 and IV.10): half of the digits.
 */
final class DifferencedLinearization implements Linearization {
  private static final double ROUNDING = 1e-16;

  /** What is smaller moves as if it were the square of this: it may be zero only for now. */
  private static final double SMALL = 1e-5;

  private final Derivative derivative;
  private final MatrixLayout layout;
  private final double[] matrix;
  private final double[] byTime;
  private final double[] here;
  private final double[] there;
  private final double[] moved;
  private long evaluations;

  DifferencedLinearization(Derivative derivative, int size) {
    this.derivative = derivative;
    this.layout = MatrixLayout.dense(size);
    this.matrix = new double[layout.length()];
    this.byTime = new double[size];
    this.here = new double[size];
    this.there = new double[size];
    this.moved = new double[size];
  }

  @Override
  public void evaluate(double t, double[] y) {
    int size = here.length;
    derivative.evaluate(t, y, here);
    System.arraycopy(y, 0, moved, 0, size);
    for (int j = 0; j < size; j++) {
      moved[j] = y[j] + increment(y[j]);
      derivative.evaluate(t, moved, there);
      double distance = moved[j] - y[j]; // as it was rounded
      for (int i = 0; i < size; i++) {
        matrix[i * size + j] = (there[i] - here[i]) / distance;
      }
      moved[j] = y[j];
    }
    double later = t + increment(t);
    derivative.evaluate(later, y, there);
    for (int i = 0; i < size; i++) {
      byTime[i] = (there[i] - here[i]) / (later - t);
    }
    evaluations += size + 2;
  }

  private static double increment(double value) {
    return Math.sqrt(ROUNDING * Math.max(SMALL, Math.abs(value)));
  }

  @Override
  public double[] stateDerivative() {
    return matrix;
  }

  @Override
  public double[] timeDerivative() {
    return byTime;
  }

  @Override
  public MatrixLayout layout() {
    return layout;
  }

  @Override
  public boolean isAutonomous() {
    return false;
  }

  @Override
  public long evaluations() {
    return evaluations;
  }
}
