package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One step of {@code y' = z y} with size 1 multiplies by R(z). */
class StabilityTest {
  private static double factor(Solver solver, double z) {
    OdeTerm term = OdeTerm.of((t, y, p) -> y.times(z), 1);
    Problem problem = Problem.of(term, Tensor.vector(1), 0, 1);
    return Integrator.fixed(solver, 1).solve(problem).last("y0");
  }

  /** The approximation of Padé of the exponential, for orders whose method has it. */
  @ParameterizedTest
  @CsvSource({
    "implicit-euler, -1, 0.5",
    "implicit-euler, -0.5, 0.6666666666666666",
    "trapezoid, -1, 0.3333333333333333",
    "trapezoid, -0.5, 0.6",
    "implicit-midpoint, -1, 0.3333333333333333",
    "implicit-midpoint, -0.5, 0.6",
    "implicit-euler, -1e6, 9.99999000001e-7",
    "trapezoid, -1e6, -0.999996000008",
    "implicit-midpoint, -1e6, -0.999996000008"
  })
  void valuesOfClosedForm(String name, double z, double expected) {
    assertEquals(expected, factor(Solvers.named(name), z), 1e-12 * Math.max(1, Math.abs(z) * 1e-4));
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#stiffSolvers")
  void aStepHasTheFactorOfItsTableau(AdaptiveSolver solver) {
    for (double z : new double[] {-0.1, -1, -10, -1e3, -1e6, 0.1}) {
      double expected =
          switch (solver) {
            case ImplicitRungeKutta implicit -> implicit.tableau().stability(z);
            case AdditiveRungeKutta additive -> additive.tableau().implicit().stability(z);
            case RosenbrockMethod rosenbrock -> stability(rosenbrock.tableau(), z);
            default -> throw new AssertionError(solver);
          };
      // Slopes are z times the state, and their sum nearly cancels.
      double rounding = 1e-15 * Math.max(10, Math.abs(z));
      assertEquals(expected, factor(solver, z), 100 * rounding, "z = " + z);
    }
  }

  /** The stages of a Rosenbrock method for the same equation. */
  private static double stability(RosenbrockTableau tableau, double z) {
    double[] k = new double[tableau.stages()];
    double end = 1;
    for (int i = 0; i < k.length; i++) {
      double state = 1;
      double coupled = 0;
      for (int j = 0; j < i; j++) {
        state += tableau.row(i)[j] * k[j];
        coupled += tableau.coupling(i, j) * k[j];
      }
      k[i] = (z * state + coupled) / (1 / tableau.gamma() - z);
      end += tableau.m(i) * k[i];
    }
    return end;
  }

  @ParameterizedTest
  @ValueSource(strings = {"implicit-euler", "kvaerno3", "kvaerno5", "kencarp4", "rodas5p"})
  void stronglyDampedPartsVanish(String name) {
    Solver solver = Solvers.named(name);
    assertTrue(Math.abs(factor(solver, -1e6)) < 1e-4, () -> name + factor(solver, -1e6));
    assertTrue(Math.abs(factor(solver, -1e9)) < 1e-6, () -> name + factor(solver, -1e9));
    for (double z = -0.01; z > -1e8; z *= 1.5) {
      double damped = z;
      assertTrue(Math.abs(factor(solver, z)) < 1, () -> name + " at " + damped);
    }
  }
}
