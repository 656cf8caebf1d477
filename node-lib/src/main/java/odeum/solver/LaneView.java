package odeum.solver;

/** The step of one lane, to be read like that of a solve alone. */
final class LaneView implements DenseStep {
  private final LaneStep step;
  private final double[] after;
  private int lane;

  LaneView(LaneStep step) {
    this.step = step;
    this.after = new double[step.n];
  }

  LaneView at(int which) {
    lane = which;
    return this;
  }

  @Override
  public double start() {
    return step.t[lane];
  }

  @Override
  public double end() {
    return step.t1[lane];
  }

  @Override
  public double step() {
    return step.h[lane];
  }

  @Override
  public double[] after() {
    step.get(step.y1, 0, lane, after);
    return after;
  }

  @Override
  public void interpolate(double time, double[] state) {
    step.interpolate(lane, time, state);
  }
}
