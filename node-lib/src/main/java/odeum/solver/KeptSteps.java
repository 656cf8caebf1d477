package odeum.solver;

/** The steps of a solve, kept so that the solution can be read at any time. */
sealed interface KeptSteps permits DenseSteps, SwitchedSteps, CommonsSteps {
  /** A solve that keeps no more steps than these, unless all are asked for. */
  int MOST_STEPS = 20_000;

  /** Nor more values. */
  int MOST_VALUES = 1 << 23;

  /** Whether no steps were kept. */
  boolean isEmpty();

  /** Computes the state at a time within the steps. */
  void at(double time, double[] state);

  /** Computes the derivative of the dense output at a time within the steps. */
  void differentiate(double time, double[] rate);
}
