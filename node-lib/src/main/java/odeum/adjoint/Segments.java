package odeum.adjoint;

import java.util.List;

/**
 * What a solve with events leaves for its derivatives.
 *
 * @param of whose solve it was
 * @param parts the steps between events, in order; none where nothing will read them
 * @param boundaries what happened after each part but the last; after the last one too, if the
 *     solve was to end at an event
 * @param saved how many of the wanted times were reached
 */
record Segments(Setting of, List<Recorded> parts, List<Boundary> boundaries, int saved) {
  /**
   * Events at one time. The first one chose the time: where its condition is zero. Without any, it
   * is a fixed time at which the field jumps; the part before it ends just there.
   *
   * @param hits what happened, in order
   */
  record Boundary(double time, List<Hit> hits) {
    boolean isFixed() {
      return hits.isEmpty();
    }
  }

  /**
   * An event.
   *
   * @param event which one
   * @param before the state it found
   * @param applied whether it changed the state
   */
  record Hit(int event, double[] before, boolean applied) {}
}
