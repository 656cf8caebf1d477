package odeum.solver;

/** The step sizes of one solve, as it goes on. */
sealed interface StepSequence permits FixedSequence, PidSequence {
  /** What is to be done with a step that was tried. */
  enum Verdict {
    ACCEPT,
    REJECT,
    TOO_SMALL,
    NOT_FINITE,
    NOT_SOLVED
  }

  /**
   * Prepares for the first step from the state of the step towards an end. Begun again, an adaptive
   * sequence goes on with the size it reached.
   */
  void begin(Stepper step, double end);

  /** Forgets the size it reached. */
  void forget();

  /** The end of the next step to try from t. */
  double next(double t);

  /** Judges the step just tried and chooses the size of the next. */
  Verdict judge(Stepper step);
}
