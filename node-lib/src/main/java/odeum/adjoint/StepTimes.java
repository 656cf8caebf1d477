package odeum.adjoint;

import java.util.Arrays;
import odeum.solver.FixedStep;
import odeum.solver.StepSizeController;

/**
 * When the steps of a solve were taken. Steps of one size are computed again as the solver does it,
 * bit for bit, so that any number of them takes no memory; of steps that a tolerance chose, each is
 * kept.
 */
final class StepTimes {
  private final StepSizeController controller;

  /** Of fixed steps, or NaN. */
  private final double size;

  // A run is a sequence of steps of that size; only its last step may be of another one.
  private int[] firsts = new int[4];
  private double[] starts = new double[4];
  private double[] lastLengths = new double[4];
  private int runs;
  private int count;
  private double spanEnd;

  StepTimes(StepSizeController controller) {
    this.controller = controller;
    this.size = controller instanceof FixedStep fixed ? fixed.size() : Double.NaN;
  }

  /** Forgets all steps and prepares for a solve that is to end at a time. */
  void clear(double end) {
    runs = 0;
    count = 0;
    spanEnd = end;
  }

  /** The solve ends at another time than was said. */
  void endsAt(double time) {
    spanEnd = time;
  }

  void add(double time, double length) {
    if (runs == 0 || predicted(runs - 1, count, length) != time) {
      beginRun(time, length);
    }
    lastLengths[runs - 1] = length;
    count++;
  }

  /**
   * Where a run begins at the very time that the one before has next, it is only noticed when the
   * two come apart by a rounding. The earliest start that has all times is taken.
   */
  private void beginRun(double time, double direction) {
    int first = count;
    double start = time;
    for (int i = runs == 0 ? count : firsts[runs - 1] + 1; i < count; i++) {
      if (fits(i, time, direction)) {
        first = i;
        start = time(i);
        lastLengths[runs - 1] = start - time(i - 1);
        break;
      }
    }
    if (runs == firsts.length) {
      firsts = Arrays.copyOf(firsts, 2 * runs);
      starts = Arrays.copyOf(starts, 2 * runs);
      lastLengths = Arrays.copyOf(lastLengths, 2 * runs);
    }
    firsts[runs] = first;
    starts[runs] = start;
    runs++;
  }

  /** Whether a run from a step on has the times of those after it, and the next one. */
  private boolean fits(int first, double next, double direction) {
    double start = time(first);
    double signed = Math.copySign(size, direction);
    boolean all = start + (count - first) * signed == next;
    for (int i = first + 1; all && i < count; i++) {
      all = start + (i - first) * signed == time(i);
    }
    return all;
  }

  /** The start of a step of a run, if it goes on with the same size. */
  private double predicted(int run, int step, double direction) {
    return starts[run] + (step - firsts[run]) * Math.copySign(size, direction);
  }

  private int run(int step) {
    int found = Arrays.binarySearch(firsts, 0, runs, step);
    return found >= 0 ? found : -found - 2;
  }

  /** What chose them. */
  StepSizeController controller() {
    return controller;
  }

  int count() {
    return count;
  }

  /** How many sequences of steps of one size are kept. */
  int runs() {
    return runs;
  }

  double time(int step) {
    int run = run(step);
    return step == firsts[run] ? starts[run] : predicted(run, step, lastLengths[run]);
  }

  double length(int step) {
    int run = run(step);
    boolean last = step == (run + 1 < runs ? firsts[run + 1] : count) - 1;
    return last ? lastLengths[run] : time(step + 1) - time(step);
  }

  /** The very end of a step: minus its start it is its length. */
  double end(int step) {
    double time = time(step);
    double length = length(step);
    double next = step + 1 < count ? time(step + 1) : spanEnd;
    if (next - time == length) {
      return next;
    }
    double before = Math.nextAfter(next, time); // where the next step starts after a jump
    return before - time == length ? before : time + length;
  }
}
