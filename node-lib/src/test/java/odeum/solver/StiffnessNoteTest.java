package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StiffnessNoteTest {
  private static final Problem VAN_DER_POL =
      Problem.of(
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = y[1];
                dy[1] = 1000 * (1 - y[0] * y[0]) * y[1] - y[0];
              }),
          Tensor.vector(2, 0),
          0,
          10);

  private static final Problem LOTKA_VOLTERRA =
      Problem.of(
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = 1.5 * y[0] - y[0] * y[1];
                dy[1] = -3 * y[1] + y[0] * y[1];
              }),
          Tensor.vector(1, 1),
          0,
          100);

  private static final Problem PENDULUM =
      Problem.of(
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = y[1];
                dy[1] = -9.81 * StrictMath.sin(y[0]) - 0.1 * y[1];
              }),
          Tensor.vector(3, 0),
          0,
          60);

  @ParameterizedTest
  @ValueSource(strings = {"tsit5", "dopri5", "dopri8", "heun"})
  void vanDerPolIsNoted(String name) {
    Solution solution = Integrator.of(Solvers.named(name)).solve(VAN_DER_POL);
    assertEquals(1, solution.notes().size());
    String note = solution.notes().getFirst();
    assertTrue(note.startsWith("the system looks stiff from t = 0.00"), note);
    assertTrue(solution.toString().endsWith(note));
  }

  @Test
  void runningOutOfStepsSaysSo() {
    Solution solution = Integrator.of(Solvers.tsit5()).withMaxSteps(1000).solve(VAN_DER_POL);
    assertEquals(Result.MAX_STEPS_REACHED, solution.result());
    assertTrue(solution.message().contains("The system looks stiff from"), solution.message());
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#adaptiveSolvers")
  void harmlessSystemsAreNot(AdaptiveSolver solver) {
    for (double rtol : new double[] {1e-3, 1e-6, 1e-9}) {
      if (solver.order() < 4 && rtol < 1e-6) {
        continue; // too many steps
      }
      Integrator integrator = Integrator.adaptive(solver, Pid.of(rtol, rtol * 1e-3));
      for (Problem problem : List.of(LOTKA_VOLTERRA, PENDULUM)) {
        assertEquals(List.of(), integrator.solve(problem).notes());
      }
    }
  }

  /** Followed long beyond its end, a decay looks stiff, but costs only some dozen steps. */
  @Test
  void aDecayIsNot() {
    OdeTerm decay = OdeTerm.of(1, (t, y, dy) -> dy[0] = -y[0]);
    Solution solution =
        Integrator.of(Solvers.tsit5()).solve(Problem.of(decay, Tensor.vector(1), 0, 100));
    assertEquals(List.of(), solution.notes());
  }

  /** Steps forced too large are unstable for a reason of their own. */
  @Test
  void fixedStepsAreNot() {
    Solution solution =
        Integrator.fixed(Solvers.rk4(), 0.75).withSaveAt(SaveAt.end()).solve(PENDULUM);
    assertEquals(List.of(), solution.notes());
  }
}
