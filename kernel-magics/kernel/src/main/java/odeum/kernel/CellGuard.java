package odeum.kernel;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the code of cells calls without knowing: {@link CellWeaver} puts the calls in. Public
 * because cells are classes of another package.
 */
public final class CellGuard {
  // The one field that running code reads; all else is looked at only when it is set.
  private static volatile boolean alarm;
  private static volatile CellGroup stopping;
  private static final Set<Thread> DOOMED = ConcurrentHashMap.newKeySet();

  private CellGuard() {}

  /** Goes on, or ends the caller when its cell is to stop. */
  public static void check() {
    if (alarm) {
      heed();
    }
  }

  /** Stands for {@link System#exit}. */
  public static void exit(int status) {
    throw new CellExit("System.exit(" + status + ")");
  }

  /** Stands for {@link Runtime#exit}. */
  public static void exit(Runtime runtime, int status) {
    throw new CellExit("Runtime.exit(" + status + ")");
  }

  /** Stands for {@link Runtime#halt}. */
  public static void halt(Runtime runtime, int status) {
    throw new CellExit("Runtime.halt(" + status + ")");
  }

  private static void heed() {
    CellGroup group = stopping;
    Thread thread = Thread.currentThread();
    // A shared pool works for whatever cell runs; what earlier cells started is left alone.
    boolean stops =
        DOOMED.contains(thread)
            || group != null && (group.started(thread) || !CellGroup.anyStarted(thread));
    if (stops) {
      throw new CellStop();
    }
  }

  /** Ends the code of this cell wherever it looks next, until {@link #calm}. */
  static void stop(CellGroup cell) {
    stopping = cell;
    alarm = true;
  }

  /** Ends a thread wherever it looks next, for as long as it lives. */
  static void doom(Thread thread) {
    DOOMED.add(thread);
    alarm = true;
  }

  /** Ends what {@link #stop} began; doomed threads stay so. */
  static void calm() {
    DOOMED.removeIf(thread -> !thread.isAlive());
    stopping = null;
    alarm = !DOOMED.isEmpty();
  }
}
