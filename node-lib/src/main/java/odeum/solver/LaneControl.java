package odeum.solver;

/** The step sizes of the solves in lanes: for each lane what its {@link StepSequence} would say. */
sealed interface LaneControl permits LaneFixed, LanePid {
  /** Prepares a lane for its first step. */
  void begin(int lane, RungeKuttaStep start, double end);

  /** Sets the ends of the next steps to try. */
  void next(LaneStep step);

  /** Judges the steps just tried, those of live lanes, and chooses the sizes of the next. */
  void judge(LaneStep step, StepSequence.Verdict[] verdicts);

  /** Takes lanes of another control of the same kind. */
  void take(LaneControl other, int[] from);
}
