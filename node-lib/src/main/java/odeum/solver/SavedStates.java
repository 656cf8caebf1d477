package odeum.solver;

import java.util.Arrays;

/** The saved times and states, growing. */
final class SavedStates {
  private final int n;
  private double[] times;
  private double[] states;
  private boolean isShared;
  private int count;

  SavedStates(int n, int expected) {
    this.n = n;
    this.times = new double[expected];
    this.states = new double[expected * n];
  }

  /** States at times that are known, as a rule; the array of times is shared until they differ. */
  SavedStates(int n, double[] expected) {
    this.n = n;
    this.times = expected;
    this.isShared = true;
    this.states = new double[(expected.length + 1) * n];
  }

  /** Adds a time and its state. */
  void add(double time, double[] state) {
    if (isShared && (count == times.length || !isSame(times[count], time))) {
      times = Arrays.copyOf(times, times.length + 1);
      isShared = false;
    }
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count + 8);
      states = Arrays.copyOf(states, times.length * n);
    }
    if (!isShared) {
      times[count] = time;
    }
    int at = count * n;
    for (int i = 0; i < n; i++) { // small states: cheaper than a call of arraycopy
      states[at + i] = state[i];
    }
    count++;
  }

  private static boolean isSame(double a, double b) {
    return Double.doubleToRawLongBits(a) == Double.doubleToRawLongBits(b);
  }

  /** Where the states lie: the array itself, for one who writes them at the times expected. */
  double[] states() {
    return states;
  }

  /** Counts states that were written at the times expected. */
  void countUpTo(int written) {
    count = written;
  }

  int count() {
    return count;
  }

  double time(int i) {
    return times[i];
  }

  double value(int i, int component) {
    return states[i * n + component];
  }

  /** Copies state i. */
  void copy(int i, double[] state) {
    copy(i, state, 0);
  }

  void copy(int i, double[] target, int offset) {
    System.arraycopy(states, i * n, target, offset, n);
  }

  boolean endsAt(double time) {
    return count > 0 && times[count - 1] == time;
  }
}
