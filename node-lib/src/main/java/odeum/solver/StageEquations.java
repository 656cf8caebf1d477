package odeum.solver;

/** What makes implicit stages of evaluations: the equations they solve. For one thread. */
sealed interface StageEquations permits StageSolver, RosenbrockSolver {
  /**
   * Prepares for the stages of a step; one that was tried before, from the same state, keeps its
   * Jacobian.
   *
   * @return whether there is anything to go on with
   */
  boolean begin(double t, double[] y, double h);

  /** Whether a stage is more than an evaluation. */
  boolean has(int i);

  /**
   * Solves a stage.
   *
   * @param t its time
   * @param state in: from the stages before it; out: its own state
   * @param k the stages; row i receives the slope
   * @return whether it was solved
   */
  boolean solve(int i, double t, double[] state, double[][] k);

  /**
   * After the stages of a step: makes of the residual of f at a state within it about the error of
   * that state, {@code (I - g J)^-1 g residual}.
   */
  void damp(double[] residual);

  /** How often f was evaluated. */
  long evaluations();
}
