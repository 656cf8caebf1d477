package odeum.solver;

import java.util.List;
import java.util.function.BooleanSupplier;

/** Whether a solve is to stop: its thread was interrupted, or one of these says so. */
final class Interrupt {
  private final BooleanSupplier[] stops;

  Interrupt(List<BooleanSupplier> stops) {
    this.stops = stops.toArray(BooleanSupplier[]::new);
  }

  /** Asks each of them. */
  boolean requested() {
    boolean stop = Thread.currentThread().isInterrupted();
    for (BooleanSupplier each : stops) {
      stop |= each.getAsBoolean();
    }
    return stop;
  }
}
