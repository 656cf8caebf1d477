package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ButcherTableauTest {
  private static final String ALL = "odeum.solver.TestEquation#explicitSolvers";
  private static final double MUTATION = 1e-2;

  /** A weight shifted between two stages keeps every sum, so only the order can tell. */
  @ParameterizedTest
  @MethodSource(ALL)
  void theOrderTestCatchesAMutatedWeight(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    if (tableau.stages() == 1) {
      return; // Euler's only weight is held by its sum
    }
    double[] b = own(tableau.weights(), tableau.stages());
    b[0] += MUTATION;
    b[1] -= MUTATION;
    double[][] a = rows(tableau);
    if (tableau.isFirstSameAsLast()) {
      a[tableau.closing()] = own(b, tableau.closing());
    }
    assertFalse(hasOrder(tableau.order(), times(tableau), a, b));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theOrderTestCatchesAMutatedStage(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    double[] b = own(tableau.weights(), tableau.stages());
    for (int i = 2; i < tableau.stages(); i++) {
      if (i == tableau.closing() || b[i] == 0) {
        continue; // one is b again, the other matters less
      }
      double[][] a = rows(tableau);
      a[i][0] += MUTATION;
      a[i][1] -= MUTATION;
      assertFalse(hasOrder(tableau.order(), times(tableau), a, b), "stage " + i);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theSameCoefficientsUnchangedPass(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    double[] b = own(tableau.weights(), tableau.stages());
    assertTrue(hasOrder(tableau.order(), times(tableau), rows(tableau), b));
  }

  private static boolean hasOrder(int order, double[] c, double[][] a, double[] b) {
    ButcherTableau mutant = ButcherTableau.of(order, c, a, b);
    // Dormand, Prince and Tsitouras made the leading error small, so their rates seem higher.
    return Convergence.stepRate(new RungeKutta("mutant", mutant)) > order + 0.45;
  }

  private static double[] own(double[] values, int count) {
    return java.util.Arrays.copyOf(values, count);
  }

  private static double[] times(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages()).mapToDouble(tableau::c).toArray();
  }

  private static double[][] rows(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages())
        .mapToObj(i -> tableau.row(i).clone())
        .toArray(double[][]::new);
  }

  @Test
  void theDenseOrderTestCatchesAMutatedCorrection() {
    double[] correction = {
      -1.0530884977290216,
      0.1017,
      2.490627285651253,
      -16.548102889244905,
      47.37952196281928,
      -34.87065786149661,
      2.5
    };
    correction[2] += MUTATION;
    correction[3] -= MUTATION;
    ButcherTableau mutant = Tableaus.TSIT5.withHermite(new double[0], new double[0][], correction);
    double rate = Convergence.denseRate(new RungeKutta("mutant", mutant));
    assertTrue(Math.abs(rate - 5) > 0.2, () -> "seen " + rate);
  }

  @Test
  void theEstimateOfAMutatedPairShrinksTooSlowly() {
    assertEquals(5, estimateRate(Tableaus.TSIT5), 0.2);
    double[] error = own(Tableaus.TSIT5.errorWeights(0), 7);
    error[1] += MUTATION;
    error[2] -= MUTATION;
    double rate = estimateRate(Tableaus.TSIT5.withError(5, error));
    assertTrue(Math.abs(rate - 5) > 0.2, () -> "seen " + rate);
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#embeddedSolvers")
  void theEstimateShrinksWithItsOrder(AdaptiveSolver solver) {
    double rate = estimateRate(((ExplicitRungeKutta) solver).tableau());
    assertEquals(((EmbeddedRungeKutta) solver).errorOrder(), rate, 0.3);
  }

  private static double estimateRate(ButcherTableau tableau) {
    double h = tableau.order() > 8 ? 0.5 : tableau.order() > 5 ? 0.4 : 0.04;
    return Convergence.rate(estimate(tableau, h), estimate(tableau, h / 2));
  }

  private static double estimate(ButcherTableau tableau, double h) {
    TestEquation equation = TestEquation.KEPLER;
    RungeKuttaStep step = new RungeKuttaStep(tableau, equation.term().open(), 4);
    step.moveTo(0.5, equation.exact(0.5));
    step.attempt(0.5 + h);
    return new ErrorNorm(Pid.of(0, 1), 4).of(step);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void denseWeightsFitTheStep(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    for (int i = 0; i < tableau.allStages(); i++) {
      assertEquals(0, tableau.weight(i, 0));
      // The polynomials of order 9 have coefficients of some thousands.
      double allowed = tableau.order() > 8 ? 1e-11 : 1e-12;
      assertEquals(tableau.b(i), tableau.weight(i, 1), allowed);
      double difference = (tableau.weight(i, 0.3 + 1e-6) - tableau.weight(i, 0.3 - 1e-6)) / 2e-6;
      assertEquals(difference, tableau.weightDerivative(i, 0.3), 1e-6);
      if (tableau.closing() >= 0) {
        assertEquals(i == 0 ? 1 : 0, tableau.weightDerivative(i, 0), 1e-12);
        assertEquals(i == tableau.closing() ? 1 : 0, tableau.weightDerivative(i, 1), 10 * allowed);
      }
    }
  }

  /** Tsitouras printed his interpolant as products; here it is Hermite's plus a correction. */
  @Test
  void tsit5HasTheInterpolantOfThePaper() {
    ButcherTableau tableau = Tableaus.TSIT5;
    for (double x = 0.1; x < 1; x += 0.2) {
      double first =
          -1.0530884977290216
              * x
              * (x - 1.3299890189751412)
              * (x * x - 1.4364028541716351 * x + 0.7139816917074209);
      double fourth =
          -16.54810288924490272 * (x - 1.21712927295533244) * (x - 0.61620406037800089) * x * x;
      double last = 2.5 * (x - 1) * (x - 0.6) * x * x;
      assertEquals(first, tableau.weight(0, x), 1e-14);
      assertEquals(fourth, tableau.weight(3, x), 1e-14);
      assertEquals(last, tableau.weight(6, x), 1e-14);
    }
  }

  @Test
  void refusesCoefficientsThatDoNotAddUp() {
    double[] c = {0, 0.5};
    double[][] a = {{}, {0.5}};
    double[] b = {0, 1};
    refused("sum to c", () -> ButcherTableau.of(2, new double[] {0, 0.6}, a, b));
    refused("sum to 1", () -> ButcherTableau.of(2, c, a, new double[] {0, 0.9}));
    refused("sum to 0", () -> ButcherTableau.of(2, c, a, b).withError(2, new double[] {1, -0.9}));
    refused("as many", () -> ButcherTableau.of(2, c, new double[][] {{}}, b));
    refused("more than 0", () -> ButcherTableau.of(2, c, new double[][] {{0}, {0.5}}, b));
    refused(
        "p must sum",
        () ->
            ButcherTableau.of(2, c, a, b)
                .withHermite(new double[0], new double[0][], new double[] {1, 0, 0}));
    refused("no error weights", () -> new EmbeddedRungeKutta("x", ButcherTableau.of(2, c, a, b)));
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable build) {
    String message = assertThrows(IllegalArgumentException.class, build).getMessage();
    assertTrue(message.contains(why), message);
  }

  /** The constants, the list of solvers and the package's table are a triple. */
  @Test
  void thePackageTableListsEverySolver() throws IOException {
    java.nio.file.Path source =
        java.nio.file.Path.of("src/main/java/odeum/solver/package-info.java");
    String table = java.nio.file.Files.readString(source, StandardCharsets.UTF_8);
    for (Solver solver : Solvers.all()) {
      String row = "<tr><td>%s</td><td>%d".formatted(solver.name(), solver.order());
      assertTrue(table.contains(row), row);
    }
    assertEquals(Solvers.all().size(), table.split("<tr><td>", -1).length - 1);
  }

  /** On the real axis the modulus of the real function; elsewhere the growth seen in a step. */
  @ParameterizedTest
  @MethodSource(ALL)
  void stabilityOffTheRealAxis(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    for (double[] z : new double[][] {{-1, 0}, {0.3, 0}, {0, 1}, {-0.7, 1.3}, {-2, -0.4}}) {
      double growth = tableau.stability(z[0], z[1]);
      if (z[1] == 0) {
        assertEquals(Math.abs(tableau.stability(z[0])), growth, 1e-14);
      }
      OdeTerm spiral =
          OdeTerm.of(
              2,
              (t, y, dy) -> {
                dy[0] = z[0] * y[0] - z[1] * y[1];
                dy[1] = z[1] * y[0] + z[0] * y[1];
              });
      Solution step =
          Integrator.fixed(solver, 1).solve(Problem.of(spiral, Tensor.vector(0.6, 0.8), 0, 1));
      double x = step.last("y0");
      double y = step.last("y1");
      assertEquals(Math.sqrt(x * x + y * y), growth, 1e-13);
    }
  }
}
