package odeum.simd;

/** What this machine is asked to use. */
public final class Machine {
  /** Whether the loops take their vector versions. Read without a lock: both give the same bits. */
  static boolean vector;

  private Machine() {}

  /** {@return whether the loops run on the Vector API just now; no result depends on it} */
  public static boolean vector() {
    return vector;
  }

  /**
   * Counts work done, so that a long job gets its vector code compiled in the background.
   *
   * @param elementOperations about one nanosecond each
   */
  public static void worked(long elementOperations) {}
}
