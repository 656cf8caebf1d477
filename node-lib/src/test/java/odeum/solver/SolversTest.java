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

  /** Every hint names a solver there is. */
  @Test
  void methodsOfOtherProgramsHaveKinHere() {
    String[][] kin = {
      {"radau", "rodas5p"},
      {"Radau", "rodas5p"},
      {"BDF", "rodas5p"},
      {"ode15s", "rodas5p"},
      {"lsoda", "auto"},
      {"ode45", "dopri5"},
      {"DP5", "dopri5"},
      {"leapfrog", "verlet"},
      {"Crank-Nicolson", "trapezoid"},
      {"TRBDF2", "kvaerno5"}
    };
    for (String[] pair : kin) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> Solvers.named(pair[0])).getMessage();
      assertTrue(
          message.startsWith("Unknown solver '" + pair[0] + "'. Try '" + pair[1] + "': "), message);
      assertEquals(pair[1], Solvers.named(pair[1]).name());
    }
    for (String here : SolverKin.suggested()) {
      assertEquals(here, Solvers.named(here).name());
    }
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
