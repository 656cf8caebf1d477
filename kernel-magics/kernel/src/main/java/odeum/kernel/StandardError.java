package odeum.kernel;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;

/**
 * Ends the launcher's filter. While the JVM starts, standard error goes through a small process
 * that drops the line about incubator modules; the true standard error waits under another number,
 * and takes its place here.
 */
final class StandardError {
  private static final int STANDARD_ERROR = 2;

  private StandardError() {}

  /**
   * Puts the descriptor that {@code odeum.stderr} names in the place of standard error; the filter
   * then ends by itself.
   */
  @SuppressWarnings("restricted")
  static void restore() {
    Integer kept = Integer.getInteger("odeum.stderr");
    if (kept == null) {
      return;
    }
    System.clearProperty("odeum.stderr");
    try {
      Linker linker = Linker.nativeLinker();
      var twoInts =
          FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      var oneInt = FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
      var dup2 = linker.downcallHandle(linker.defaultLookup().findOrThrow("dup2"), twoInts);
      var close = linker.downcallHandle(linker.defaultLookup().findOrThrow("close"), oneInt);
      int unused = (int) dup2.invokeExact((int) kept, STANDARD_ERROR);
      unused = (int) close.invokeExact((int) kept);
    } catch (Throwable absent) {
      // Then the filter stays: one idle process more, and nothing else differs.
    }
  }
}
