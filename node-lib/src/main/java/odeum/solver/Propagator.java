package odeum.solver;

/**
 * Takes a state from one time to another, again and again, and keeps nothing on the way. Its memory
 * is reused, and adaptive steps go on with the size they reached. For one thread.
 */
public sealed interface Propagator permits OneStepPropagator, CommonsPropagator {
  /**
   * Solves from one time to another; the state at the end takes the place of the one at the start.
   *
   * @param from the time of the state
   * @param to where it is wanted; before {@code from} to go backward
   * @param state in and out; where a solve got to that did not succeed
   * @return how it ended
   */
  Result advance(double from, double to, double[] state);

  /** Forgets the size of the steps: the next solve does not depend on the ones before. */
  void restart();

  /** {@return the work since this propagator was opened} */
  Statistics statistics();
}
