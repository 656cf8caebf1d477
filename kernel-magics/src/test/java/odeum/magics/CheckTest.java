package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class CheckTest {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  @Test
  void whatHoldsPasses() {
    Check.check(true, "fine");
    Check.checkClose(1, 1 + 1e-12, 1e-9);
    Check.checkClose(1, 1.5, 0.5);
    Check.checkClose(3, 3, 0);
    Check.checkClose(INFINITE, INFINITE, 1);
    Check.checkClose(1_000_001, 1_000_000, 1e-6, 0);
    Check.checkClose(new double[] {1, 2}, new double[] {1.1, 1.9}, 0.2);
    Check.checkClose(new double[] {1e9, 0}, new double[] {1e9 + 1, 1e-9}, 1e-8, 1e-8);
    Check.checkClose(new double[0], new double[0], 0);
  }

  @Test
  void whatFailsSaysBothValues() {
    assertEquals("wrong sign", message(() -> Check.check(false, "wrong sign")));
    assertEquals(
        "got 1.0, expected 2.0 within 0.5 (they differ by 1.0)",
        message(() -> Check.checkClose(1, 2, 0.5)));
    assertEquals(
        "got 90.0, expected 100.0 within 6.0 (they differ by 10.0)",
        message(() -> Check.checkClose(90, 100, 0.05, 1)));
    assertEquals(
        "value 1: got 2.0, expected 3.0 within 0.1 (they differ by 1.0)",
        message(() -> Check.checkClose(new double[] {1, 2}, new double[] {1, 3}, 0.1)));
    assertEquals(
        "got 1 values [1.0], expected 2: [1.0, 2.0]",
        message(() -> Check.checkClose(new double[] {1}, new double[] {1, 2}, 1)));
    assertEquals(
        "got null, expected 1: [1.0]", message(() -> Check.checkClose(null, new double[] {1}, 1)));
  }

  @Test
  void whatIsNoNumberIsNotClose() {
    message(() -> Check.checkClose(Double.NaN, Double.NaN, 1));
    message(() -> Check.checkClose(Double.NaN, 1, INFINITE));
    message(() -> Check.checkClose(1, INFINITE, 0.1, 1));
    message(() -> Check.checkClose(INFINITE, 1, 1e9));
    message(() -> Check.checkClose(-INFINITE, INFINITE, 1, 1));
    message(() -> Check.checkClose(new double[] {Double.NaN}, new double[] {0}, 1));
  }

  @Test
  void aToleranceIsNotNegative() {
    assertThrows(IllegalArgumentException.class, () -> Check.checkClose(1, 1, -1));
    assertThrows(IllegalArgumentException.class, () -> Check.checkClose(1, 1, Double.NaN));
  }

  @Test
  void aCheckHasNoValueThatAGraderWouldTakeForPoints() {
    Arrays.stream(Check.class.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .forEach(method -> assertEquals(void.class, method.getReturnType(), method.getName()));
  }

  private static String message(Executable check) {
    return assertThrows(AssertionError.class, check).getMessage();
  }
}
