package odeum.adjoint;

import java.util.Arrays;

/**
 * The steps that took nothing over from the ones before, with their states: the first step of a
 * solve and the first one after each jump.
 */
final class FreshStarts {
  private final int size;
  private int[] steps = new int[1];
  private double[] states;
  private int count;

  FreshStarts(int size) {
    this.size = size;
    this.states = new double[size];
  }

  void clear() {
    count = 0;
  }

  void add(int step, double[] state) {
    if (count == steps.length) {
      steps = Arrays.copyOf(steps, 2 * count);
      states = Arrays.copyOf(states, Math.multiplyExact(2 * count, size));
    }
    steps[count] = step;
    System.arraycopy(state, 0, states, count * size, size);
    count++;
  }

  int count() {
    return count;
  }

  boolean contains(int step) {
    return Arrays.binarySearch(steps, 0, count, step) >= 0;
  }

  /** Which of them comes last before a step or is it. */
  int lastBefore(int step) {
    int found = Arrays.binarySearch(steps, 0, count, step);
    return found >= 0 ? found : -found - 2;
  }

  int step(int i) {
    return steps[i];
  }

  /** Copies the state that a step begins with. */
  void copy(int i, double[] target) {
    System.arraycopy(states, i * size, target, 0, size);
  }
}
