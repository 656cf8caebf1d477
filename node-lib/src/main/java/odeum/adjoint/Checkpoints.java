package odeum.adjoint;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A few states of a solve, in the order of its steps. While the number of steps is not known, every
 * {@code spacing}-th state is kept; when they become too many, every second of them is dropped.
 */
final class Checkpoints {
  /** A solve of so few steps keeps all its states. */
  private static final int FEW = 4;

  private final int size;
  private final OptionalInt most;
  private int[] steps = new int[FEW];
  private double[] states;
  private int count;
  private int spacing;
  private int offered;
  private int capacity;
  private int mostKept;

  /**
   * @param size values of a state
   * @param most the most states, or empty for at most twice the root of the number of steps
   */
  Checkpoints(int size, OptionalInt most) {
    this.size = size;
    this.most = most;
    this.states = new double[FEW * size];
  }

  void clear() {
    count = 0;
    spacing = 1;
    offered = 0;
    mostKept = 0;
  }

  /** Offers the state before the next step of the solve. */
  void offer(int step, double[] state) {
    offered = step + 1;
    while (step % spacing == 0 && count == limit()) {
      thin();
    }
    if (step % spacing == 0) {
      push(step, state, 0);
    }
  }

  private int limit() {
    return most.orElse(Math.max(FEW, 2 * spacing));
  }

  private void thin() {
    spacing *= 2;
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (steps[i] % spacing == 0) {
        steps[kept] = steps[i];
        System.arraycopy(states, i * size, states, kept * size, size);
        kept++;
      }
    }
    count = kept;
  }

  /** The solve is over: from now on there may be more states, on the way between two. */
  void complete() {
    if (most.isPresent() && spacing > 1 && 2 * count > most.getAsInt() + 1) {
      thin(); // room to go through the steps between two
    }
    capacity = most.orElse((int) (2 * Math.sqrt(offered)));
  }

  private void push(int step, double[] source, int offset) {
    if (count == steps.length) {
      int longer = most.isPresent() ? Math.min(2 * count, most.getAsInt()) : 2 * count;
      steps = Arrays.copyOf(steps, longer);
      states = Arrays.copyOf(states, Math.multiplyExact(longer, size));
    }
    steps[count] = step;
    System.arraycopy(source, offset, states, count * size, size);
    count++;
    mostKept = Math.max(mostKept, count);
  }

  /** Adds a state on the way to a later step; those of steps after it must have been dropped. */
  void add(int step, double[] state) {
    push(step, state, 0);
  }

  /** The last state that is not after a step: which one it is. */
  int lastBefore(int step) {
    int found = Arrays.binarySearch(steps, 0, count, step);
    return found >= 0 ? found : -found - 2;
  }

  /** Drops all states after one. */
  void dropAfter(int i) {
    count = i + 1;
  }

  int step(int i) {
    return steps[i];
  }

  void copy(int i, double[] target) {
    System.arraycopy(states, i * size, target, 0, size);
  }

  /** Where the next checkpoint is to be, on the way from one step to another. */
  int next(int at, int step) {
    int room = capacity - count;
    return at < step && room > 0 ? at + distance(step - at, room) : Integer.MAX_VALUE;
  }

  /** The most states there were at a time. */
  int mostKept() {
    return mostKept;
  }

  /**
   * How far to go to the next checkpoint on the way to a step that lies {@code gap} steps ahead, if
   * {@code room} more states can be kept and all steps between are to be gone back through: the
   * fewest repetitions by Griewank and Walther 2000, doi:10.1145/347837.347846.
   */
  static int distance(int gap, int room) {
    int all = gap + 1;
    if (room >= gap) {
      return 1;
    }
    int repeats = 0;
    while (reach(room + 1, repeats) < all) {
      repeats++;
    }
    long least = Math.max(reach(room + 1, repeats - 2), all - reach(room, repeats));
    long mostSteps = Math.min(reach(room + 1, repeats - 1), all - reach(room, repeats - 1));
    return (int) Math.clamp(mostSteps, Math.max(1, least), gap);
  }

  /** How many steps can be gone back through with so many states, each at most so often again. */
  private static long reach(int kept, int repeats) {
    if (repeats < 0) {
      return 0;
    }
    long product = 1;
    for (int i = 1; i <= repeats; i++) {
      product = product * (kept + i) / i;
      if (product > Integer.MAX_VALUE) {
        return Integer.MAX_VALUE;
      }
    }
    return product;
  }
}
