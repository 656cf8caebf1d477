package odeum.solver;

/**
 * How exactly the equations of a stage are to be solved.
 *
 * @param atol absolute tolerance of the state
 * @param rtol relative tolerance of the state
 */
record StageTolerance(double atol, double rtol) {
  /** With steps of one size nothing else says how exact numbers are to be: near rounding. */
  private static final StageTolerance NEAR_ROUNDING = new StageTolerance(1e-13, 1e-13);

  /** As a part of the tolerance of the step. */
  private static final double PART = 1e-2;

  static StageTolerance of(StepSizeController controller) {
    return switch (controller) {
      case Pid pid ->
          new StageTolerance(
              Math.max(PART * pid.atol(), Double.MIN_NORMAL), Math.max(PART * pid.rtol(), 1e-15));
      case FixedStep _ -> NEAR_ROUNDING;
    };
  }

  double of(double value) {
    return atol + rtol * Math.abs(value);
  }
}
