package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
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

/** A graph over a batch against the loop over its samples. */
class VmapTest {
  private static final int SIZE = 5;
  private static final Shape SHAPE = Shape.of(3, 2);

  @TestFactory
  Stream<DynamicTest> equalsTheLoopOverSamples() {
    return Cases.ALL.entrySet().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.getKey(), () -> Cases.quietly(() -> checkCase(c.getValue()))));
  }

  private static void checkCase(UnaryOperator<Tracer> function) {
    Graph graph = Graph.trace(List.of(SHAPE), in -> List.of(function.apply(in.getFirst())));
    check(graph, List.of(true));
    Graph gradient = Vjp.of(graph);
    check(gradient, List.of(true, true));
    check(gradient, List.of(false, true));
    check(gradient, List.of(true, false));
    check(Jvp.of(graph), List.of(true, false));
    check(Jvp.of(graph), List.of(false, true));
  }

  @Test
  void productsOfAllKinds() {
    for (boolean left : List.of(true, false)) {
      for (boolean right : List.of(true, false)) {
        Shape a = left ? Shape.of(4, 3) : Shape.of(3, 4);
        Shape b = right ? Shape.of(2, 4) : Shape.of(4, 2);
        Graph graph =
            Graph.trace(List.of(a, b), in -> List.of(in.get(0).matmul(in.get(1), left, right)));
        for (List<Boolean> mapped :
            List.of(List.of(true, true), List.of(true, false), List.of(false, true))) {
          check(graph, mapped);
          check(Vjp.of(graph), List.of(mapped.get(0), mapped.get(1), true));
        }
      }
    }
  }

  @Test
  void aWeightMatrixTimesSamplesIsOnePlainProduct() {
    Graph layer =
        Graph.trace(
            List.of(Shape.of(4, 3), Shape.of(3)),
            in -> List.of(in.get(0).matmul(in.get(1)).tanh()));
    Graph batch = Vmap.of(layer, List.of(false, true), SIZE);
    List<Op> ops =
        batch.instructions().stream()
            .map(i -> i.op())
            .filter(op -> !(op instanceof Op.Reshape))
            .toList();
    assertEquals(
        List.of(
            new Op.Input(0), new Op.Input(1), new Op.MatrixMultiply(false, false), new Op.Tanh()),
        ops);
    check(layer, List.of(false, true));
    assertTrue(
        Vjp.of(batch).instructions().stream().noneMatch(i -> i.op() instanceof Op.Transpose));
  }

  @Test
  void mayBeNested() {
    UnaryOperator<Tracer> function = Cases.ALL.get("composition");
    Graph graph = Graph.trace(List.of(SHAPE), in -> List.of(function.apply(in.getFirst())));
    check(Vmap.of(graph, List.of(true), 4), List.of(true));
    check(Vmap.of(Vjp.of(graph), List.of(true, false), 4), List.of(false, true));
  }

  @Test
  void gradientsOfABatchSumOverSamples() {
    Graph layer =
        Graph.trace(
            List.of(Shape.of(4, 3), Shape.of(3)),
            in -> List.of(in.get(0).matmul(in.get(1)).tanh()));
    Graph whole = Vjp.of(Vmap.of(layer, List.of(false, true), SIZE));
    Graph single = Vmap.of(Vjp.of(layer), List.of(false, true, true), SIZE);
    Tensor w = RandomKey.of(1).normal(Shape.of(4, 3));
    Tensor x = RandomKey.of(2).normal(Shape.of(3, SIZE));
    Tensor v = RandomKey.of(3).normal(Shape.of(4, SIZE));
    Tensor sum = Program.of(whole).run(List.of(w, x, v)).getFirst();
    Tensor each = Program.of(single).run(List.of(w, x, v)).getFirst();
    for (int i = 0; i < sum.size(); i++) {
      double total = 0;
      for (int b = 0; b < SIZE; b++) {
        total += each.at(i * SIZE + b);
      }
      assertEquals(total, sum.at(i), 1e-13);
    }
  }

  @Test
  void outputsThatDoNotDependOnSamplesAreReported() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(2), Shape.of()),
            in -> List.of(in.get(0).sin(), in.get(0).times(in.get(1))));
    Graph.trace(
        List.of(Shape.of(2), Shape.of(SIZE)),
        in -> {
          Vmap.Outputs outputs = Vmap.push(graph, in, List.of(false, true), SIZE);
          assertEquals(List.of(false, true), outputs.mapped());
          assertEquals(Shape.of(2), outputs.values().get(0).shape());
          assertEquals(Shape.of(2, SIZE), outputs.values().get(1).shape());
          return outputs.values();
        });
    check(graph, List.of(false, true));
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () ->
                    Graph.trace(
                        List.of(Shape.of(2), Shape.of(3)),
                        in -> Vmap.push(graph, in, List.of(false, true), SIZE).values()))
            .getMessage();
    assertEquals("Input 1 over 5 samples has shape (5), got (3).", message);
  }

  /** Bit for bit where no sum changes its order. */
  static void check(Graph graph, List<Boolean> mapped) {
    List<Tensor> arguments = new ArrayList<>();
    for (int i = 0; i < mapped.size(); i++) {
      Shape shape = graph.inputs().get(i);
      arguments.add(RandomKey.of(i).uniform(mapped.get(i) ? shape.append(SIZE) : shape, 0.3, 1.4));
    }
    List<Tensor> whole = Program.of(Vmap.of(graph, mapped, SIZE)).run(arguments);
    double tolerance = keepsOrder(graph) ? 0 : 1e-12;
    Program program = Program.of(graph);
    for (int b = 0; b < SIZE; b++) {
      List<Tensor> samples = new ArrayList<>();
      for (int i = 0; i < mapped.size(); i++) {
        samples.add(mapped.get(i) ? sample(arguments.get(i), b) : arguments.get(i));
      }
      List<Tensor> single = program.run(samples);
      for (int i = 0; i < single.size(); i++) {
        Tensor expected = single.get(i);
        Tensor actual = sample(whole.get(i), b);
        assertEquals(expected.shape(), actual.shape());
        for (int j = 0; j < expected.size(); j++) {
          double scale = 1 + Math.abs(expected.at(j));
          // Adding zero: the sign of a zero may differ.
          assertEquals(expected.at(j) + 0.0, actual.at(j) + 0.0, tolerance * scale);
        }
      }
    }
  }

  private static boolean keepsOrder(Graph graph) {
    return graph.instructions().stream()
        .noneMatch(
            i ->
                i.op() instanceof Op.MatrixMultiply
                    || i.op() instanceof Op.Sum(int axis) && axis == i.shape().rank());
  }

  private static Tensor sample(Tensor whole, int b) {
    Shape shape = whole.shape().without(whole.shape().rank() - 1);
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = whole.at(i * SIZE + b);
    }
    return Tensor.of(shape, values);
  }
}
