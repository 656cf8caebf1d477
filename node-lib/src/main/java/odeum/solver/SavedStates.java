package odeum.solver;

import java.util.Arrays;

/** The saved times and states, growing. */
final class SavedStates {
  private final int n;
  private double[] times;
  private double[] states;
  private int count;

  SavedStates(int n, int expected) {
    this.n = n;
    this.times = new double[expected];
    this.states = new double[expected * n];
  }

  /** Adds a time and gives the array and position its state belongs at. */
  void add(double time, double[] state) {
    if (count == times.length) {
      times = Arrays.copyOf(times, 2 * count + 8);
      states = Arrays.copyOf(states, times.length * n);
    }
    times[count] = time;
    int at = count * n;
    for (int i = 0; i < n; i++) { // small states: cheaper than a call of arraycopy
      states[at + i] = state[i];
    }
    count++;
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
