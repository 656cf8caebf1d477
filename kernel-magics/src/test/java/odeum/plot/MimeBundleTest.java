package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MimeBundleTest {
  @Test
  void formsKeepTheirOrderAndDoNotChangeLater() {
    List<Object> numbers = new ArrayList<>(List.of(1, 2.5));
    MimeBundle bundle = MimeBundle.of("text").with("application/json", Map.of("a", numbers));
    numbers.add("later");
    assertEquals(List.of("text/plain", "application/json"), List.copyOf(bundle.data().keySet()));
    assertEquals(Map.of("a", List.of(1, 2.5)), bundle.data().get("application/json"));
    assertThrows(UnsupportedOperationException.class, () -> bundle.data().put("a", "b"));
  }

  @Test
  void whatAKernelCannotSendIsRefused() {
    MimeBundle bundle = MimeBundle.of("text");
    for (Object bad : List.of(Double.NaN, Double.NEGATIVE_INFINITY, new double[1])) {
      var refused =
          assertThrows(
              IllegalArgumentException.class, () -> bundle.with("a/b", Map.of("x", List.of(bad))));
      assertTrue(refused.getMessage().contains("a/b"), refused.getMessage());
    }
    assertThrows(IllegalArgumentException.class, () -> new MimeBundle(Map.of("a/b", "only")));
  }

  @Test
  void tablesAlignTextLeftAndNumbersRight() {
    TextTable table = TextTable.of("solver", "order").row("rk4", 4).row("dopri8", 12).row("α", 1.5);
    assertEquals(
        """
        solver  order
        ------  -----
        rk4         4
        dopri8     12
        α         1.5""",
        table.text());
    assertEquals(
        "a  b\nccc  d".replace("a  b", "a    b"),
        TextTable.of("", "").row("a", "b").row("ccc", "d").text());
    assertEquals(
        """
           time    memory
        -------  --------
        0.52 ms  1,170 kB
         125 ms         -""",
        TextTable.of("time", "memory").row("0.52 ms", "1,170 kB").row("125 ms", "-").text());
    assertThrows(IllegalArgumentException.class, () -> table.row("too few"));
  }
}
