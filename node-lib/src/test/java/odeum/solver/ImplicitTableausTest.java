package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImplicitTableausTest {
  private static final double MUTATION = 1e-6;

  static Stream<Arguments> methods() {
    return Stream.of(
        Arguments.of("implicit-euler", ImplicitTableaus.IMPLICIT_EULER),
        Arguments.of("implicit-midpoint", ImplicitTableaus.IMPLICIT_MIDPOINT),
        Arguments.of("trapezoid", ImplicitTableaus.TRAPEZOID),
        Arguments.of("kvaerno3", ImplicitTableaus.KVAERNO3),
        Arguments.of("kvaerno5", ImplicitTableaus.KVAERNO5));
  }

  private static ButcherTableau named(String name) {
    return methods()
        .filter(method -> method.get()[0].equals(name))
        .map(method -> (ButcherTableau) method.get()[1])
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theStepHasItsOrderAndNoMore(String name, ButcherTableau tableau) {
    assertEquals(0, OrderConditions.ofStep(tableau, tableau.order()), 1e-15);
    assertTrue(OrderConditions.ofStep(tableau, tableau.order() + 1) > 1e-4, name);
  }

  /** The companion has one order less, but implicit Euler's has one more: the trapezoidal rule. */
  @ParameterizedTest
  @MethodSource("methods")
  void theCompanionHasItsOrderAndNoMore(String name, ButcherTableau tableau) {
    int order = tableau.order() == 1 ? 2 : tableau.order() - 1;
    assertEquals(0, OrderConditions.ofCompanion(tableau, 0, order), 1e-15);
    assertTrue(OrderConditions.ofCompanion(tableau, 0, order + 1) > 1e-4, name);
    assertEquals(Math.max(2, tableau.order()), tableau.errorOrder());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void denseOutputHasItsOrderAndNoMore(String name, ButcherTableau tableau) {
    int expected = name.equals("kvaerno5") ? 4 : Math.min(3, tableau.order());
    assertEquals(expected, tableau.denseOrder());
    assertEquals(0, OrderConditions.ofDense(tableau, tableau.denseOrder()), 2e-14);
    assertTrue(OrderConditions.ofDense(tableau, tableau.denseOrder() + 1) > 1e-4, name);
  }

  /** A weight shifted between two stages keeps every sum, so only the trees can tell. */
  @ParameterizedTest
  @MethodSource("methods")
  void theTreesCatchAMutatedWeight(String name, ButcherTableau tableau) {
    if (tableau.order() == 1) {
      return; // its only condition is the sum
    }
    int last = tableau.stages() - 1;
    double[] b = tableau.weights().clone();
    b[0] += MUTATION;
    b[last] -= MUTATION;
    assertTrue(residual(tableau, OrderConditions.matrix(tableau), b) > MUTATION / 10, name);
    for (int i = 1; i <= last; i++) {
      if (tableau.b(i) != 0 && tableau.order() > 2) {
        double[][] a = OrderConditions.matrix(tableau);
        a[i][0] += MUTATION;
        a[i][i] -= MUTATION;
        assertTrue(residual(tableau, a, tableau.weights()) > MUTATION / 1e3, name + " stage " + i);
      }
    }
  }

  private static double residual(ButcherTableau tableau, double[][] a, double[] b) {
    return OrderConditions.residual(tableau.order(), b, (_, _, _) -> a, 1);
  }

  @ParameterizedTest
  @CsvSource({
    "implicit-euler, 0.5, 0.6666666666666666",
    "trapezoid, 0.3333333333333333, 0.6",
    "implicit-midpoint, 0.3333333333333333, 0.6"
  })
  void oneStepOfDecay(String name, double whole, double half) {
    assertEquals(whole, named(name).stability(-1), 1e-15);
    assertEquals(half, named(name).stability(-0.5), 1e-15);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void stabilityIsTheExponentialToItsOrder(String name, ButcherTableau tableau) {
    for (double z = -0.3; z <= 0.3; z += 0.1) {
      double error = Math.abs(tableau.stability(z) - StrictMath.exp(z));
      double next = StrictMath.pow(Math.abs(z), tableau.order() + 1);
      assertTrue(error <= 0.8 * next + 1e-15, name + " at " + z + ": " + error);
    }
  }

  /** |R| is at most 1 on the imaginary axis and R has no pole to the left: A-stable. */
  @ParameterizedTest
  @MethodSource("methods")
  void isStableInTheLeftHalfPlane(String name, ButcherTableau tableau) {
    for (double y = 1e-3; y < 1e4; y *= 1.1) {
      assertTrue(modulus(tableau, 0, y) <= 1 + 1e-12, name + " at " + y + "i");
      assertTrue(modulus(tableau, -y, y) <= 1 + 1e-12, name + " at " + -y);
      assertTrue(Math.abs(tableau.stability(-y)) <= 1 + 1e-12, name + " at " + -y);
    }
    assertEquals(100, tableau.realStability(), 0.02);
  }

  /** |R(x + i y)| by complex arithmetic on the states of the stages. */
  private static double modulus(ButcherTableau tableau, double x, double y) {
    double[] re = new double[tableau.stages()];
    double[] im = new double[tableau.stages()];
    for (int i = 0; i < re.length; i++) {
      double sumRe = 1;
      double sumIm = 0;
      for (int j = 0; j < i; j++) {
        sumRe += tableau.a(i, j) * (x * re[j] - y * im[j]);
        sumIm += tableau.a(i, j) * (x * im[j] + y * re[j]);
      }
      double downRe = 1 - x * tableau.a(i, i);
      double downIm = -y * tableau.a(i, i);
      double square = downRe * downRe + downIm * downIm;
      re[i] = (sumRe * downRe + sumIm * downIm) / square;
      im[i] = (sumIm * downRe - sumRe * downIm) / square;
    }
    double endRe = 1;
    double endIm = 0;
    for (int i = 0; i < re.length; i++) {
      endRe += tableau.b(i) * (x * re[i] - y * im[i]);
      endIm += tableau.b(i) * (x * im[i] + y * re[i]);
    }
    return Math.sqrt(endRe * endRe + endIm * endIm);
  }

  /** L-stable: what is infinitely stiff is gone after one step. */
  @ParameterizedTest
  @CsvSource({"implicit-euler, 0", "trapezoid, -1", "kvaerno3, 0", "kvaerno5, 0"})
  void theStiffestPart(String name, double factor) {
    assertEquals(factor, atInfinity(named(name)), 2e-15);
    ButcherTableau tableau = named(name);
    assertEquals(factor, tableau.stability(-1e5), 3e-4);
  }

  /** R(-inf) of a stiffly accurate method: the limit of the last stage's state. */
  private static double atInfinity(ButcherTableau tableau) {
    assertTrue(tableau.isFirstSameAsLast());
    double[] states = new double[tableau.stages()];
    states[0] = 1;
    for (int i = 1; i < states.length; i++) {
      for (int j = 0; j < i; j++) {
        states[i] -= tableau.a(i, j) * states[j] / tableau.a(i, i);
      }
    }
    return states[states.length - 1];
  }

  /** A diagonal with the eleven digits that are often printed leaves a trace of the stiff part. */
  @Test
  void theLimitCatchesAMutatedDiagonal() {
    ButcherTableau good = ImplicitTableaus.KVAERNO3;
    double[][] a = OrderConditions.matrix(good);
    a[3] = new double[] {a[3][0] + 1e-9, a[3][1], a[3][2] - 1e-9, a[3][3]};
    double[] c = {0, good.c(1), 1, 1};
    ButcherTableau mutant = ButcherTableau.implicit(3, c, triangle(a), a[3]);
    assertTrue(Math.abs(atInfinity(mutant)) > 1e-10);
  }

  private static double[][] triangle(double[][] a) {
    double[][] rows = new double[a.length][];
    for (int i = 0; i < a.length; i++) {
      rows[i] = java.util.Arrays.copyOf(a[i], i + 1);
    }
    return rows;
  }

  /** One matrix I - h a_ii J serves all stages of a step. */
  @ParameterizedTest
  @MethodSource("methods")
  void hasOneWeightOnTheDiagonal(String name, ButcherTableau tableau) {
    assertFalse(tableau.isExplicit());
    assertEquals(0, tableau.a(0, 0));
    for (int i = 1; i < tableau.stages(); i++) {
      assertEquals(tableau.a(1, 1), tableau.a(i, i), name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "implicit-euler, 1, 2",
    "trapezoid, 1, 2",
    "implicit-midpoint, 2, 3",
    "kvaerno3, 3, 4",
    "kvaerno5, 6, 7"
  })
  void theSlopeAtTheEndIsTheFirstOfTheNextStep(String name, int closing, int allStages) {
    ButcherTableau tableau = named(name);
    assertEquals(closing, tableau.closing());
    assertEquals(allStages, tableau.allStages());
    assertEquals(!name.equals("implicit-midpoint"), tableau.isFirstSameAsLast());
    for (int j = 0; j < tableau.stages(); j++) {
      assertEquals(tableau.b(j), tableau.a(closing, j));
    }
    for (int i = 0; i < allStages && tableau.degree() > 1; i++) {
      assertEquals(i == 0 ? 1 : 0, tableau.weightDerivative(i, 0), 1e-14);
      assertEquals(i == closing ? 1 : 0, tableau.weightDerivative(i, 1), 1e-14);
    }
  }

  @Test
  void aFirstStageMayBeImplicitButThenNoStepBeginsWithTheLastSlope() {
    ButcherTableau bare =
        ButcherTableau.implicit(1, new double[] {1}, new double[][] {{1}}, new double[] {1});
    assertEquals(-1, bare.closing());
    assertEquals(0.5, bare.stability(-1));
    refused("first stage is implicit", bare::withHermite);
    refused(
        "starts with c = 0",
        () ->
            ButcherTableau.implicit(
                1, new double[] {1e-13}, new double[][] {{}}, new double[] {1}));
  }

  @Test
  void refusesCoefficientsThatDoNotFit() {
    double[] c = {0, 1};
    double[] b = {0.5, 0.5};
    double[][] a = {{}, {0.5, 0.5}};
    ButcherTableau trapezoid = ButcherTableau.implicit(2, c, a, b);
    refused("more than 1", () -> ButcherTableau.of(2, c, a, b));
    refused("more than 2", () -> ButcherTableau.implicit(2, c, new double[][] {{}, {0, 0, 1}}, b));
    refused("sum to c", () -> ButcherTableau.implicit(2, c, new double[][] {{}, {0.5, 0.4}}, b));
    refused("2 rows p", () -> trapezoid.withDense(new double[][] {{1}}));
    refused("2 rows p", () -> trapezoid.withDense(new double[][] {{0.5}, {0.5, 0}}));
    refused("p must sum to 0", () -> trapezoid.withDense(new double[][] {{1, -0.5}, {0, 0.4}}));
    refused("implicit stages", () -> new RungeKutta("x", trapezoid));
    refused(
        "implicit stages",
        () -> new EmbeddedRungeKutta("x", trapezoid.withError(2, new double[] {-0.5, 0.5})));
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable build) {
    String message = assertThrows(IllegalArgumentException.class, build).getMessage();
    assertTrue(message.contains(why), message);
  }
}
