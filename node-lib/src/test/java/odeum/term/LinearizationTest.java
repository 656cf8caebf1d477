package odeum.term;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class LinearizationTest {
  private static final VectorField VAN_DER_POL =
      (t, y, p) -> {
        Tracer u = y.get(0);
        Tracer v = y.get(1);
        return Tracer.stack(
            v, p.get("mu").times(v).times(u.square().minus(1).unaryMinus()).minus(u));
      };

  private static OdeTerm vanDerPol(double mu) {
    Structure structure = Structure.ofNumbers(List.of("mu"));
    return OdeTerm.of(TracedField.of(VAN_DER_POL, Shape.of(2), structure), Tensor.vector(mu));
  }

  @Test
  void aTracedFieldHasExactDerivatives() {
    Linearization at = vanDerPol(5).linearize();
    at.evaluate(0, new double[] {2, 3});
    assertArrayEquals(
        new double[] {0, 1, -2 * 5 * 2 * 3 - 1, 5 * (1 - 4)}, at.stateDerivative(), 0);
    assertTrue(at.isAutonomous());
    assertArrayEquals(new double[2], at.timeDerivative(), 0);
    assertEquals(0, at.evaluations());
    at.evaluate(7, new double[] {1, 1});
    assertArrayEquals(new double[] {0, 1, -11, 0}, at.stateDerivative(), 0);
  }

  @Test
  void parametersAreThoseOfTheTerm() {
    OdeTerm term = vanDerPol(5);
    Linearization first = term.linearize();
    Linearization second = OdeTerm.of(term.field().orElseThrow(), Tensor.vector(-1)).linearize();
    first.evaluate(0, new double[] {0, 2});
    second.evaluate(0, new double[] {0, 2});
    assertEquals(5, first.stateDerivative()[3]);
    assertEquals(-1, second.stateDerivative()[3]);
  }

  @Test
  void differencesHaveHalfOfTheDigits() {
    OdeTerm byHand = OdeTerm.of(2, LinearizationTest::forced);
    OdeTerm traced =
        OdeTerm.of(
            (t, y, p) ->
                Tracer.stack(
                    y.get(0).times(y.get(1)).plus(t.square()),
                    y.get(1).sin().minus(t.times(y.get(0)))),
            2);
    Linearization differences = byHand.linearize();
    Linearization exact = traced.linearize();
    for (double[] y : new double[][] {{1, 2}, {1e-9, -3}, {0, 0}, {-400, 1}}) {
      differences.evaluate(1.5, y);
      exact.evaluate(1.5, y);
      double scale = 1 + Math.abs(y[0]);
      assertArrayEquals(exact.stateDerivative(), differences.stateDerivative(), 1e-5 * scale);
      assertArrayEquals(exact.timeDerivative(), differences.timeDerivative(), 1e-5 * scale);
    }
    assertEquals(4 * 4, differences.evaluations());
    assertFalse(differences.isAutonomous());
    assertFalse(exact.isAutonomous());
    assertEquals(3, exact.timeDerivative()[0], "by time: 2 t");
  }

  private static void forced(double t, double[] y, double[] dy) {
    dy[0] = y[0] * y[1] + t * t;
    dy[1] = Math.sin(y[1]) - t * y[0];
  }

  @Test
  void differencesDoNotMoveTheState() {
    double[] y = {0.1, 1e10, -3};
    double[] before = y.clone();
    OdeTerm.of(3, (t, x, dx) -> System.arraycopy(x, 0, dx, 0, 3)).linearize().evaluate(0, y);
    assertArrayEquals(before, y, 0);
  }

  /** Heat in a rod of 200 places: three columns and a narrow band. */
  @Test
  void aRodIsABand() {
    int n = 200;
    VectorField rod =
        (t, u, p) -> {
          Tracer wide = u.pad(0, 1, 1);
          Tracer bent = wide.slice(0, 0, n).plus(wide.slice(0, 2, n + 2)).minus(u.times(2));
          return bent.times(100).minus(u.square().times(u)).plus(t);
        };
    OdeTerm term = OdeTerm.of(rod, n);
    assertEquals(3 * n - 2, term.pattern().count());
    Linearization at = term.linearize();
    assertEquals(3 * n, at.layout().length());
    double[] u = new double[n];
    for (int i = 0; i < n; i++) {
      u[i] = i / 10.0;
    }
    at.evaluate(0, u);
    for (int i = 0; i < n; i++) {
      double[] matrix = at.stateDerivative();
      assertEquals(
          -200 - 3 * u[i] * u[i], matrix[at.layout().index(i, i)], 1e-12 * (1 + u[i] * u[i]));
      if (i > 0) {
        assertEquals(100, matrix[at.layout().index(i, i - 1)]);
        assertEquals(100, matrix[at.layout().index(i - 1, i)]);
      }
      assertEquals(1, at.timeDerivative()[i]);
    }
  }

  @Test
  void aNetworkIsDense() {
    int n = 3;
    VectorField net = (t, y, p) -> p.get("w").matmul(p.get("v").matmul(y).tanh()).times(t);
    Structure structure = Structure.EMPTY.and("w", Shape.of(n, 8)).and("v", Shape.of(8, n));
    double[] weights = new double[2 * n * 8];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.sin(i);
    }
    OdeTerm term = OdeTerm.of(TracedField.of(net, Shape.of(n), structure), Tensor.vector(weights));
    Linearization exact = term.linearize();
    Linearization differences = OdeTerm.of(n, term.open()).linearize();
    double[] y = {0.3, -0.2, 0.9};
    exact.evaluate(2, y);
    differences.evaluate(2, y);
    assertTrue(exact.layout().isDense());
    assertArrayEquals(differences.stateDerivative(), exact.stateDerivative(), 1e-5);
    assertArrayEquals(differences.timeDerivative(), exact.timeDerivative(), 1e-5);
  }

  @Test
  void aHandWrittenDerivativeHasEveryEntry() {
    assertEquals(9, OdeTerm.of(3, (t, y, dy) -> {}).pattern().count());
  }

  @Test
  void aChainOfPendulumsHasFewColours() {
    int n = 30;
    VectorField chain = (t, y, p) -> PendulumChain.rates(y, n);
    OdeTerm term = OdeTerm.of(chain, 2 * n);
    assertEquals(n + 3 * n - 2, term.pattern().count());
    assertTrue(term.linearize().layout().width() <= 7, term.linearize().layout().toString());
    double[] y = new double[2 * n];
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.cos(i);
    }
    Linearization exact = term.linearize();
    Linearization differences = OdeTerm.of(2 * n, term.open()).linearize();
    exact.evaluate(0, y);
    differences.evaluate(0, y);
    List<Double> entries = new ArrayList<>();
    for (int i = 0; i < 2 * n; i++) {
      for (int j : term.pattern().row(i)) {
        double entry = exact.stateDerivative()[exact.layout().index(i, j)];
        assertEquals(differences.stateDerivative()[i * 2 * n + j], entry, 1e-6);
        entries.add(entry);
      }
    }
    assertEquals(term.pattern().count(), entries.stream().filter(e -> e != 0).count());
  }
}
