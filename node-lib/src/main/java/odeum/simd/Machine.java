package odeum.simd;

import java.lang.System.Logger.Level;

/**
 * How the loops run on this machine. They start as plain Java, which is fast at once. A long job
 * has the versions on the Vector API compiled in the background and changes over to them; no result
 * depends on it.
 *
 * <p>System properties: {@code odeum.simd} is {@code auto}, {@code scalar} or {@code vector} (from
 * the first call on, for tests and benchmarks); {@code odeum.threads} is how many threads share a
 * large matrix product, by default one per processor. Without the module {@code
 * jdk.incubator.vector} all loops stay plain.
 */
public final class Machine {
  /** Below this many elements the plain loop is as fast. No vector of ours is longer. */
  static final int LEAST = 8;

  /** In nanoseconds of plain loops, about. */
  private static final long LONG_JOB = 100_000_000;

  static final int THREADS =
      Math.max(1, Integer.getInteger("odeum.threads", Runtime.getRuntime().availableProcessors()));

  // What takes its vector version. Read without a lock: the bits are the same either way.
  static boolean loops;
  static boolean functions;
  static boolean lanes;
  static boolean products;

  private static boolean mayWarm;
  private static long work;

  static {
    String mode = System.getProperty("odeum.simd", "auto");
    switch (mode) {
      case "auto" -> mayWarm = hasVectors();
      case "vector" -> useVectors();
      case "scalar" -> {}
      default -> log("odeum.simd=" + mode + " is unknown: write auto, scalar or vector");
    }
  }

  private Machine() {}

  /** {@return whether loops run on the Vector API just now} */
  public static boolean vector() {
    return loops || functions || lanes || products;
  }

  /**
   * Counts work done, so that a long job gets its vector code. Cheap enough for every run of a
   * program, and may be called from any thread.
   *
   * @param elementOperations of about a nanosecond each
   */
  public static void worked(long elementOperations) {
    if (mayWarm) {
      work += elementOperations;
      if (work >= LONG_JOB) {
        warm();
      }
    }
  }

  private static synchronized void warm() {
    if (mayWarm) {
      mayWarm = false;
      Warming.start();
    }
  }

  private static boolean hasVectors() {
    return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
  }

  private static void useVectors() {
    if (hasVectors()) {
      use(true);
    } else {
      log("odeum.simd=vector needs the JVM option --add-modules jdk.incubator.vector");
    }
  }

  /** Changes over all at once, or back. */
  static void use(boolean vector) {
    loops = vector;
    functions = vector;
    lanes = vector && VectorLanes.USABLE;
    products = vector;
  }

  /** Changes over. */
  static void use(Kind kind) {
    switch (kind) {
      case LOOPS -> loops = true;
      case FUNCTIONS -> functions = true;
      case LANES -> lanes = true;
      case PRODUCTS -> products = true;
    }
  }

  /** What changes over together. */
  enum Kind {
    LOOPS,
    FUNCTIONS,
    LANES,
    PRODUCTS
  }

  private static void log(String message) {
    System.getLogger(Machine.class.getName()).log(Level.WARNING, message);
  }
}
