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
    List<Leg> wanted = new ArrayList<>();
    for (double time : jumps) {
      boolean inside = (time - start) * direction > 0 && (end - time) * direction >= 0;
      if (inside) {
        double next = time == end ? end : Math.nextAfter(time, end);
        wanted.add(new Leg(Math.nextAfter(time, start), next));
      }
    }
    for (double time : steps) {
      boolean inside = (time - start) * direction > 0 && (end - time) * direction > 0;
      if (inside && !jumps.contains(time)) {
        wanted.add(new Leg(time, time));
      }
    }
    wanted.sort(Comparator.comparingDouble(leg -> leg.to() * direction));
    wanted.add(new Leg(end, end));
    return ordered(wanted, start, direction);
  }

  /** Leaves out what does not lie beyond all before: times given twice, or a rounding apart. */
  private static List<Leg> ordered(List<Leg> wanted, double start, double direction) {
    List<Leg> legs = new ArrayList<>();
    double from = start;
    for (Leg leg : wanted) {
      if ((leg.to() - from) * direction > 0) {
        legs.add(leg);
        from = leg.next();
      }
    }
    return legs;
  }
}
