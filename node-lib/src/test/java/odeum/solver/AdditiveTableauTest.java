package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AdditiveTableauTest {
  private static final AdditiveTableau KENCARP4 = AdditiveTableaus.KENCARP4;
  private static final double MUTATION = 1e-6;

  /** Conditions of all trees with nodes in two colours, the weights b being shared. */
  private static double residual(int order, double[] b, double[][] a, double[][] implicit) {
    OrderConditions.Edge edges = (_, child, _) -> child == 0 ? a : implicit;
    return OrderConditions.residual(order, new double[][] {b, b}, edges, 1);
  }

  private static double[][] explicit() {
    return OrderConditions.matrix(KENCARP4.explicit());
  }

  private static double[][] implicit() {
    return OrderConditions.matrix(KENCARP4.implicit());
  }

  @Test
  void theStepHasOrderFourInEveryCoupling() {
    double[] b = KENCARP4.implicit().weights();
    assertEquals(0, residual(4, b, explicit(), implicit()), 1e-15);
    assertTrue(residual(5, b, explicit(), implicit()) > 1e-4);
    assertEquals(4, KENCARP4.order());
    assertEquals(6, KENCARP4.stages());
  }

  @Test
  void theCompanionHasOrderThreeInEveryCoupling() {
    double[] b = KENCARP4.implicit().weights().clone();
    for (int i = 0; i < b.length; i++) {
      b[i] -= KENCARP4.implicit().error(0, i);
    }
    assertEquals(0, residual(3, b, explicit(), implicit()), 1e-15);
    assertTrue(residual(4, b, explicit(), implicit()) > 1e-4);
    assertEquals(4, KENCARP4.errorOrder());
  }

  @Test
  void denseOutputHasOrderThreeInEveryCoupling() {
    assertEquals(3, KENCARP4.implicit().denseOrder());
    double[][] a = explicit();
    double[][] implicit = implicit();
    OrderConditions.Edge edges = (_, child, _) -> child == 0 ? a : implicit;
    for (double x : new double[] {0.2, 0.5, 0.7}) {
      double[] b = new double[KENCARP4.stages()];
      for (int i = 0; i < b.length; i++) {
        b[i] = KENCARP4.implicit().weight(i, x);
      }
      double[][] both = {b, b};
      assertEquals(0, OrderConditions.residual(3, both, edges, x), 1e-14);
      assertTrue(OrderConditions.residual(4, both, edges, x) > 1e-5);
    }
  }

  @Test
  void theTreesCatchAMutatedCoefficientOfEitherPart() {
    double[] b = KENCARP4.implicit().weights();
    for (int i = 2; i < KENCARP4.stages(); i++) {
      double[][] a = explicit();
      a[i][0] += MUTATION;
      a[i][1] -= MUTATION;
      assertTrue(residual(4, b, a, implicit()) > MUTATION / 1e3, "explicit stage " + i);
      double[][] implicit = implicit();
      implicit[i][0] += MUTATION;
      implicit[i][1] -= MUTATION;
      assertTrue(residual(4, b, explicit(), implicit) > MUTATION / 1e3, "implicit stage " + i);
    }
  }

  /** L-stable: R(-inf) of the implicit part is the limit of its last stage's state. */
  @Test
  void theStiffestPartIsGoneAfterOneStep() {
    double[] states = new double[KENCARP4.stages()];
    states[0] = 1;
    for (int i = 1; i < states.length; i++) {
      for (int j = 0; j < i; j++) {
        states[i] -= KENCARP4.implicit().a(i, j) * states[j] / KENCARP4.implicit().a(i, i);
      }
    }
    assertEquals(0, states[states.length - 1], 1e-15);
    assertTrue(KENCARP4.implicit().isFirstSameAsLast()); // alone, without an explicit part
    assertTrue(KENCARP4.explicit().closing() < 0);
  }

  @Test
  void refusesPartsThatDoNotFit() {
    ButcherTableau explicit = KENCARP4.explicit();
    ButcherTableau implicit = KENCARP4.implicit();
    refused("has implicit", () -> new AdditiveTableau(implicit, implicit));
    refused("no implicit stage", () -> new AdditiveTableau(explicit, explicit));
    refused("in their orders", () -> new AdditiveTableau(Tableaus.HEUN, implicit));
    ButcherTableau heun =
        ButcherTableau.of(
            2, new double[] {0, 1}, new double[][] {{}, {1}}, new double[] {0.25, 0.75});
    ButcherTableau trapezoid =
        ButcherTableau.implicit(
            2, new double[] {0, 1}, new double[][] {{}, {0.5, 0.5}}, new double[] {0.5, 0.5});
    refused("weights b of stage 0", () -> new AdditiveTableau(heun, trapezoid));
    ButcherTableau late =
        ButcherTableau.of(
            2, new double[] {0, 0.5}, new double[][] {{}, {0.5}}, new double[] {0.5, 0.5});
    refused("times c of stage 1", () -> new AdditiveTableau(late, trapezoid));
    refused(
        "as many stages",
        () ->
            new AdditiveTableau(
                Tableaus.HEUN,
                ImplicitTableaus.TRAPEZOID
                    .withError(2, new double[] {-0.5, 0.5})
                    .withHermite(
                        new double[] {0.5}, new double[][] {{0.25, 0.25}}, new double[3])));
    refused(
        "error weights of stage 0",
        () ->
            new AdditiveTableau(
                late(heun.order()).withError(2, new double[] {0.5, -0.5}),
                trapezoid.withError(2, new double[] {-0.5, 0.5})));
  }

  private static ButcherTableau late(int order) {
    return ButcherTableau.of(
        order, new double[] {0, 1}, new double[][] {{}, {1}}, new double[] {0.5, 0.5});
  }

  private static void refused(String why, org.junit.jupiter.api.function.Executable build) {
    String message = assertThrows(IllegalArgumentException.class, build).getMessage();
    assertTrue(message.contains(why), message);
  }
}
