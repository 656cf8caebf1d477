package odeum.adjoint;

import java.util.List;
import odeum.solver.Integrator;

/**
 * The times that no step of a solve goes over, as they show in its steps. They stay where they are
 * when the span moves: the steps before the first one move with the start, the step that ends at
 * one is stretched, and those after it stay.
 *
 * @param steps where a step ends and the next one begins
 * @param jumps where the vector field jumps: steps end just before and begin just after
 */
record FixedTimes(List<Double> steps, List<Double> jumps) {
  static FixedTimes of(Integrator integrator) {
    return new FixedTimes(integrator.stepTimes(), integrator.jumpTimes());
  }

  /** Whether a step takes the slope at its start over from the step before. */
  boolean continues(TimedSteps tape, int step) {
    return step > 0 && !startsAfterJump(tape, step);
  }

  private boolean startsAfterJump(TimedSteps tape, int step) {
    return !jumps.isEmpty() && contains(jumps, before(tape, step));
  }

  private static boolean contains(List<Double> times, double time) {
    for (double each : times) {
      if (each == time) {
        return true;
      }
    }
    return false;
  }

  /** The double just before the start of a step. */
  private static double before(TimedSteps tape, int step) {
    double time = tape.time(step);
    return Math.nextAfter(time, time - tape.length(step));
  }

  /** Whether a step begins at a time that stays where it is. */
  private boolean isFixed(TimedSteps tape, int step) {
    return step > 0 && (contains(steps, tape.time(step)) || startsAfterJump(tape, step));
  }

  /** Whether a step ends at a time that stays where it is. */
  boolean endsFixed(TimedSteps tape, int step) {
    return !isEmpty() && step + 1 < tape.steps() && isFixed(tape, step + 1);
  }

  private boolean isEmpty() {
    return steps.isEmpty() && jumps.isEmpty();
  }

  /** Whether a step moves with the start of the span: none of the times lies before it. */
  boolean movesWithStart(TimedSteps tape, int step) {
    if (isEmpty() || step == 0) {
      return true;
    }
    double start = tape.time(0);
    double here = tape.time(step);
    double direction = Math.signum(tape.length(step));
    for (List<Double> times : List.of(steps, jumps)) {
      for (double time : times) {
        if ((time - start) * direction > 0 && (here - time) * direction >= 0) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * The very end of a step: minus its start it is its length.
   *
   * @param end where the solve ends, if it gets there
   */
  double end(TimedSteps tape, int step, double end) {
    if (step + 1 == tape.steps()) {
      boolean reaches = end - tape.time(step) == tape.length(step);
      return reaches ? end : lastEnd(tape, step, end);
    }
    double next = tape.time(step + 1);
    if (!startsAfterJump(tape, step + 1)) {
      return next;
    }
    double jump = before(tape, step + 1);
    return Math.nextAfter(jump, tape.time(step));
  }

  /** The last step stops short of the end: by a jump there, or by an event or a failure. */
  private double lastEnd(TimedSteps tape, int step, double end) {
    double before = Math.nextAfter(end, tape.time(step));
    boolean jump = contains(jumps, end) && before - tape.time(step) == tape.length(step);
    return jump ? before : tape.time(step) + tape.length(step);
  }
}
