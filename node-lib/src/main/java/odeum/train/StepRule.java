package odeum.train;

import java.util.List;

/** One step of a method on plain arrays. What it changes is its caller's. */
interface StepRule {
  /** {@return the names of the vectors that the method remembers; all begin with zeros} */
  List<String> memory();

  /**
   * Makes a step.
   *
   * @param p the parameters, changed in place
   * @param g the gradient, which may be changed too
   * @param memory what {@link #memory} names, changed in place
   * @param step the number of this step, counted from 1
   * @param rate the learning rate of this step
   */
  void step(double[] p, double[] g, double[][] memory, int step, double rate);
}
