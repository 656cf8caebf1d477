package odeum.simd;

/** Working memory of a thread, so that a loop that needs some allocates nothing per call. */
final class Scratch {
  private static final ThreadLocal<double[]> OWN = ThreadLocal.withInitial(() -> new double[1024]);

  private Scratch() {}

  /**
   * {@return at least so many numbers, with anything in them; the next call hands them out again}
   */
  static double[] of(int length) {
    double[] own = OWN.get();
    if (own.length < length) {
      own = new double[length];
      OWN.set(own);
    }
    return own;
  }
}
