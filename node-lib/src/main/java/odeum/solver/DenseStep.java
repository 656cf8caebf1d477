package odeum.solver;

/** A step that was taken, with the states inside it. */
interface DenseStep {
  /** The time it starts at. */
  double start();

  /** The time it ends at. */
  double end();

  /** Its size, negative backward in time. */
  double step();

  /** The state at the end. */
  double[] after();

  /** Computes the state at a time of the step. */
  void interpolate(double time, double[] state);
}
