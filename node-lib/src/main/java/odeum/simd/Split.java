package odeum.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/**
 * Rows of a result shared out to threads. Each element is still computed by one thread in its one
 * order, so the bits do not depend on how many there are. The threads are those of the common pool:
 * daemons, which keep no JVM alive. Waiting ignores interrupts and leaves the flag as it was.
 */
final class Split {
  /** As many rows as the tallest tile: a boundary elsewhere would cost an overlap. */
  private static final int TILE = 8;

  // Multiplications in about a millisecond.
  private static final long VECTOR_MILLISECOND = 30_000_000;
  private static final long SCALAR_MILLISECOND = 3_000_000;

  private Split() {}

  /** Computes the rows from {@code from} to before {@code to}. */
  @FunctionalInterface
  interface Rows {
    void compute(int from, int to);
  }

  static boolean isWorthwhile(boolean vector, int m, int k, int n) {
    long work = (long) m * k * n;
    return work >= (vector ? VECTOR_MILLISECOND : SCALAR_MILLISECOND)
        && m > TILE
        && Machine.THREADS > 1;
  }

  static void rows(int m, Rows rows) {
    int tiles = (m + TILE - 1) / TILE;
    int parts = Math.min(Machine.THREADS, tiles);
    List<ForkJoinTask<?>> tasks = new ArrayList<>();
    for (int part = 0; part < parts; part++) {
      int from = TILE * (int) ((long) tiles * part / parts);
      int to = Math.min(m, TILE * (int) ((long) tiles * (part + 1) / parts));
      tasks.add(ForkJoinTask.adapt(() -> rows.compute(from, to)));
    }
    ForkJoinTask.invokeAll(tasks);
  }
}
