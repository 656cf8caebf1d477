package odeum.magics;

import java.util.Arrays;
import java.util.Locale;

/**
 * Checks for coursework cells: they throw with both values in the message, assertions on or off.
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
    if (!(Math.abs(actual - expected) <= tolerance)) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "got %s, expected %s within %s (they differ by %s)",
              actual,
              expected,
              tolerance,
              Math.abs(actual - expected)));
    }
  }

  /** Throws unless the arrays have one length and each pair differs by at most the tolerance. */
  public static void checkClose(double[] actual, double[] expected, double tolerance) {
    if (actual.length != expected.length) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "got %d values %s, expected %d: %s",
              actual.length,
              Arrays.toString(actual),
              expected.length,
              Arrays.toString(expected)));
    }
    for (int i = 0; i < actual.length; i++) {
      if (!(Math.abs(actual[i] - expected[i]) <= tolerance)) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "value %d: got %s, expected %s within %s",
                i,
                actual[i],
                expected[i],
                tolerance));
      }
    }
  }
}
