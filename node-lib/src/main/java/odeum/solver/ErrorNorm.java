package odeum.solver;

/** Scales the error estimate of a step by the tolerance: at most 1 is good enough. */
final class ErrorNorm {
  private final Pid pid;
  private final double[] error;

  /**
   * @param controlled how many values of the state count: the first ones
   */
  ErrorNorm(Pid pid, int controlled) {
    this.pid = pid;
    this.error = new double[controlled];
  }

  /** The scaled error of the step just tried; NaN if anything in it is not finite. */
  double of(Stepper step) {
    double first = squares(step, 0);
    double h = Math.abs(step.step());
    if (step.estimates() == 1) {
      return h * Math.sqrt(mean(first));
    }
    double n = Math.max(1, error.length);
    double second = squares(step, 1);
    double denominator = first + 0.01 * second;
    return denominator == 0 ? 0 : h * first / Math.sqrt(n * denominator);
  }

  // The error is scaled per value, then normed (as torchdiffeq and diffrax do). Norming first, as
  // OrdinaryDiffEq.jl does, would hide the errors of small components behind large ones.
  private double squares(Stepper step, int estimate) {
    step.estimate(estimate, error);
    double[] y = step.before();
    double[] y1 = step.after();
    double sum = 0;
    for (int i = 0; i < error.length; i++) {
      double scaled = error[i] / scale(y[i], y1[i]);
      sum += scaled * scaled;
    }
    return sum;
  }

  /** The sum over n; a product to the same bits where that is faster. */
  private double mean(double sum) {
    return error.length == 2 ? 0.5 * sum : sum / Math.max(1, error.length);
  }

  // As Math.max of numbers, and NaN after the step stays NaN; faster, as it is foreseen.
  private double scale(double before, double after) {
    double first = Math.abs(before);
    double last = Math.abs(after);
    return pid.atol() + pid.rtol() * (first > last ? first : last);
  }

  /** The norm of a vector scaled by the tolerance at a state. */
  double of(double[] vector, double[] y) {
    double sum = 0;
    for (int i = 0; i < error.length; i++) {
      double scaled = vector[i] / scale(y[i], y[i]);
      sum += scaled * scaled;
    }
    return Math.sqrt(sum / Math.max(1, error.length));
  }
}
