package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SolversTest {
  @Test
  void findsEachByItsName() {
    for (Solver solver : Solvers.all()) {
      assertSame(solver, Solvers.named(solver.name()));
    }
    assertSame(Solvers.dopri5(), Solvers.named("rk45"));
    assertSame(Solvers.dopri8(), Solvers.named("dop853"));
  }

  @Test
  void suggestsTheNearestName() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Solvers.named("tist5")).getMessage();
    assertTrue(message.startsWith("Unknown solver 'tist5'. Did you mean 'tsit5'? "), message);
  }

  @Test
  void asksForAStepWhereThereIsNoEstimate() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Integrator.of(Solvers.rk4()))
            .getMessage();
    assertTrue(message.startsWith("rk4 has no error estimate"), message);
    assertEquals(Pid.of(1e-6, 1e-9), Integrator.of(Solvers.tsit5()).controller());
  }
}
