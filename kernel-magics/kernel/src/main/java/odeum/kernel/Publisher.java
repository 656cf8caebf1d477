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
  private volatile Thread own;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = Thread.ofPlatform().daemon().name("odeum-publish").unstarted(work);
            own = thread;
            return thread;
          });

  /** Does the work and waits for it, whatever the caller's interrupts. */
  void send(Runnable work) {
    if (Thread.currentThread() == own) {
      work.run();
      return;
    }
    Future<?> sent = executor.submit(work);
    boolean interrupted = false;
    while (!sent.isDone()) {
      try {
        sent.get();
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

  /** Does the work after a while. */
  void later(Runnable work, long millis) {
    Future<?> unused = executor.schedule(work, millis, TimeUnit.MILLISECONDS);
  }
}
