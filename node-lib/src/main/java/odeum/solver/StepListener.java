package odeum.solver;

/** Sees each accepted step: this is what adjoints record. */
@FunctionalInterface
public interface StepListener {
  /**
   * A step was accepted. The arrays are the solver's own and are overwritten by the next step: copy
   * what is to be kept, change nothing. The listener runs after the step's saved times were
   * computed. When an event stops the solve inside the last step, that step is still given whole.
   *
   * @param t the start of the step
   * @param h its size, negative backward in time
   * @param y the state at t
   * @param k the stages, shape {@code (allStages, size)}
   * @param evaluated how many stages are there: those of the step, or also those of dense output;
   *     none of a black box
   */
  void accepted(double t, double h, double[] y, double[][] k, int evaluated);
}
