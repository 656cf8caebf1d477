package odeum.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.magics.Interrupts;
import org.dflib.jjava.jupyter.messages.Header;
import org.dflib.jjava.jupyter.messages.KernelTimestamp;
import org.dflib.jjava.jupyter.messages.MessageType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TurnTest {
  private final Turn turn = new Turn();

  private static Header<?> sent(String session, int second) {
    KernelTimestamp time = new KernelTimestamp("2026-01-01T00:00:%02d.5Z".formatted(second));
    return new Header<>("id", "user", session, time, MessageType.EXECUTE_REQUEST, "5.3");
  }

  @AfterEach
  void clear() {
    Interrupts.clear();
  }

  @Test
  void anInterruptMayOvertakeItsCell() {
    assertFalse(turn.interrupts(sent("a", 2)));
    assertTrue(turn.begin(sent("a", 1)), "sent before the interrupt");
    turn.end();
    assertFalse(turn.begin(sent("a", 3)), "sent after it");
    turn.end();
    assertFalse(turn.begin(sent("b", 1)), "another clock");
  }

  @Test
  void anInterruptMayComeTooLate() {
    assertFalse(turn.begin(sent("a", 5)));
    assertFalse(turn.interrupts(sent("a", 4)), "meant for the cell before");
    assertFalse(Interrupts.pending());
    assertTrue(turn.interrupts(sent("b", 4)), "another clock");
    assertTrue(Interrupts.pending());
  }
}
