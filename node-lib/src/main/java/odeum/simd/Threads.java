package odeum.simd;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;

/**
 * Work shared out to the threads that {@code odeum.threads} allows: those of the common pool, which
 * are daemons and keep no JVM alive. Waiting ignores interrupts and leaves the flag as it was.
 */
public final class Threads {
  private Threads() {}

  /** {@return how many threads there may be} */
  public static int count() {
    return Machine.THREADS;
  }

  /** Does this work so many times, side by side, and waits; with one worker it runs right here. */
  public static void run(int workers, Runnable work) {
    if (workers <= 1) {
      work.run();
      return;
    }
    List<ForkJoinTask<?>> tasks = new ArrayList<>();
    for (int i = 0; i < workers; i++) {
      tasks.add(ForkJoinTask.adapt(work));
    }
    ForkJoinTask.invokeAll(tasks);
  }
}
