package odeum.adjoint;

/**
 * What one solve leaves for its derivatives.
 *
 * @param steps the accepted steps
 * @param reachesEnd whether the last step ends at the end of the span, so that its length follows
 *     it
 * @param saved how many of the wanted times were reached
 */
record Recorded(Recording steps, boolean reachesEnd, int saved) {
  /** {@return where in a step a time lies, 0 at its start and 1 at its end} */
  double theta(int step, double time) {
    return (time - steps.time(step)) / steps.length(step);
  }

  boolean endsAtEnd(int step) {
    return reachesEnd && step == steps.steps() - 1;
  }
}
