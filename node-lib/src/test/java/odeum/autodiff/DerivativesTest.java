package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every primitive's reverse and forward derivative against central differences. */
class DerivativesTest {
  private static final double STEP = 1e-6;

  @TestFactory
  Stream<DynamicTest> agreeWithFiniteDifferences() {
    return Cases.ALL.entrySet().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.getKey(), () -> Cases.quietly(() -> check(c.getValue()))));
  }

  @Test
  void everyPrimitiveHasACase() {
    Set<String> found = new TreeSet<>(Set.of("StopGradient"));
    for (UnaryOperator<Tracer> function : Cases.ALL.values()) {
      Graph graph =
          Graph.trace(List.of(Shape.of(3, 2)), in -> List.of(function.apply(in.getFirst())));
      graph.instructions().forEach(i -> found.add(i.op().getClass().getSimpleName()));
    }
    assertEquals(Cases.primitives(Op.class), found);
  }

  @Test
  void noDerivativePassesWhereItIsStopped() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of()),
            in -> {
              UnaryOperator<Tracer> f = x -> x.times(x.stopGradient().square());
              Tracer x = in.getFirst();
              return List.of(Gradient.of(f).apply(x), Jvp.product(f, x, x.constant(1)));
            });
    for (Tensor derivative : Program.of(graph).run(List.of(Tensor.scalar(3)))) {
      assertEquals(9, derivative.scalar());
    }
  }

  private static void check(UnaryOperator<Tracer> function) {
    Shape shape = Shape.of(3, 2);
    Graph graph = Graph.trace(List.of(shape), in -> List.of(function.apply(in.getFirst())));
    Tensor x = RandomKey.of(7).uniform(shape, 0.3, 1.4);
    Tensor v = RandomKey.of(8).normal(graph.output(0));
    Tensor direction = RandomKey.of(9).normal(shape);
    Program program = Program.of(graph);
    double[] difference = new double[graph.output(0).size()];
    double[] up = program.run(List.of(moved(x, direction, STEP))).getFirst().toArray();
    double[] down = program.run(List.of(moved(x, direction, -STEP))).getFirst().toArray();
    for (int i = 0; i < difference.length; i++) {
      difference[i] = (up[i] - down[i]) / (2 * STEP);
    }
    List<Tensor> pushed = Program.of(Jvp.of(graph)).run(List.of(x, direction));
    for (int i = 0; i < difference.length; i++) {
      assertClose(difference[i], pushed.get(1).at(i));
    }
    Tensor pulled = Program.of(Vjp.of(graph)).run(List.of(x, v)).getFirst();
    assertClose(dot(v.toArray(), difference), dot(pulled.toArray(), direction.toArray()));
    second(graph, x, direction);
  }

  /** The derivative of the derivative, forward over reverse. */
  private static void second(Graph graph, Tensor x, Tensor direction) {
    Graph loss = Graph.trace(graph.inputs(), in -> List.of(graph.inline(in).getFirst().sum()));
    Graph gradient =
        Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    Program program = Program.of(gradient);
    double[] up = program.run(List.of(moved(x, direction, STEP))).getFirst().toArray();
    double[] down = program.run(List.of(moved(x, direction, -STEP))).getFirst().toArray();
    Tensor pushed = Program.of(Jvp.of(gradient)).run(List.of(x, direction)).get(1);
    for (int i = 0; i < up.length; i++) {
      assertClose((up[i] - down[i]) / (2 * STEP), pushed.at(i));
    }
  }

  private static void assertClose(double expected, double actual) {
    assertEquals(expected, actual, 2e-7 * (1 + Math.abs(expected)));
  }

  private static Tensor moved(Tensor x, Tensor direction, double by) {
    List<Double> sums = new ArrayList<>();
    for (int i = 0; i < x.size(); i++) {
      sums.add(x.at(i) + by * direction.at(i));
    }
    return Tensor.of(x.shape(), sums.stream().mapToDouble(d -> d).toArray());
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
