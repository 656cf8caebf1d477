package odeum.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NamesTest {
  private static final List<String> SOLVERS = List.of("euler", "heun", "dopri5", "dopri8", "tsit5");

  @Test
  void findsASlipButNotAnotherWord() {
    assertEquals(Optional.of("tsit5"), Names.nearest("tist5", SOLVERS));
    assertEquals(Optional.of("euler"), Names.nearest("Eular", SOLVERS));
    assertEquals(Optional.of("dopri5"), Names.nearest("dopri", SOLVERS));
    assertEquals(Optional.of("d"), Names.nearest("dd", List.of("a", "d")));
    assertEquals(Optional.empty(), Names.nearest("radau", SOLVERS));
    assertEquals(Optional.empty(), Names.nearest("q", List.of("a", "d")));
  }
}
