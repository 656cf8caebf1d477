package odeum.magics;

import java.util.Arrays;
import java.util.Locale;

/**
 * Checks for coursework cells: they throw with both values in the message, assertions on or off.
 * They return nothing, for a grader reads the value of a cell as its points.
 */
public final class Check {
  private Check() {}

  /** Throws unless the condition holds. */
  public static void check(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  /** Throws unless the two numbers differ by at most the tolerance; NaN equals nothing. */
  public static void checkClose(double actual, double expected, double tolerance) {
    checkClose(actual, expected, 0, tolerance);
  }

  /**
   * Throws unless the two numbers differ by at most {@code relative * |expected| + absolute}; NaN
   * equals nothing, and infinity only itself.
   */
  public static void checkClose(double actual, double expected, double relative, double absolute) {
    checkClose("", actual, expected, relative, absolute);
  }

  /** Throws unless the arrays have one length and each pair differs by at most the tolerance. */
  public static void checkClose(double[] actual, double[] expected, double tolerance) {
    checkClose(actual, expected, 0, tolerance);
  }

  /**
   * Throws unless the arrays have one length and each pair differs by at most {@code relative *
   * |expected| + absolute}.
   */
  public static void checkClose(
      double[] actual, double[] expected, double relative, double absolute) {
    if (actual == null || actual.length != expected.length) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "got %s, expected %d: %s",
              actual == null ? null : actual.length + " values " + Arrays.toString(actual),
              expected.length,
              Arrays.toString(expected)));
    }
    for (int i = 0; i < actual.length; i++) {
      checkClose("value " + i + ": ", actual[i], expected[i], relative, absolute);
    }
  }

  private static void checkClose(
      String place, double actual, double expected, double relative, double absolute) {
    if (!(relative >= 0 && absolute >= 0)) {
      throw new IllegalArgumentException(
          "A tolerance is 0 or more, got %s and %s.".formatted(relative, absolute));
    }
    double bound = absolute + (relative == 0 ? 0 : relative * Math.abs(expected));
    double difference = Math.abs(actual - expected);
    boolean close = Double.isFinite(expected) && difference <= bound;
    if (!close && actual != expected) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%sgot %s, expected %s within %s (they differ by %s)",
              place,
              actual,
              expected,
              bound,
              difference));
    }
  }
}
