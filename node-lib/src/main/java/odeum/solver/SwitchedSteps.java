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
    stepsAt(t).at(t, state);
  }

  @Override
  public void differentiate(double t, double[] rate) {
    stepsAt(t).differentiate(t, rate);
  }

  private DenseSteps stepsAt(double t) {
    boolean later = (t - time) * direction >= 0 && !second.isEmpty();
    return later ? second : first;
  }
}
