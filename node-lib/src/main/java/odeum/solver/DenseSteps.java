package odeum.solver;

import java.util.Arrays;
import odeum.term.OdeTerm;

/**
 * The steps of a solve with their stages. Stages that only dense output needs are evaluated when a
 * step is first asked for, so keeping steps costs no evaluations.
 */
final class DenseSteps implements KeptSteps {
  private final OneStepMethod method;
  private final OdeTerm term;
  private final StepSizeController controller;
  private final boolean unlimited;
  private final int n;
  private final int stride;
  private double[] starts = new double[0];
  private double[] ends = new double[0];
  private int[] evaluated = new int[0];
  private double[] values = new double[0];
  private int count;
  private long most = MOST_VALUES;
  private boolean dropped;
  private Stepper replay;
  private int loaded = -1;

  /**
   * @param rows how many stages a step has
   */
  DenseSteps(
      OneStepMethod method,
      OdeTerm term,
      StepSizeController controller,
      int rows,
      boolean unlimited) {
    this.method = method;
    this.term = term;
    this.controller = controller;
    this.unlimited = unlimited;
    this.n = term.size();
    this.stride = (2 + rows) * Math.max(1, n);
  }

  void add(Stepper step) {
    if (dropped || !makeRoom()) {
      return;
    }
    int offset = count * stride;
    copy(step.before(), offset);
    for (int i = 0; i < step.evaluated(); i++) {
      copy(step.stages()[i], offset + (i + 1) * n);
    }
    copy(step.after(), offset + (1 + step.stages().length) * n);
    starts[count] = step.start();
    ends[count] = step.end();
    evaluated[count] = step.evaluated();
    count++;
  }

  /** Keeps no more than so many values, unless all steps are asked for. */
  void limit(long values) {
    most = Math.min(most, values);
    if (!unlimited && count > 0 && (long) count * stride > most) {
      drop();
    }
  }

  /** Adds the step of a lane. */
  void add(LaneStep step, int lane) {
    if (dropped || !makeRoom()) {
      return;
    }
    int offset = count * stride;
    copy(step, step.y, 0, lane, offset);
    int stages = step.evaluated(lane);
    for (int i = 0; i < stages; i++) {
      copy(step, step.k, i * step.stride, lane, offset + (i + 1) * n);
    }
    copy(step, step.y1, 0, lane, offset + stride - n);
    starts[count] = step.t[lane];
    ends[count] = step.t1[lane];
    evaluated[count] = stages;
    count++;
  }

  private void copy(LaneStep step, double[] source, int from, int lane, int offset) {
    for (int i = 0; i < n; i++) {
      values[offset + i] = source[from + i * step.lanes + lane];
    }
  }

  private void copy(double[] row, int offset) {
    for (int i = 0; i < row.length; i++) { // small rows: cheaper than a call of arraycopy
      values[offset + i] = row[i];
    }
  }

  private boolean makeRoom() {
    if (!unlimited && count == MOST_STEPS) {
      drop();
      return false;
    }
    if (count < evaluated.length) {
      return true;
    }
    long room = unlimited ? Integer.MAX_VALUE / stride : most / stride;
    int longer = (int) Math.min(Math.max(4, 2L * evaluated.length), room);
    if (count >= longer) {
      drop();
      return false;
    }
    evaluated = Arrays.copyOf(evaluated, longer);
    starts = Arrays.copyOf(starts, longer);
    ends = Arrays.copyOf(ends, longer);
    values = Arrays.copyOf(values, longer * stride);
    return true;
  }

  private void drop() {
    dropped = true;
    count = 0;
    values = new double[0];
  }

  @Override
  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether steps were left out because there were too many. */
  boolean isDropped() {
    return dropped;
  }

  /** Where a time is the start of one step and the end of another, the later one counts. */
  @Override
  public synchronized void at(double time, double[] state) {
    load(stepAt(time));
    replay.interpolate(time, state);
  }

  @Override
  public synchronized void differentiate(double time, double[] rate) {
    load(stepAt(time));
    replay.differentiate(time, rate);
  }

  private int stepAt(double time) {
    double direction = Math.signum(ends[0] - starts[0]);
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if ((time - starts[middle]) * direction >= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void load(int i) {
    if (replay == null) {
      replay = Steppers.open(method, term, controller);
    }
    if (loaded != i) {
      replay.load(starts[i], ends[i], values, i * stride, evaluated[i]);
      loaded = i;
    }
  }
}
