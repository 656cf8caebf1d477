package odeum.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import odeum.autodiff.Gradient;
import odeum.compile.Program;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CompositesTest {
  private static double[] values(UnaryOperator<Tracer> function, Tensor x) {
    Graph graph = Graph.trace(List.of(x.shape()), in -> List.of(function.apply(in.getFirst())));
    return Program.of(graph).run(List.of(x)).getFirst().toArray();
  }

  private static void assertClose(double[] actual, double... expected) {
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], 4e-16 * Math.max(1, Math.abs(expected[i])));
    }
  }

  @Test
  void reductions() {
    Tensor x = Tensor.matrix(new double[] {1, 5, 3}, new double[] {7, 2, -4});
    assertClose(values(a -> a.max(0), x), 7, 5, 3);
    assertClose(values(a -> a.max(1), x), 5, 7);
    assertClose(values(a -> a.min(1), x), 1, -4);
    assertClose(values(a -> a.mean(0), x), 4, 3.5, -0.5);
    assertClose(values(a -> a.sum(0, 1), x), 14);
    assertClose(values(a -> a.variance(1), x), 8 / 3., 182 / 9.);
    assertClose(values(a -> a.variance(), x), 104 / 6. - 14 * 14 / 36.);
    assertClose(values(a -> a.cumulativeSum(1), x), 1, 6, 9, 7, 9, 5);
    assertClose(values(a -> a.cumulativeSum(0, true), x), 8, 7, -1, 7, 2, -4);
    assertClose(values(a -> a.gather(1, List.of(2, -1, 2, 0)), x), 3, 0, 3, 1, -4, 0, -4, 7);
    assertClose(values(a -> a.scatterAdd(1, List.of(1, -1, 1), 2), x), 0, 4, 0, 3);
    assertClose(values(Tracer::norm, x), StrictMath.sqrt(104));
    assertClose(values(a -> a.clamp(0, 4), x), 1, 4, 3, 4, 2, 0);
    double[] softmax = values(a -> a.softmax(1), x);
    assertEquals(1, softmax[0] + softmax[1] + softmax[2], 1e-15);
    assertClose(
        values(a -> a.softmax(1).log(), x),
        values(a -> a.minus(a.logSumExp(1).reshape(Shape.of(2, 1))), x));
    double[] standard = values(a -> a.standardize(0, 1), x);
    assertClose(
        standard,
        values(
            a ->
                a.minus(a.mean(1).reshape(Shape.of(2, 1)))
                    .div(a.variance(1).sqrt().reshape(Shape.of(2, 1))),
            x));
  }

  @Test
  void hyperbolicSinesKeepTheirDigits() {
    for (double x : new double[] {0, 1e-300, 1e-8, 0.1, 0.999999, 1, 1.5, 20, 700}) {
      for (double sign : new double[] {1, -1}) {
        double exact = StrictMath.sinh(sign * x);
        assertEquals(
            exact, values(Tracer::sinh, Tensor.scalar(sign * x))[0], 1e-15 * Math.abs(exact));
        double cosh = StrictMath.cosh(x);
        assertEquals(cosh, values(Tracer::cosh, Tensor.scalar(sign * x))[0], 1e-15 * cosh);
      }
    }
  }

  @Test
  void theFirstOfEqualElementsHasTheDerivative() {
    for (int n = 2; n < 9; n++) {
      double[] equal = new double[n];
      double[] first = new double[n];
      first[0] = 1;
      assertClose(values(Gradient.of(x -> x.max(0)), Tensor.vector(equal)), first);
      assertClose(values(Gradient.of(x -> x.min(0)), Tensor.vector(equal)), first);
    }
    assertClose(values(Gradient.of(a -> a.max(0)), Tensor.vector(1, 3, 2, 3, 0)), 0, 1, 0, 0, 0);
    assertClose(values(Gradient.of(a -> a.max(0)), Tensor.vector(1, 3, 3, 1)), 0, 1, 0, 0);
    assertClose(values(Gradient.of(a -> a.min(0)), Tensor.vector(1, 0, 0, 1)), 0, 1, 0, 0);
  }

  @TestFactory
  Stream<DynamicTest> valuesAndGradientsStayFinite() {
    Map<String, UnaryOperator<Tracer>> functions = new LinkedHashMap<>();
    functions.put("softmax", x -> x.softmax(0).get(1));
    functions.put("log-sum-exp", x -> x.logSumExp(0));
    functions.put("norm", Tracer::norm);
    functions.put("standardize", x -> x.standardize(1e-5).get(0));
    functions.put("sigmoid", x -> x.sigmoid().sum());
    functions.put("tanh", x -> x.tanh().sum());
    functions.put("atan", x -> x.atan().sum());
    functions.put("max", x -> x.max(0));
    functions.put("clamp", x -> x.clamp(-1, 1).sum());
    return functions.entrySet().stream()
        .map(c -> DynamicTest.dynamicTest(c.getKey(), () -> checkFinite(c.getValue())));
  }

  private static void checkFinite(UnaryOperator<Tracer> function) {
    for (double first : new double[] {0, -0.0, 1000, -1000}) {
      for (double second : new double[] {0, 1000, -1000}) {
        Tensor x = Tensor.vector(first, second, 0);
        assertTrue(Double.isFinite(values(function, x)[0]));
        for (double d : values(Gradient.of(function), x)) {
          assertTrue(Double.isFinite(d), "at " + x);
        }
        for (double d : values(Gradient.of(y -> Gradient.of(function).apply(y).sum()), x)) {
          assertTrue(Double.isFinite(d), "twice at " + x);
        }
      }
    }
  }

  @Test
  void indicesOutOfRangeAreRefused() {
    Tensor x = Tensor.vector(1, 2, 3);
    assertThrows(IndexOutOfBoundsException.class, () -> values(a -> a.gather(0, List.of(3)), x));
    assertThrows(IndexOutOfBoundsException.class, () -> values(a -> a.gather(0, List.of(-2)), x));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> values(a -> a.scatterAdd(0, List.of(0, 1, 2), 2), x));
    assertThrows(
        IllegalArgumentException.class, () -> values(a -> a.scatterAdd(0, List.of(0, 1), 2), x));
    assertThrows(IllegalArgumentException.class, () -> values(a -> a.multiplyEach(a), x));
  }
}
