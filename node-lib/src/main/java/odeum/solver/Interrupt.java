package odeum.solver;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Whether a solve is to stop: its thread was interrupted, one of the given suppliers says so, or
 * its time is over.
 */
final class Interrupt {
  private final BooleanSupplier[] stops;
  private final boolean timed;
  private final long begin;
  private final long nanoseconds;

  /** The time runs from now on. */
  Interrupt(List<BooleanSupplier> stops, Optional<Duration> time) {
    this.stops = stops.toArray(BooleanSupplier[]::new);
    this.timed = time.isPresent();
    this.begin = timed ? System.nanoTime() : 0;
    this.nanoseconds = time.map(Duration::toNanos).orElse(0L);
  }

  /** {@return why to stop, or null to go on} */
  Result requested() {
    boolean stop = Thread.currentThread().isInterrupted();
    for (BooleanSupplier each : stops) {
      stop |= each.getAsBoolean();
    }
    if (stop) {
      return Result.INTERRUPTED;
    }
    return timed && System.nanoTime() - begin >= nanoseconds ? Result.OUT_OF_TIME : null;
  }
}
