package odeum.adjoint;

/** Finds out whether a step took its slope over or had it evaluated. */
final class FreshWatch {
  /** What the first evaluation since the last step wrote to. */
  private double[] first;

  private int evaluations;

  void clear() {
    first = null;
    evaluations = 0;
  }

  /** An evaluation writes its slope. */
  void evaluated(double[] slope) {
    if (evaluations++ == 0) {
      first = slope;
    }
  }

  /** How many evaluations there were since the last step. */
  int evaluations() {
    return evaluations;
  }

  /** A step was accepted that began with a slope: whether that was evaluated. */
  @SuppressWarnings("ReferenceEquality") // the very array is what counts
  boolean accepted(double[] slope) {
    boolean fresh = first == slope;
    clear();
    return fresh;
  }
}
