package odeum.solver;

/** {@link FixedSequence} in lanes. */
final class LaneFixed implements LaneControl {
  private final FixedStep fixed;
  private final FixedSequence[] sequences;
  private final boolean[] good;

  LaneFixed(FixedStep fixed, int lanes) {
    this.fixed = fixed;
    this.sequences = new FixedSequence[lanes];
    this.good = new boolean[lanes];
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
    for (int lane = 0; lane < step.lanes; lane++) {
      good[lane] = step.live[lane] && step.h[lane] != 0;
    }
    step.ends(good);
    for (int lane = 0; lane < step.lanes; lane++) {
      verdicts[lane] = step.live[lane] ? sequences[lane].judge(step.h[lane], good[lane]) : null;
    }
  }

  @Override
  public void take(LaneControl other, int[] from) {
    for (int lane = 0; lane < from.length; lane++) {
      sequences[lane] = ((LaneFixed) other).sequences[from[lane]];
    }
  }
}
