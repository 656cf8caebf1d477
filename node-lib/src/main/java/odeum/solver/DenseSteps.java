package odeum.solver;

import java.util.Arrays;
import odeum.term.OdeTerm;

/**
 * The steps of a solve with their stages. Stages that only dense output needs are evaluated when a
 * step is first asked for, so keeping steps costs no evaluations.
 */
final class DenseSteps implements KeptSteps {
  private final OdeTerm term;
  private final ButcherTableau tableau;
  private final boolean unlimited;
  private final int n;
  private final int stride;
  private double[] times = new double[0];
  private int[] evaluated = new int[0];
  private double[] values = new double[0];
  private int count;
  private long most = MOST_VALUES;
  private boolean dropped;
  private RungeKuttaStep replay;
  private int loaded = -1;

  DenseSteps(OdeTerm term, ButcherTableau tableau, boolean unlimited) {
    this.term = term;
    this.tableau = tableau;
    this.unlimited = unlimited;
    this.n = term.size();
    this.stride = (1 + tableau.allStages()) * Math.max(1, n);
  }

  void add(RungeKuttaStep step) {
    if (dropped || !makeRoom()) {
      return;
    }
    int offset = count * stride;
    copy(step.before(), offset);
    for (int i = 0; i < step.evaluated(); i++) {
      copy(step.stages()[i], offset + (i + 1) * n);
    }
    times[count] = step.start();
    evaluated[count] = step.evaluated();
    count++;
    times[count] = step.end();
    copy(step.after(), count * stride);
  }

  /** Keeps no more than so many values, unless all steps are asked for. */
  void limit(long values) {
    most = Math.min(most, values);
    if (!unlimited && count > 0 && (count + 1L) * stride > most) {
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
    times[count] = step.t[lane];
    evaluated[count] = stages;
    count++;
    times[count] = step.t1[lane];
    copy(step, step.y1, 0, lane, count * stride);
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

  /** Makes room for one more step and the state at its end. */
  private boolean makeRoom() {
    if (!unlimited && count == MOST_STEPS) {
      drop();
      return false;
    }
    if (count + 2 <= evaluated.length) {
      return true;
    }
    long room = unlimited ? Integer.MAX_VALUE / stride : most / stride;
    int longer = (int) Math.min(Math.max(4, 2L * evaluated.length), room);
    if (count + 2 > longer) {
      drop();
      return false;
    }
    evaluated = Arrays.copyOf(evaluated, longer);
    times = Arrays.copyOf(times, longer);
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

  @Override
  public synchronized void at(double time, double[] state) {
    double direction = Math.signum(times[count] - times[0]);
    int low = 0;
    int high = count - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if ((time - times[middle]) * direction >= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    load(low);
    replay.interpolate(time, state);
  }

  private void load(int i) {
    if (replay == null) {
      replay = new RungeKuttaStep(tableau, term.open(), n);
    }
    if (loaded != i) {
      replay.load(times[i], times[i + 1], values, i * stride, evaluated[i], (i + 1) * stride);
      loaded = i;
    }
  }
}
