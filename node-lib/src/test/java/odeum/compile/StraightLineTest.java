package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import odeum.autodiff.RandomGraphs;
import odeum.autodiff.Vjp;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** Generated code computes what kernels compute, bit for bit. */
class StraightLineTest {
  private static final double[] SPECIAL = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -1e-300,
    1e300,
    1.5,
    -2
  };

  @Property(tries = 200)
  void randomProgramsAreTheSame(
      @ForAll @IntRange(min = 0) int seed, @ForAll @IntRange(min = 1, max = 8) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    List<Tensor> inputs = inputs(graph, RandomKey.of(seed));
    same(graph, inputs);
    same(graph, inputs.stream().map(input -> special(input.shape(), seed)).toList());
  }

  private static void same(Graph graph, List<Tensor> inputs) {
    List<Tensor> plain = Program.plain(graph).run(inputs);
    for (List<Integer> fixed : List.of(List.<Integer>of(), List.of(1), List.of(0, 1))) {
      Program program = Program.of(graph, fixed);
      program.generate();
      assertEquals(plain, program.run(inputs));
      assertEquals(plain, program.run(inputs), "the second run finds other values in its memory");
    }
  }

  private static List<Tensor> inputs(Graph graph, RandomKey key) {
    List<Tensor> inputs = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      inputs.add(key.fold(i).normal(graph.inputs().get(i)));
    }
    return inputs;
  }

  private static Tensor special(Shape shape, int seed) {
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = SPECIAL[(int) ((seed + 7L * i) % SPECIAL.length)];
    }
    return Tensor.of(shape, values);
  }

  @Property(tries = 100)
  void randomPullbacksAreTheSame(
      @ForAll @IntRange(min = 0) int seed, @ForAll @IntRange(min = 1, max = 5) int length) {
    Graph graph = RandomGraphs.graph(seed, length);
    List<double[]> expected = wayBack(pullback(graph), graph, seed);
    Pullback generated = pullback(graph);
    generated.generate();
    List<double[]> got = wayBack(generated, graph, seed);
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), got.get(i));
    }
  }

  private static Pullback pullback(Graph graph) {
    List<Shape> shapes = new ArrayList<>(graph.inputs());
    shapes.add(graph.output(0));
    shapes.add(graph.output(1));
    Graph derivative =
        Graph.trace(
            shapes,
            in -> Vjp.valueAndPull(graph, in.subList(0, 2), in.subList(2, 4), List.of(0, 1)));
    return Pullback.of(derivative, graph, List.of(1));
  }

  /** Two evaluations and their ways back: values, cotangents, and the sums of the second input. */
  private static List<double[]> wayBack(Pullback pullback, Graph graph, int seed) {
    List<double[]> results = new ArrayList<>();
    Pullback.Run run = pullback.open();
    List<Tensor> inputs = inputs(graph, RandomKey.of(seed));
    run.fix(1, inputs.get(1));
    List<Pullback.Frame> frames = List.of(pullback.frame(), pullback.frame());
    for (int i = 0; i < 2; i++) {
      double[] value = new double[graph.output(0).size()];
      double[] x = RandomKey.of(seed).fold(10 + i).normal(graph.inputs().get(0)).toArray();
      run.set(frames.get(i), 0, x, 0);
      run.forward(frames.get(i));
      run.get(frames.get(i), 0, value, 0);
      results.add(value);
    }
    run.clear();
    for (int i = 1; i >= 0; i--) {
      double[] cotangent = new double[graph.inputs().get(0).size()];
      run.backward(frames.get(i), RandomKey.of(i).normal(graph.output(0)).toArray(), 0);
      run.cotangent(frames.get(i), 0, cotangent, 0);
      results.add(cotangent);
    }
    double[] sum = new double[graph.inputs().get(1).size()];
    run.sum(0, sum, 0);
    results.add(sum);
    return results;
  }

  @Test
  void mostSmallGraphsAreGenerated() {
    int programs = 0;
    int pullbacks = 0;
    for (int seed = 0; seed < 100; seed++) {
      Graph graph = RandomGraphs.graph(seed, 5);
      programs += Program.of(graph).generate() ? 1 : 0;
      pullbacks += pullback(graph).generate() ? 1 : 0;
    }
    assertTrue(programs > 60, programs + " of 100 programs");
    assertTrue(pullbacks > 20, pullbacks + " of 100 pullbacks");
  }

  /** Products and sums of more than eight elements, whose lanes are filled more than once. */
  @Test
  void longReductionsAreTheSame() {
    List<Shape> shapes = List.of(Shape.of(2, 11), Shape.of(2, 11));
    Graph graph =
        Graph.trace(
            shapes,
            in -> {
              Tracer x = in.get(0);
              Tracer y = in.get(1);
              return List.of(x.matmul(y.transpose()), x.sum(1), y.sum(0), y.sum(1).sum(0));
            });
    assertTrue(Program.of(graph).generate());
    same(graph, inputs(graph, RandomKey.of(3)));
    same(graph, List.of(special(shapes.get(0), 1), special(shapes.get(1), 4)));
  }

  @Test
  void manyRunsGoOverToCode() {
    Graph graph = Graph.trace(List.of(Shape.of(2)), in -> List.of(in.get(0).sin().times(0.5)));
    Program.Run run = Program.of(graph).open();
    double[] expected =
        Program.plain(graph).run(List.of(Tensor.vector(0.3, -4))).getFirst().toArray();
    double[] got = new double[2];
    run.set(0, new double[] {0.3, -4}, 0);
    for (int i = 0; i < 101_000; i++) {
      run.run();
      run.get(0, got, 0);
      assertArrayEquals(expected, got);
    }
  }

  @Test
  void largeOnesStayWithKernels() {
    Graph graph = Graph.trace(List.of(Shape.of(1000)), in -> List.of(in.get(0).tanh()));
    assertFalse(Program.of(graph).generate());
  }
}
