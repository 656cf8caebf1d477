package odeum.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.function.LongSupplier;

/**
 * Halts "Run All" at the first error. A notebook sends all its cells at once, so what was sent
 * before the error was known must not run. The sender's clock may be off: the smallest delay seen
 * tells by how much.
 */
final class HaltedRun {
  private final LongSupplier clock;
  private long smallestDelay = Long.MAX_VALUE;
  private long errorAt = Long.MIN_VALUE;

  HaltedRun() {
    this(System::currentTimeMillis);
  }

  HaltedRun(LongSupplier clock) {
    this.clock = clock;
  }

  /** Notes that a cell has failed just now. */
  void begin() {
    errorAt = clock.getAsLong();
  }

  /**
   * {@return whether a request sent at this time, in ISO form, was sent before the last error was
   * known}
   */
  boolean covers(String sentAt) {
    long sent;
    try {
      sent = millis(sentAt);
    } catch (DateTimeException unreadable) {
      return false;
    }
    smallestDelay = Math.min(smallestDelay, clock.getAsLong() - sent);
    return sent + smallestDelay < errorAt;
  }

  private static long millis(String time) {
    return instant(time).toEpochMilli();
  }

  /** {@return the moment of a message's date, which comes with and without a zone} */
  static Instant instant(String time) {
    boolean zoned = time.endsWith("Z") || time.matches(".*[+-]\\d\\d:?\\d\\d$");
    return zoned ? OffsetDateTime.parse(time).toInstant() : Instant.parse(time + "Z");
  }
}
