package odeum.kernel;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Sends for the threads of cells. An interrupt in the middle of a send would close the socket, so
 * they never touch one themselves.
 */
final class Publisher {
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("odeum-publish").factory());

  /** Does the work after all that was given before. */
  void post(Runnable work) {
    executor.execute(work);
  }

  /** Does the work after a while. */
  void later(Runnable work, long millis) {
    Future<?> unused = executor.schedule(work, millis, TimeUnit.MILLISECONDS);
  }

  /** Waits until all is done that was given before, whatever the caller's interrupts. */
  void await() {
    Future<?> done = executor.submit(() -> {});
    boolean interrupted = false;
    while (!done.isDone()) {
      try {
        done.get();
      } catch (InterruptedException later) {
        interrupted = true;
      } catch (ExecutionException | CancellationException lost) {
        break;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
