package odeum.adjoint;

/**
 * What one solve leaves for its derivatives.
 *
 * @param of whose solve it was
 * @param tape the accepted steps
 * @param reachesEnd whether the last step ends at the end of the span, so that its length follows
 *     it
 * @param saved how many of the wanted times were reached
 */
record Recorded(Setting of, TapedSteps tape, boolean reachesEnd, int saved) {
  /** {@return where in a step a time lies, 0 at its start and 1 at its end} */
  double theta(int step, double time) {
    return (time - tape.time(step)) / tape.length(step);
  }

  /** {@return whether a saved time is the very end of a step, where nothing is interpolated} */
  boolean isEnd(int step, double[] times, int row) {
    int last = tape.steps() - 1;
    return times[row] == (step < last ? tape.time(step + 1) : times[times.length - 1]);
  }

  /** {@return the tangent of the start of a step, from that of the start of the span} */
  double moved(int step, double start) {
    return of.fixed().movesWithStart(tape, step) ? start : 0;
  }

  /** {@return the tangent of the length of a step, from those of both ends of the span} */
  double stretched(int step, double start, double end) {
    if (endsAtEnd(step)) {
      return end - moved(step, start);
    }
    return of.fixed().endsFixed(tape, step) ? -moved(step, start) : 0;
  }

  boolean endsAtEnd(int step) {
    return reachesEnd && step == tape.steps() - 1;
  }
}
