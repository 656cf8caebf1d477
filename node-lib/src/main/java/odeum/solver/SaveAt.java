package odeum.solver;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Where the solution is kept. Saving inside a step uses dense output and never shortens it. */
public sealed interface SaveAt {
  /**
   * Evenly spaced times, both ends included. A solve without an end saves every step instead.
   *
   * @param count how many, at least 2
   */
  record Even(int count) implements SaveAt {
    public Even {
      if (count < 2) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Even saving needs at least the two ends, got %d.", count));
      }
    }
  }

  /**
   * The given times.
   *
   * @param times within the span, in the direction of the solve
   */
  record Times(List<Double> times) implements SaveAt {
    public Times {
      times = List.copyOf(times);
    }
  }

  /** The start and the end of every step. */
  record Steps() implements SaveAt {}

  /** Every step with its stages, however many, so that {@link Solution#at} works everywhere. */
  record Dense() implements SaveAt {}

  /** The start and the end only; nothing is kept of the steps between. */
  record End() implements SaveAt {}

  /** {@return evenly spaced times, both ends included} */
  static SaveAt even(int count) {
    return new Even(count);
  }

  /** {@return the given times} */
  static SaveAt times(double... times) {
    return new Times(Arrays.stream(times).boxed().toList());
  }

  /** {@return the end of every step} */
  static SaveAt steps() {
    return new Steps();
  }

  /** {@return every step with its stages} */
  static SaveAt dense() {
    return new Dense();
  }

  /** {@return the start and the end only} */
  static SaveAt end() {
    return new End();
  }
}
