package odeum.kernel;

import java.time.DateTimeException;
import java.time.Instant;
import odeum.magics.Interrupts;
import org.dflib.jjava.jupyter.messages.Header;

/**
 * Which cell an interrupt is for. It comes on a channel of its own, so that it may overtake the
 * cell it is meant for, or meet the one after it. Only clocks of one sender are compared.
 */
final class Turn {
  private Header<?> running;
  private Header<?> early;

  /**
   * Begins a cell.
   *
   * @return whether an interrupt that was sent after it has already come
   */
  synchronized boolean begin(Header<?> cell) {
    Interrupts.clear();
    running = cell;
    return early != null && isBefore(cell, early);
  }

  /** Ends the cell. */
  synchronized void end() {
    running = null;
  }

  /** {@return whether the interrupt is for the cell that runs, which is now asked to stop} */
  synchronized boolean interrupts(Header<?> interrupt) {
    if (running == null) {
      early = interrupt;
      return false;
    }
    if (isBefore(interrupt, running)) {
      return false;
    }
    Interrupts.request();
    return true;
  }

  private static boolean isBefore(Header<?> first, Header<?> second) {
    try {
      return first.getSessionId() != null
          && first.getSessionId().equals(second.getSessionId())
          && sent(first).isBefore(sent(second));
    } catch (DateTimeException unreadable) {
      return false;
    }
  }

  private static Instant sent(Header<?> message) {
    return HaltedRun.instant(message.getTimestamp().getDateString());
  }
}
