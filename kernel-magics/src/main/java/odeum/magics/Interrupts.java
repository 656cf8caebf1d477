package odeum.magics;

/**
 * The user's wish to stop the running cell. Long work asks {@link #requested} once per step or
 * batch and ends in good order: the kernel gives work that asks some time before it cancels the
 * cell's thread.
 */
public final class Interrupts {
  private static volatile boolean requested;
  private static volatile boolean heeded;

  private Interrupts() {}

  /** Asks the running cell to stop. */
  public static void request() {
    requested = true;
  }

  /** {@return whether the cell should stop now} */
  public static boolean requested() {
    if (!heeded) {
      heeded = true;
    }
    return requested || Thread.currentThread().isInterrupted();
  }

  /** {@return whether a stop was asked, without the promise to heed it; for the kernel} */
  public static boolean pending() {
    return requested;
  }

  /** {@return whether something in this cell has asked, and so can stop by itself} */
  public static boolean heeded() {
    return heeded;
  }

  /** Begins a new statement of a cell, which has not asked yet. */
  public static void nextStatement() {
    heeded = false;
  }

  /** Begins a new cell. */
  public static void clear() {
    requested = false;
    heeded = false;
  }
}
