package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RosenbrockTableauTest {
  private static final RosenbrockTableau RODAS5P = RosenbrockTableaus.RODAS5P;
  private static final int STAGES = RODAS5P.stages();
  private static final double MUTATION = 1e-6;

  private static double[][] coupling() {
    double[][] rows = new double[STAGES][STAGES];
    for (int i = 0; i < STAGES; i++) {
      for (int j = 0; j < STAGES; j++) {
        rows[i][j] = RODAS5P.coupling(i, j);
      }
    }
    return rows;
  }

  private static double[][] stages() {
    double[][] rows = new double[STAGES][STAGES];
    for (int i = 0; i < STAGES; i++) {
      for (int j = 0; j < STAGES; j++) {
        rows[i][j] = RODAS5P.a(i, j);
      }
    }
    return rows;
  }

  /** G = (I / gamma - C)^-1, by forward substitution. */
  private static double[][] triangle(double[][] coupling) {
    double[][] g = new double[STAGES][STAGES];
    for (int i = 0; i < STAGES; i++) {
      g[i][i] = RODAS5P.gamma();
      for (int j = 0; j < i; j++) {
        for (int l = j; l < i; l++) {
          g[i][j] += RODAS5P.gamma() * coupling[i][l] * g[l][j];
        }
      }
    }
    return g;
  }

  private static double[] times(double[] row, double[][] matrix) {
    double[] product = new double[matrix.length];
    for (int j = 0; j < matrix.length; j++) {
      for (int l = 0; l < matrix.length; l++) {
        product[j] += row[l] * matrix[l][j];
      }
    }
    return product;
  }

  /** A node with one child weighs it by alpha + G, a node with more by alpha alone. */
  private static double residual(
      int order, double[][] a, double[][] coupling, double[] m, double x) {
    double[][] g = triangle(coupling);
    double[][] alpha = new double[STAGES][];
    double[][] beta = new double[STAGES][STAGES];
    for (int i = 0; i < STAGES; i++) {
      alpha[i] = times(a[i], g);
      for (int j = 0; j < STAGES; j++) {
        beta[i][j] = alpha[i][j] + g[i][j];
      }
    }
    OrderConditions.Edge edges = (_, _, siblings) -> siblings == 1 ? beta : alpha;
    return OrderConditions.residual(order, times(m, g), edges, x);
  }

  private static double residual(int order, double[] m) {
    return residual(order, stages(), coupling(), m, 1);
  }

  @Test
  void theStepHasOrderFiveAndNoMore() {
    assertEquals(0, residual(5, RODAS5P.weights()), 1e-13);
    assertTrue(residual(6, RODAS5P.weights()) > 1e-5);
  }

  @Test
  void theCompanionHasOrderFourAndNoMore() {
    double[] m = RODAS5P.weights().clone();
    for (int i = 0; i < STAGES; i++) {
      m[i] -= RODAS5P.error(i);
    }
    assertEquals(0, residual(4, m), 1e-13);
    assertTrue(residual(5, m) > 1e-5);
    assertEquals(5, RODAS5P.errorOrder());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.35, 0.5, 0.8, 0.95})
  void denseOutputHasOrderFourAndNoMore(double x) {
    double[] m = new double[STAGES];
    for (int i = 0; i < STAGES; i++) {
      m[i] = RODAS5P.weight(i, x);
    }
    assertEquals(0, residual(4, stages(), coupling(), m, x), 1e-12);
    assertTrue(residual(5, stages(), coupling(), m, x) > 1e-6);
    assertEquals(4, RODAS5P.denseOrder());
  }

  @Test
  void theTreesCatchAMutatedCoefficient() {
    for (int i = 1; i < STAGES; i++) {
      double[][] a = stages();
      a[i][0] += MUTATION;
      double seen = residual(5, a, coupling(), RODAS5P.weights(), 1);
      assertTrue(seen > MUTATION / 1e4, "a of stage " + i + ": " + seen);
      double[][] coupling = coupling();
      coupling[i][0] += MUTATION;
      double coupled = residual(5, stages(), coupling, RODAS5P.weights(), 1);
      assertTrue(coupled > MUTATION / 1e4, "C of stage " + i + ": " + coupled);
    }
  }

  @Test
  void denseWeightsFitTheStep() {
    for (int i = 0; i < STAGES; i++) {
      assertEquals(0, RODAS5P.weight(i, 0), 1e-300);
      assertEquals(RODAS5P.m(i), RODAS5P.weight(i, 1));
      double difference = (RODAS5P.weight(i, 0.3 + 1e-6) - RODAS5P.weight(i, 0.3 - 1e-6)) / 2e-6;
      assertEquals(difference, RODAS5P.weightDerivative(i, 0.3), 1e-8);
    }
  }

  /** The states of the last two stages are the companion and, but for the last u, the step. */
  @Test
  void isStifflyAccurateAndLStable() {
    for (int j = 0; j < STAGES - 1; j++) {
      assertEquals(RODAS5P.m(j), RODAS5P.a(STAGES - 1, j));
    }
    assertEquals(1, RODAS5P.m(STAGES - 1));
    for (double z = -1e-3; z > -1e12; z *= 1.5) {
      assertTrue(Math.abs(RODAS5P.stability(z)) <= 1, "z = " + z);
    }
    assertEquals(0, RODAS5P.stability(-1e12), 1e-10);
    for (double z = -0.4; z < 0; z += 0.1) {
      double sixth = StrictMath.pow(z, 6);
      assertEquals(StrictMath.exp(z), RODAS5P.stability(z), 0.01 * sixth + 1e-14);
    }
  }

  /** y' = -2 t y^2, y = 1 / (1 + t^2): nonlinear and dependent on time. */
  @Test
  void reachesItsOrderOnANonlinearEquation() {
    double rate = Convergence.rate(nonlinear(20, 1), nonlinear(40, 1));
    assertEquals(5, rate, 0.2);
    double inside = Convergence.rate(nonlinear(20, 0.4), nonlinear(40, 0.4));
    assertTrue(inside > 4.5, "seen " + inside); // of one step order 5, with errors of all before
  }

  private static double nonlinear(int steps, double x) {
    double h = 2.0 / steps;
    double y = 1;
    double[] u = new double[STAGES];
    double inside = y;
    for (int n = 0; n < steps; n++) {
      double t = n * h;
      double start = y;
      step(
          h,
          start,
          u,
          (c, state) -> -2 * (t + c * h) * state * state,
          -4 * t * start,
          -2 * start * start);
      inside = start;
      for (int i = 0; i < STAGES; i++) {
        y += RODAS5P.m(i) * u[i];
        inside += RODAS5P.weight(i, x) * u[i];
      }
    }
    double at = 2 - h + x * h;
    return Math.abs(inside - 1 / (1 + at * at));
  }

  /** y' = -1e6 (y - sin t) + cos t of Prothero and Robinson: many methods fall to order 1 or 2. */
  @Test
  void keepsItsOrderWhereTheEquationIsVeryStiff() {
    double coarse = stiff(10);
    double fine = stiff(20);
    assertTrue(coarse < 1e-9, "seen " + coarse);
    assertTrue(Convergence.rate(coarse, fine) > 2.8, coarse + " to " + fine);
  }

  private static double stiff(int steps) {
    double lambda = -1e6;
    double h = 2.0 / steps;
    double y = 0;
    double worst = 0;
    double[] u = new double[STAGES];
    for (int n = 0; n < steps; n++) {
      double t = n * h;
      double inTime = -lambda * StrictMath.cos(t) - StrictMath.sin(t);
      step(
          h,
          y,
          u,
          (c, state) -> lambda * (state - StrictMath.sin(t + c * h)) + StrictMath.cos(t + c * h),
          lambda,
          inTime);
      for (int i = 0; i < STAGES; i++) {
        y += RODAS5P.m(i) * u[i];
      }
      worst = Math.max(worst, Math.abs(y - StrictMath.sin(t + h)));
    }
    return worst;
  }

  /** The slope at a fraction of the step. */
  private interface Slope {
    double at(double c, double state);
  }

  private static void step(
      double h, double y, double[] u, Slope slope, double jacobian, double inTime) {
    for (int i = 0; i < STAGES; i++) {
      double state = y;
      double coupled = 0;
      for (int j = 0; j < i; j++) {
        state += RODAS5P.a(i, j) * u[j];
        coupled += RODAS5P.coupling(i, j) / h * u[j];
      }
      double right = slope.at(RODAS5P.c(i), state) + coupled + h * RODAS5P.d(i) * inTime;
      u[i] = right / (1 / (h * RODAS5P.gamma()) - jacobian);
    }
  }

  @Test
  void refusesCoefficientsThatDoNotAddUp() {
    double[] c = {0, 1};
    double[] d = {0.5, -0.5};
    double[][] a = {{}, {2}};
    double[][] coupling = {{}, {-4}};
    double[] m = {3, 1};
    RosenbrockTableau ros2 = RosenbrockTableau.of(2, 0.5, c, d, a, coupling, m);
    assertEquals(1, ros2.degree());
    assertEquals(0.5, ros2.weight(1, 0.5));
    refused("sum to d", () -> of(new double[] {0.5, -0.4}, a, m));
    refused("sum to c", () -> of(d, new double[][] {{}, {1.9}}, m));
    refused("m G must", () -> of(d, a, new double[] {3, 1.1}));
    refused("needs 1 weights", () -> of(d, new double[][] {{}, {}}, m));
    refused("as many", () -> of(d, new double[][] {{}}, m));
    refused("e G must", () -> ros2.withError(2, 1, 0.9));
    refused("one error weight", () -> ros2.withError(2, 1));
    refused("h G must", () -> ros2.withDense(2, new double[] {1, 0}));
    refused("from 1 to 2", () -> ros2.withDense(3, new double[] {1, 1}));
  }

  private static RosenbrockTableau of(double[] d, double[][] a, double[] m) {
    return RosenbrockTableau.of(2, 0.5, new double[] {0, 1}, d, a, new double[][] {{}, {-4}}, m);
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable build) {
    String message = assertThrows(IllegalArgumentException.class, build).getMessage();
    assertTrue(message.contains(why), message);
  }
}
