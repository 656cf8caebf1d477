package odeum.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import odeum.autodiff.Vjp;
import odeum.autodiff.Vmap;
import odeum.graph.Convolution;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Convolutions of a batch store no patches, and give the bits of those that do. */
class ConvolvingTest {
  private static final Shape IMAGE = Shape.of(3, 6, 5);
  private static final Shape WEIGHT = Shape.of(4, 3, 3, 3);

  private static Graph batch(int samples, Convolution convolution, boolean biased) {
    return batch(samples, convolution, biased, IMAGE, WEIGHT);
  }

  private static Graph batch(
      int samples, Convolution convolution, boolean biased, Shape image, Shape weight) {
    Graph one =
        Graph.trace(
            List.of(image, weight, Shape.of(weight.extent(0), 1, 1)),
            in -> {
              Tracer y = convolution.apply(in.get(0), in.get(1));
              return List.of(biased ? y.plus(in.get(2)).tanh() : y.tanh());
            });
    return Vmap.of(one, List.of(true, false, false), samples);
  }

  private static List<Tensor> inputs(Graph graph) {
    List<Tensor> inputs = new ArrayList<>();
    for (Shape shape : graph.inputs()) {
      inputs.add(RandomKey.of(inputs.size()).normal(shape));
    }
    return inputs;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 13, 64})
  void bitsAreThoseOfStoredPatches(int samples) {
    for (boolean biased : new boolean[] {false, true}) {
      for (Convolution convolution :
          List.of(Convolution.of().withPadding(1), new Convolution(2, 1, 2), Convolution.of())) {
        Graph graph = batch(samples, convolution, biased);
        assertEquals(Program.plain(graph).run(inputs(graph)), Program.of(graph).run(inputs(graph)));
        Graph pulled = Vjp.of(graph);
        assertEquals(
            Program.plain(pulled).run(inputs(pulled)), Program.of(pulled).run(inputs(pulled)));
      }
    }
  }

  /** Many channels go by tiles, whose sums are others. */
  private static Graph tiled(int samples) {
    Shape image = Shape.of(9, 6, 5);
    return batch(samples, Convolution.of().withPadding(1), true, image, Shape.of(8, 9, 3, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 13, 64})
  void tilesGiveTheNumbersOfStoredPatches(int samples) {
    Graph pulled = Vjp.of(tiled(samples));
    for (Graph graph : List.of(tiled(samples), pulled)) {
      List<Tensor> expected = Program.plain(graph).run(inputs(graph));
      List<Tensor> actual = Program.of(graph).run(inputs(graph));
      for (int i = 0; i < expected.size(); i++) {
        double largest = Arrays.stream(expected.get(i).toArray()).map(Math::abs).max().orElse(0);
        for (int j = 0; j < expected.get(i).size(); j++) {
          assertEquals(expected.get(i).at(j), actual.get(i).at(j), 1e-13 * largest);
        }
      }
    }
  }

  private static Tensor first(Tensor batch, int samples) {
    Shape shape = batch.shape();
    int whole = shape.extent(-1);
    double[] values = new double[batch.size() / whole * samples];
    for (int i = 0; i < values.length; i++) {
      values[i] = batch.at(i / samples * whole + i % samples);
    }
    return Tensor.of(shape.with(shape.rank() - 1, samples), values);
  }

  /** The cotangents of weights are sums over the batch; all else is each sample's own. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 13})
  void numbersOfASampleDoNotDependOnItsBatch(int samples) {
    for (UnaryOperator<Graph> what : List.<UnaryOperator<Graph>>of(g -> g, Vjp::of)) {
      Graph many = what.apply(tiled(64));
      Graph few = what.apply(tiled(samples));
      List<Tensor> all = inputs(many);
      List<Tensor> some = new ArrayList<>(all);
      for (int i = 0; i < all.size(); i++) {
        if (all.get(i).shape().rank() == 4 && all.get(i).shape().extent(-1) == 64) {
          some.set(i, first(all.get(i), samples));
        }
      }
      Tensor expected = first(Program.of(many).run(all).getFirst(), samples);
      assertEquals(expected, Program.of(few).run(some).getFirst());
    }
  }

  @Test
  void noPatchesAreStored() {
    Graph pulled = Vjp.of(batch(64, Convolution.of().withPadding(1), true));
    int patches = IMAGE.size() * 9 * 64;
    int stored = Program.plain(pulled).memorySize();
    int fused = Program.of(pulled).memorySize();
    assertTrue(fused < stored - patches, fused + " and " + stored + " numbers");
  }

  @Test
  void rowsRepeatedInTheMiddleHaveTheSameBits() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(3, 4, 5, 16), Shape.of(3, 1, 1, 16)),
            in -> {
              Tracer a = in.get(0);
              Tracer b = in.get(1).broadcast(a.shape());
              return List.of(a.plus(b), b.minus(a), a.div(b), a.times(b), b.tanh());
            });
    assertEquals(Program.plain(graph).run(inputs(graph)), Program.of(graph).run(inputs(graph)));
    Tensor tanh = Program.of(graph).run(inputs(graph)).get(4);
    Tensor small = inputs(graph).get(1);
    Graph direct = Graph.trace(List.of(small.shape()), in -> List.of(in.getFirst().tanh()));
    Tensor expected = Program.of(direct).run(List.of(small)).getFirst();
    assertEquals(expected.get(2, 0, 0, 7), tanh.get(2, 3, 1, 7));
    assertEquals(expected.get(0, 0, 0, 15), tanh.get(0, 0, 4, 15));
  }
}
