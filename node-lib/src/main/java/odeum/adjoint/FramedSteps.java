package odeum.adjoint;

/** Steps whose stages can be gone back through one by one. */
sealed interface FramedSteps extends TapedSteps permits Tape, CheckpointTape, StageTape {
  /** The times that none of them goes over. */
  FixedTimes fixed();

  /** The very end of a step: minus its start it is its length. */
  double end(int step);

  /** The solve went on by other steps from this time on. */
  void endsAt(double time);

  /** Starts the cotangent of the parameters from zero. */
  void clear();

  /**
   * Goes back through the evaluation of a stage, which also adds to the cotangent of the
   * parameters.
   *
   * @param bar the cotangent of the stage's slope; an implicit stage changes it
   * @param stateBar receives the cotangent of the stage's state
   */
  void pull(int step, int stage, double[] bar, double[] stateBar);

  /**
   * Turns the tangent of a stage's evaluation into that of its slope: the same, unless implicit.
   */
  default void solveTangent(int step, int stage, double[] tangent) {}

  /**
   * What a Rosenbrock method adds to the right-hand side of a stage, {@code h (J k_i + d_i df/dt)},
   * with its derivatives.
   */
  default Linearized linearized() {
    throw new UnsupportedOperationException("These stages know no Jacobian.");
  }

  /** The cotangent of the time of the stage gone back through last, into the first place. */
  void timeBar(double[] target);

  /** Adds the cotangent of the parameters, as far as it has come, to zeros. */
  void addParametersBar(double[] target);
}
