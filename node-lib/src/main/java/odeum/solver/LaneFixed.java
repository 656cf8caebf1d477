package odeum.solver;

import odeum.simd.StageLoops;

/** {@link FixedSequence} in lanes. */
final class LaneFixed implements LaneControl {
  private final FixedStep fixed;
  private final FixedSequence[] sequences;
  private final boolean[] due;
  private final double[] state;
  private final double[] slope;

  LaneFixed(FixedStep fixed, int lanes) {
    this.fixed = fixed;
    this.sequences = new FixedSequence[lanes];
    this.due = new boolean[lanes];
    this.state = new double[lanes];
    this.slope = new double[lanes];
  }

  @Override
  public void begin(int lane, RungeKuttaStep start, double end) {
    sequences[lane] = new FixedSequence(fixed);
    sequences[lane].begin(start, end);
  }

  @Override
  public void next(LaneStep step) {
    for (int lane = 0; lane < step.lanes; lane++) {
      if (step.live[lane]) {
        step.t1[lane] = sequences[lane].next(step.t[lane]);
        step.h[lane] = step.t1[lane] - step.t[lane];
      }
    }
  }

  @Override
  public void judge(LaneStep step, StepSequence.Verdict[] verdicts) {
    StageLoops.zeroIfFinite(state, step.y1, 0, step.n, step.lanes);
    boolean any = false;
    for (int lane = 0; lane < step.lanes; lane++) {
      boolean goesOn = step.t1[lane] != step.end[lane] && step.h[lane] != 0 && state[lane] == 0;
      due[lane] = step.live[lane] && goesOn && step.tableau().closing() >= 0 && !step.closed[lane];
      any |= due[lane];
    }
    if (any) {
      step.close(due);
    }
    if (step.tableau().closing() >= 0) {
      int closing = step.tableau().closing() * step.stride;
      StageLoops.zeroIfFinite(slope, step.k, closing, step.n, step.lanes);
    }
    for (int lane = 0; lane < step.lanes; lane++) {
      boolean finite = state[lane] == 0 && (!step.closed[lane] || slope[lane] == 0);
      verdicts[lane] = step.live[lane] ? sequences[lane].judge(step.h[lane], finite) : null;
    }
  }

  @Override
  public void take(LaneControl other, int[] from) {
    for (int lane = 0; lane < from.length; lane++) {
      sequences[lane] = ((LaneFixed) other).sequences[from[lane]];
    }
  }
}
