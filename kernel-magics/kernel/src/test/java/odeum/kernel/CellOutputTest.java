package odeum.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellOutputTest {
  private final CellOutput output = new CellOutput(new Publisher());
  private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

  @Test
  void keepsTheOrderOfTheStreams() {
    output.attach((name, text) -> sent.add(name + ":" + text));
    output.out().print("a");
    output.out().print("b");
    output.err().print("c");
    output.out().print("d");
    output.drain();
    assertEquals(List.of("OUT:ab", "ERR:c", "OUT:d"), sent);
  }

  @Test
  void neverCutsACharacter() {
    output.attach((name, text) -> sent.add(text));
    String text = "aä€😀".repeat(20_000);
    for (byte one : text.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      output.out().write(one);
    }
    output.drain();
    assertEquals(text, String.join("", sent));
    assertTrue(sent.size() > 1);
  }

  @Test
  void whatAnEarlierCellPrintedGoesToIt() {
    List<String> later = new ArrayList<>();
    output.attach((name, text) -> sent.add(text));
    output.out().print("first");
    output.attach((name, text) -> later.add(text));
    output.out().print("second");
    output.drain();
    assertEquals(List.of("first"), sent);
    assertEquals(List.of("second"), later);
  }
}
