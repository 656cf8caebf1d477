package odeum.nonlinear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.UnaryOperator;
import odeum.graph.Tracer;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Test functions are those of Moré, Garbow and Hillstrom 1981, doi:10.1145/355934.355936. */
class RootFinderTest {
  private static OdeTerm term(int size, UnaryOperator<Tracer> function) {
    return OdeTerm.of((t, y, p) -> function.apply(y), size);
  }

  private static RootFinder finder(boolean chord) {
    return RootFinder.newton().withChord(chord);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rosenbrock(boolean chord) {
    OdeTerm term =
        term(
            2,
            y ->
                Tracer.stack(
                    y.get(1).minus(y.get(0).square()).times(10), y.get(0).minus(1).unaryMinus()));
    Root root = finder(chord).find(term, 0, Tensor.vector(-1.2, 1));
    assertTrue(root.isFound());
    assertArrayEquals(new double[] {1, 1}, root.y().toArray(), 1e-14);
    assertTrue(root.steps() <= 3, root::toString);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void powellsBadlyScaledFunction(boolean chord) {
    OdeTerm term =
        term(
            2,
            y -> {
              Tracer a = y.get(0);
              Tracer b = y.get(1);
              Tracer sum = a.unaryMinus().exp().plus(b.unaryMinus().exp());
              return Tracer.stack(a.times(b).times(1e4).minus(1), sum.minus(1.0001));
            });
    Root root = finder(chord).find(term, 0, Tensor.vector(0, 1));
    assertTrue(root.isFound(), root::toString);
    assertEquals(1.098159e-5, root.y().at(0), 1e-11); // published: 1.098...e-5 and 9.106...
    assertEquals(9.106146, root.y().at(1), 1e-5);
    assertEquals(1, 1e4 * root.y().at(0) * root.y().at(1), 1e-12);
  }

  /** Without damping Newton's method diverges from beyond 1.39. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, -3, 50})
  void aLongStepIsShortened(double start) {
    Root root = RootFinder.newton().find(term(1, Tracer::atan), 0, Tensor.vector(start));
    assertTrue(root.isFound(), root::toString);
    assertEquals(0, root.y().at(0), 1e-12);
  }

  /** Moré's function 30, the tridiagonal one of Broyden. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLongChainIsSolvedAsABand(boolean chord) {
    int n = 2000;
    OdeTerm term =
        term(
            n,
            x -> {
              Tracer wide = x.pad(0, 1, 1);
              Tracer own = x.times(-2).plus(3).times(x);
              Tracer others = wide.slice(0, 0, n).plus(wide.slice(0, 2, n + 2).times(2));
              return own.minus(others).plus(1);
            });
    double[] start = new double[n];
    Arrays.fill(start, -1);
    assertEquals(3, term.linearize().layout().width());
    Root root = finder(chord).find(term, 0, Tensor.vector(start));
    assertTrue(root.isFound());
    double[] f = new double[n];
    term.open().evaluate(0, root.y().toArray(), f);
    assertArrayEquals(new double[n], f, 1e-13);
    assertEquals(-0.7071, root.y().at(n / 2), 1e-4, "far from the ends -1 / sqrt(2)");
  }

  @Test
  void aDerivativeByHandIsEnough() {
    OdeTerm brusselator =
        OdeTerm.of(
            2,
            (t, y, dy) -> {
              dy[0] = 1 + y[0] * y[0] * y[1] - 4 * y[0];
              dy[1] = 3 * y[0] - y[0] * y[0] * y[1];
            });
    Root root = RootFinder.chordMethod().find(brusselator, 0, Tensor.vector(1.5, 2));
    assertTrue(root.isFound());
    assertArrayEquals(new double[] {1, 3}, root.y().toArray(), 1e-10);
  }

  @Test
  void timeIsHeld() {
    OdeTerm term = OdeTerm.of((t, y, p) -> y.minus(t), 1);
    assertEquals(7, RootFinder.newton().find(term, 7, Tensor.vector(0)).y().at(0), 1e-14);
  }

  @Test
  void aStartAtTheRootStays() {
    OdeTerm lotka =
        term(
            2,
            y -> {
              Tracer product = y.get(0).times(y.get(1));
              return Tracer.stack(
                  y.get(0).times(1.5).minus(product), product.minus(y.get(1).times(3)));
            });
    Root root = RootFinder.newton().find(lotka, 0, Tensor.vector(3, 1.5));
    assertTrue(root.isFound());
    assertEquals(Tensor.vector(3, 1.5), root.y());
    assertEquals(1, root.steps());
  }

  @Test
  void whatFailsSaysHow() {
    OdeTerm conserved =
        term(2, y -> Tracer.stack(y.get(1).minus(y.get(0)), y.get(0).minus(y.get(1))));
    assertEquals(Root.Outcome.SINGULAR, outcome(conserved, 1, 2));
    assertEquals(Root.Outcome.STUCK, outcome(term(1, y -> y.square().plus(1)), 0.7));
    assertEquals(Root.Outcome.NOT_FINITE, outcome(term(1, Tracer::log), -1));
    Root few =
        RootFinder.newton()
            .withMaxSteps(2)
            .find(term(1, y -> y.exp().minus(1)), 0, Tensor.vector(5));
    assertEquals(Root.Outcome.TOO_MANY_STEPS, few.outcome());
    assertFalse(few.isFound());
    assertEquals(2, few.steps());
  }

  private static Root.Outcome outcome(OdeTerm term, double... start) {
    return RootFinder.newton().find(term, 0, Tensor.vector(start)).outcome();
  }

  @Test
  void theDomainIsNotLeft() {
    OdeTerm logarithm = term(1, y -> y.log().plus(3)); // a full step from 1 leads to -2
    Root root = RootFinder.newton().find(logarithm, 0, Tensor.vector(1));
    assertTrue(root.isFound());
    assertEquals(Math.exp(-3), root.y().at(0), 1e-12);
  }

  @Test
  void settingsAreChecked() {
    assertThrows(IllegalArgumentException.class, () -> RootFinder.newton().withTolerances(0, 0));
    assertThrows(IllegalArgumentException.class, () -> RootFinder.newton().withMaxSteps(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> RootFinder.newton().find(term(2, y -> y), 0, Tensor.vector(1)));
  }
}
