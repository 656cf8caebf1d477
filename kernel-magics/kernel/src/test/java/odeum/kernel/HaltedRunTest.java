package odeum.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HaltedRunTest {
  private long now = 1_000_000;

  private static String sent(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** The sender's clock is ahead of ours, right, or behind, in milliseconds. */
  @ParameterizedTest
  @ValueSource(longs = {-60_000, -30, 0, 30, 60_000})
  void whatWasQueuedBehindAnErrorIsHaltedWhateverTheSendersClockSays(long ahead) {
    HaltedRun run = new HaltedRun(() -> now);
    long latency = 20;
    String failing = sent(now + ahead);
    String queued = sent(now + ahead + 1);
    now += latency;
    assertFalse(run.covers(failing));
    now += 100;
    run.begin();
    assertTrue(run.covers(queued));
    now += 200;
    String later = sent(now + ahead);
    now += latency;
    assertFalse(run.covers(later), "a cell that is run after the error was seen");
  }

  @Test
  void timesComeWithAndWithoutAZone() {
    HaltedRun run = new HaltedRun(() -> now);
    String instant = sent(now);
    assertFalse(run.covers(instant));
    now += 100;
    run.begin();
    String plain = instant.substring(0, instant.length() - 1);
    assertTrue(run.covers(plain));
    assertTrue(run.covers(plain + "+00:00"));
    assertFalse(run.covers("yesterday"), "an unreadable time halts nothing");
  }
}
