package odeum.adjoint;

/**
 * Goes back through the steps of a solve, from the last one to the first: for each {@link #begin},
 * the cotangents of what was read at its end and inside it, {@link #finish}. For one thread.
 */
sealed interface ReverseSteps permits DirectReverse, CarriedReverse, SwitchedReverse {
  /** Starts a step from its end: the cotangent of the state there is known. */
  void begin();

  /**
   * Adds the cotangent of a value interpolated inside the step.
   *
   * @return the cotangent of the time of that value, 0 if those are not wanted
   */
  double interpolated(int step, double theta, double[] bar, int offset);

  /**
   * Adds the cotangent of the state at the end of the step.
   *
   * @return the cotangent of the time of that value; 0 at the end of the solve, which moves with it
   */
  double ended(int step, double[] bar, int offset);

  /** Adds the cotangent of the state itself, at the start of the step finished last. */
  void add(double[] bar, int offset);

  /**
   * Goes back through a step; afterwards the state's cotangent is that of its start.
   *
   * @param endsAtEnd whether the step's length follows the end of the span
   */
  void finish(int step, boolean endsAtEnd);

  /** The cotangent of the state, moving backwards. */
  double[] stateBar();

  /** The cotangent of the parameters, as far as it has come. */
  double[] parametersBar(int count);

  /** The cotangent of the start of the span, as far as the steps moved with it. */
  double startBar();

  /** The cotangent of the end of the span, as far as the steps moved with it. */
  double endBar();
}
