package odeum.solver;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Times that no step goes over.
 *
 * @param steps where a step ends
 * @param jumps where the vector field jumps: a step ends just before, and the next one knows
 *     nothing of it
 */
record Waypoints(List<Double> steps, List<Double> jumps) {
  static final Waypoints NONE = new Waypoints(List.of(), List.of());

  /**
   * A part of the span.
   *
   * @param to where its last step ends
   * @param next where the next part starts: at a jump, which itself may belong to either side, two
   *     doubles later
   */
  record Leg(double to, double next) {
    boolean endsInJump() {
      return to != next;
    }
  }

  /** {@return the parts of a span, in its direction} */
  List<Leg> legs(double start, double end) {
    double direction = Math.signum(end - start);
    List<Leg> legs = new ArrayList<>();
    for (double time : jumps) {
      double before = Math.nextAfter(time, start);
      if ((before - start) * direction > 0 && (end - time) * direction > 0) {
        legs.add(new Leg(before, Math.nextAfter(time, end)));
      }
    }
    for (double time : steps) {
      boolean inside = (time - start) * direction > 0 && (end - time) * direction > 0;
      if (inside && !jumps.contains(time)) {
        legs.add(new Leg(time, time));
      }
    }
    legs.sort(Comparator.comparingDouble(leg -> leg.to() * direction));
    legs.add(new Leg(end, end));
    return legs.stream().distinct().toList();
  }
}
