package odeum.adjoint;

/**
 * Carries tangents through the recorded steps of a solve, from the first one to the last. For one
 * thread.
 */
sealed interface ForwardSteps permits DirectForward, CarriedForward, SwitchedForward {
  /** Starts a step: the tangents of its time and length are given. */
  void begin(double time, double length);

  /** Moves the state's tangent to the end of the step. */
  void finish(int step);

  /**
   * The tangent of the state at the end of the step finished last, as seen at a time that moves
   * besides; but the end of the solve moves with its own.
   */
  void ended(int step, double valueTime, double[] target);

  /** The tangent of a value interpolated inside the step, whose own time has a tangent. */
  void interpolated(int step, double theta, double valueTime, double[] target);

  /** The tangent of the state at the start of the step, moving forwards. */
  double[] stateTangent();
}
