package odeum.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class StructureTest {
  private static final Structure NET =
      Structure.EMPTY.and("weight", Shape.of(2, 3)).and("bias", Shape.of(3));
  private static final Structure ALL =
      Structure.EMPTY.and("g", Shape.of()).and("net", NET).and("tail", Shape.of(2));

  @Test
  void partsLieOneAfterTheOther() {
    assertEquals(List.of("g", "net.weight", "net.bias", "tail"), ALL.names());
    assertEquals(12, ALL.size());
    assertEquals(7, ALL.part("net.bias").offset());
    assertEquals(1, ALL.offset("net"));
  }

  @Test
  void membersLoseTheirPrefix() {
    assertEquals(NET, ALL.members("net"));
    assertEquals(List.of(""), ALL.members("g").names());
  }

  @Test
  void mistakesAreNamed() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> ALL.part("nett")).getMessage();
    assertEquals("There is no 'nett'. Known: g net.weight net.bias tail.", message);
    assertThrows(IllegalArgumentException.class, () -> ALL.members("none"));
    assertThrows(IllegalArgumentException.class, () -> ALL.and("g", Shape.of()));
  }
}
