package odeum.adjoint;

import java.util.Arrays;
import java.util.OptionalInt;
import odeum.solver.Replay;

/**
 * The times of the steps of a solve, and a few states. A step that is asked for is taken again from
 * the checkpoint before it, with the same bits.
 */
final class RetakenSteps implements TimedSteps {
  private static final int NONE = -1;

  private final Checkpoints checkpoints;
  private final double[] state;
  private final int size;
  private final FixedTimes fixed;
  private double[] times = new double[16];
  private double[] lengths = new double[16];
  private double spanEnd;
  private int steps;
  private boolean complete;

  /** Takes steps to get on. */
  private Replay walk;

  /** Takes the step asked for. */
  private Replay window;

  private int inWindow;

  /**
   * @param size values of a state
   * @param rows how many rows of that size a step takes over from the one before
   */
  RetakenSteps(int size, int rows, OptionalInt most, FixedTimes fixed) {
    this.fixed = fixed;
    this.size = size;
    this.checkpoints = new Checkpoints((1 + rows) * size, most);
    this.state = new double[(1 + rows) * size];
  }

  /** Forgets the last solve. */
  void begin(Replay walking, Replay looking, double end) {
    walk = walking;
    window = looking;
    spanEnd = end;
    checkpoints.clear();
    steps = 0;
    complete = false;
    inWindow = NONE;
  }

  void accepted(double t, double h, double[] y, double[][] k) {
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      lengths = Arrays.copyOf(lengths, 2 * steps);
    }
    times[steps] = t;
    lengths[steps] = h;
    System.arraycopy(y, 0, state, 0, size);
    for (int row = 1; row * size < state.length; row++) {
      System.arraycopy(k[row - 1], 0, state, row * size, size);
    }
    checkpoints.offer(steps, state);
    steps++;
  }

  /** Whether a step is at hand. */
  boolean holds(int step) {
    return step == inWindow;
  }

  /** Brings a step near: {@link #take} takes it. */
  void seek(int step) {
    if (!complete) {
      checkpoints.complete();
      complete = true;
    }
    if (inWindow != NONE && step == inWindow + 1) {
      window.advance();
      window.copyStart(state);
      if (!fixed.continues(this, step)) {
        window.restart(times[step], state);
        window.copyStart(state);
      }
    } else {
      walkTo(step);
    }
    inWindow = step;
  }

  /** Takes the step that was sought. */
  Replay take() {
    window.moveTo(times[inWindow], state);
    window.attempt(end(inWindow));
    return window;
  }

  /** Computes the state before a step from the checkpoint before it, with others on the way. */
  private void walkTo(int step) {
    int from = checkpoints.lastBefore(step);
    int at = checkpoints.step(from);
    checkpoints.copy(from, state);
    if (at == step) {
      return;
    }
    checkpoints.dropAfter(from);
    walk.moveTo(times[at], state);
    int next = next(at, step);
    while (at < step) {
      walk.attempt(end(at));
      walk.advance();
      at++;
      if (!fixed.continues(this, at)) {
        walk.copyStart(state);
        walk.restart(times[at], state);
      }
      if (at == next) {
        walk.copyStart(state);
        checkpoints.add(at, state);
        next = next(at, step);
      }
    }
    walk.copyStart(state);
  }

  /** Where the next checkpoint is to be, on the way from one step to another. */
  private int next(int at, int step) {
    int room = checkpoints.room();
    return at < step && room > 0 ? at + Checkpoints.distance(step - at, room) : Integer.MAX_VALUE;
  }

  /** The very end of a step. */
  double end(int step) {
    return fixed.end(this, step, spanEnd);
  }

  /** The solve went on by other steps from this time on. */
  void endsAt(double time) {
    spanEnd = time;
  }

  FixedTimes fixed() {
    return fixed;
  }

  @Override
  public int steps() {
    return steps;
  }

  @Override
  public double time(int step) {
    return times[step];
  }

  @Override
  public double length(int step) {
    return lengths[step];
  }

  /** The most states kept at a time. */
  int mostKept() {
    return checkpoints.mostKept();
  }
}
