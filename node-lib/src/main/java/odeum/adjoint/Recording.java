package odeum.adjoint;

import java.util.Arrays;
import odeum.solver.StepListener;

/**
 * The accepted steps of one solve: what its derivatives go through again. The closing stage of a
 * step, its slope at its end, is the first of the next one when the step itself did not need it.
 */
final class Recording implements StepListener {
  private final int size;
  private final int closing;
  private final int stride;
  private double[] times = new double[16];
  private double[] lengths = new double[16];
  private double[] values;
  private int steps;
  private boolean open;

  Recording(int size, int stages, int closing) {
    this.size = size;
    this.closing = closing;
    this.stride = size * (1 + stages);
    this.values = new double[16 * stride];
  }

  @Override
  public void accepted(double t, double h, double[] y, double[][] k, int evaluated) {
    if (steps == times.length) {
      times = Arrays.copyOf(times, 2 * steps);
      lengths = Arrays.copyOf(lengths, 2 * steps);
      values = Arrays.copyOf(values, Math.multiplyExact(2 * steps, stride));
    }
    times[steps] = t;
    lengths[steps] = h;
    int offset = steps * stride;
    System.arraycopy(y, 0, values, offset, size);
    for (int stage = 0; stage < evaluated; stage++) {
      System.arraycopy(k[stage], 0, values, offset + (1 + stage) * size, size);
    }
    if (open) {
      System.arraycopy(k[0], 0, values, stage(steps - 1, closing), size);
    }
    open = evaluated <= closing;
    steps++;
  }

  int steps() {
    return steps;
  }

  double time(int step) {
    return times[step];
  }

  double length(int step) {
    return lengths[step];
  }

  /** Where the state before a step starts in {@link #values()}. */
  int state(int step) {
    return step * stride;
  }

  /** Where a stage of a step starts in {@link #values()}. */
  int stage(int step, int stage) {
    return step * stride + (1 + stage) * size;
  }

  double[] values() {
    return values;
  }

  /** The step that computed the state at a time: the first one that does not end before it. */
  int stepAt(double time, int from) {
    int step = from;
    while (step < steps - 1 && past(step, time)) {
      step++;
    }
    return step;
  }

  private boolean past(int step, double time) {
    double end = times[step + 1];
    return lengths[step] > 0 ? time > end : time < end;
  }
}
