package odeum.solver;

/**
 * The moving part of a solve by a method of our own: the state, and the step being tried. For one
 * thread; all memory is allocated when it is opened.
 */
sealed interface Stepper extends DenseStep permits RungeKuttaStep, StagedStep, ReversibleStep {
  /** How many values the state has. */
  int size();

  /** Puts the solve at a state; nothing is known of its slope yet. */
  void moveTo(double time, double[] state);

  /** How many rows a step takes over from the one before, besides the state. */
  default int carriedRows() {
    return 0;
  }

  /** After {@link #moveTo}: gives the step the rows it takes over, the first ones of its stages. */
  default void carry(double[] values, int offset) {}

  /** The slope at the start of the step. */
  double[] slope();

  /** Evaluates f apart from the stages. */
  void evaluate(double time, double[] state, double[] slope);

  /** Computes the stages and the end of a step; the start stays. */
  void attempt(double end);

  /** Evaluates the stages of this step that are still missing of the first ones. */
  void evaluateUpTo(int count);

  /** Whether the equations of the stages, if there are any, were solved. */
  boolean converged();

  /** How many error estimates a step has. */
  int estimates();

  /**
   * Computes an error estimate of the step just tried, divided by its size, as far as the target is
   * long.
   */
  void estimate(int which, double[] target);

  /**
   * Estimates the error of dense output in the middle of the step just tried, for a method whose
   * estimates at its end do not tell of it.
   *
   * @return whether it is one
   */
  default boolean estimateWithin(double[] target) {
    return false;
  }

  /**
   * Whether the step ended in finite numbers: the state, and the slope there if it is the first of
   * the next step; but the last step needs none.
   */
  boolean endsFinite(double last);

  /** Goes to the end of the step. */
  void advance();

  /** The state at the start. */
  double[] before();

  /** What is kept of a step besides the states at both ends, shape {@code (rows, size)}. */
  double[][] stages();

  /** How many of the stages are there. */
  int evaluated();

  /**
   * Takes over a step that was computed before: its ends, and in one array the state before it, its
   * stages, the state after it.
   */
  void load(double start, double end, double[] values, int offset, int count);

  /** The derivative of the dense output at a time of the step. */
  void differentiate(double time, double[] rate);

  /** How often f was evaluated. */
  long evaluations();

  /** Whether all values are finite. */
  static boolean isFinite(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += 0 * value;
    }
    return sum == 0;
  }
}
