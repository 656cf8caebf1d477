package odeum.adjoint;

import java.util.OptionalInt;
import odeum.solver.Replay;
import odeum.solver.StepSizeController;

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
  private final StepTimes times;
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
  RetakenSteps(
      StepSizeController controller, int size, int rows, OptionalInt most, FixedTimes fixed) {
    this.times = new StepTimes(controller);
    this.fixed = fixed;
    this.size = size;
    this.checkpoints = new Checkpoints((1 + rows) * size, most);
    this.state = new double[(1 + rows) * size];
  }

  /** Forgets the last solve. */
  void begin(Replay walking, Replay looking, double end) {
    walk = walking;
    window = looking;
    times.clear(end);
    checkpoints.clear();
    complete = false;
    inWindow = NONE;
  }

  void accepted(double t, double h, double[] y, double[][] k) {
    System.arraycopy(y, 0, state, 0, size);
    for (int row = 1; row * size < state.length; row++) {
      System.arraycopy(k[row - 1], 0, state, row * size, size);
    }
    checkpoints.offer(times.count(), state);
    times.add(t, h);
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
        window.restart(times.time(step), state);
        window.copyStart(state);
      }
    } else {
      walkTo(step);
    }
    inWindow = step;
  }

  /** Takes the step that was sought. */
  Replay take() {
    window.moveTo(times.time(inWindow), state);
    window.attempt(times.end(inWindow));
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
    walk.moveTo(times.time(at), state);
    int next = checkpoints.next(at, step);
    while (at < step) {
      walk.attempt(times.end(at));
      walk.advance();
      at++;
      if (!fixed.continues(this, at)) {
        walk.copyStart(state);
        walk.restart(times.time(at), state);
      }
      if (at == next) {
        walk.copyStart(state);
        checkpoints.add(at, state);
        next = checkpoints.next(at, step);
      }
    }
    walk.copyStart(state);
  }

  /** The very end of a step. */
  double end(int step) {
    return times.end(step);
  }

  /** The solve went on by other steps from this time on. */
  void endsAt(double time) {
    times.endsAt(time);
  }

  FixedTimes fixed() {
    return fixed;
  }

  @Override
  public int steps() {
    return times.count();
  }

  @Override
  public double time(int step) {
    return times.time(step);
  }

  @Override
  public double length(int step) {
    return times.length(step);
  }

  /** The most states kept at a time. */
  int mostKept() {
    return checkpoints.mostKept();
  }
}
