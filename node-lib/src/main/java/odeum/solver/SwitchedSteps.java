package odeum.solver;

/**
 * The steps of a solve that went over to another method.
 *
 * @param time when it did
 */
record SwitchedSteps(DenseSteps first, DenseSteps second, double time, double direction)
    implements KeptSteps {
  @Override
  public boolean isEmpty() {
    return first.isEmpty() || second.isDropped();
  }

  @Override
  public void at(double t, double[] state) {
    boolean later = (t - time) * direction >= 0 && !second.isEmpty();
    (later ? second : first).at(t, state);
  }
}
