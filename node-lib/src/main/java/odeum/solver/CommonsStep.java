package odeum.solver;

import org.apache.commons.math3.ode.sampling.StepInterpolator;

/** The step that a Commons Math integrator took last. */
final class CommonsStep implements DenseStep {
  private double[] before;
  private double[] after;
  private double start;
  private double end;
  private StepInterpolator interpolator;

  CommonsStep(int n) {
    before = new double[n];
    after = new double[n];
  }

  /** Puts the solve at a state. */
  void moveTo(double time, double[] state) {
    start = time;
    end = time;
    System.arraycopy(state, 0, before, 0, before.length);
    System.arraycopy(state, 0, after, 0, after.length);
  }

  /** Takes a step that goes on from the last one. */
  void take(StepInterpolator step, double to) {
    double[] old = before;
    before = after;
    after = old;
    start = end;
    end = to;
    interpolator = step;
    read(step.getCurrentTime(), after);
  }

  /** Goes back to the end of the step before. */
  void drop() {
    moveTo(start, before.clone());
  }

  private void read(double time, double[] state) {
    interpolator.setInterpolatedTime(time);
    System.arraycopy(interpolator.getInterpolatedState(), 0, state, 0, state.length);
  }

  StepInterpolator interpolator() {
    return interpolator;
  }

  @Override
  public double start() {
    return start;
  }

  @Override
  public double end() {
    return end;
  }

  @Override
  public double step() {
    return end - start;
  }

  /** The state at the start. */
  double[] before() {
    return before;
  }

  @Override
  public double[] after() {
    return after;
  }

  @Override
  public void interpolate(double time, double[] state) {
    if (time == end) {
      System.arraycopy(after, 0, state, 0, state.length);
    } else {
      read(time, state);
    }
  }
}
