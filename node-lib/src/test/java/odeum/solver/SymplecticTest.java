package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.graph.Tracer;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long times with symplectic steps. */
class SymplecticTest {
  private static final OdeTerm SPRING =
      OdeTerm.of((t, y, p) -> Tracer.stack(y.get(1), y.get(0).times(-1)), 2);

  private static final OdeTerm PENDULUM =
      OdeTerm.of((t, y, p) -> Tracer.stack(y.get(1), y.get(0).sin().times(-1)), 2);

  /** Velocity Verlet, computed apart from this library: the energy never exceeds its start. */
  @Test
  void verletKeepsTheEnergyOfASpring() {
    Solution solution =
        Integrator.fixed(Solvers.verlet(), 0.1)
            .withSaveAt(SaveAt.steps())
            .solve(Problem.of(SPRING, Tensor.vector(1, 0), 0, 1000));
    assertEquals(10_001, solution.size());
    double[] q = solution.values("y0");
    double[] p = solution.values("y1");
    double lowest = 0;
    for (int i = 0; i < q.length; i++) {
      double error = (q[i] * q[i] + p[i] * p[i] - 1) / 2;
      lowest = Math.min(lowest, error);
      assertTrue(error < 2e-12, "step " + i + ": " + error);
    }
    assertEquals(-1.25e-3, lowest, 1e-6);
    assertEquals(0.179151620759, solution.last("y0"), 1e-11);
  }

  @ParameterizedTest
  @CsvSource({"verlet, 2e-3", "ruth3, 2e-4", "yoshida4, 1e-3", "yoshida6, 2e-5", "rk4, 1e-4"})
  void theEnergyOfAPendulumStays(String name, double allowed) {
    Solution solution =
        Integrator.fixed(Solvers.named(name), 0.1)
            .withSaveAt(SaveAt.steps())
            .solve(Problem.of(PENDULUM, Tensor.vector(1, 0), 0, 1000));
    double early = energyError(solution, 0, 1000);
    double late = energyError(solution, 9000, 10_001);
    assertTrue(early < allowed && late < allowed, early + " early, " + late + " late");
    if (name.equals("rk4")) {
      assertTrue(late > 5 * early, "what is not symplectic drifts: " + early + ", " + late);
    } else {
      assertTrue(late < 1.1 * early, early + " early, " + late + " late");
    }
  }

  private static double energyError(Solution solution, int from, int to) {
    double largest = 0;
    for (int i = from; i < to; i++) {
      double q = solution.state(i).at(0);
      double p = solution.state(i).at(1);
      double error = p * p / 2 - StrictMath.cos(q) + StrictMath.cos(1);
      largest = Math.max(largest, Math.abs(error));
    }
    return largest;
  }

  /** A palindrome of kicks and drifts undoes itself. */
  @ParameterizedTest
  @CsvSource({"verlet", "yoshida4", "yoshida6"})
  void stepsBackUndoSteps(String name) {
    Integrator integrator = Integrator.fixed(Solvers.named(name), 0.1).withSaveAt(SaveAt.end());
    Tensor start = Tensor.vector(1, 0);
    Tensor there = integrator.solve(Problem.of(PENDULUM, start, 0, 100)).state(1);
    Tensor back = integrator.solve(Problem.of(PENDULUM, there, 100, 0)).state(1);
    assertArrayEquals(start.toArray(), back.toArray(), 1e-12);
  }

  /** A traced field and the same by hand, told which values are positions, take the same steps. */
  @Test
  void aSeparableTermByHandIsTheSame() {
    OdeTerm hand =
        OdeTerm.separable(
            new boolean[] {true, false},
            (t, y, dy) -> {
              dy[0] = y[1];
              dy[1] = -y[0];
            });
    for (Solver solver : TestEquation.solvers()) {
      if (solver instanceof SymplecticMethod) {
        Integrator integrator = Integrator.fixed(solver, 0.1);
        Solution traced = integrator.solve(Problem.of(SPRING, Tensor.vector(1, 0.5), 0, 10));
        Solution byHand = integrator.solve(Problem.of(hand, Tensor.vector(1, 0.5), 0, 10));
        assertArrayEquals(traced.values("y0"), byHand.values("y0"), 1e-15);
      }
    }
  }

  @Test
  void whatCannotBeSeparatedIsRefused() {
    OdeTerm damped =
        OdeTerm.of(
            (t, y, p) -> Tracer.stack(y.get(1), y.get(0).plus(y.get(1).times(0.1)).times(-1)), 2);
    Problem problem = Problem.of(damped, Tensor.vector(1, 0), 0, 1);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Integrator.fixed(Solvers.verlet(), 0.1).solve(problem))
            .getMessage();
    assertTrue(message.startsWith("verlet needs positions"), message);
    assertTrue(message.contains("tsit5"), message);
  }
}
