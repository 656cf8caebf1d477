package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers for images, against PyTorch's numbers, and layers that see the time. */
class ImageLayersTest {
  private static final Tensor IMAGE = values(i -> (i + 1) / 4.0, 2, 3, 3);

  private static Tensor values(java.util.function.IntToDoubleFunction f, int... extents) {
    Shape shape = Shape.of(extents);
    return Tensor.of(shape, IntStream.range(0, shape.size()).mapToDouble(f).toArray());
  }

  @Test
  void convolutionGivesTheNumbersOfPyTorch() {
    Parameters p =
        Parameters.of("weight", values(i -> (i - 7) / 8.0, 2, 2, 2, 2))
            .and("bias", Tensor.vector(0.5, -1));
    Conv2d layer = Conv2d.of(2, 2, 2).withStride(2).withPadding(1);
    assertEquals(
        Tensor.of(
            Shape.of(2, 2, 2),
            new double[] {0.375, -0.53125, -1.9375, -6.875, 1.625, 4.96875, 6.5625, 14.625}),
        LayerTest.output(layer, p, IMAGE));
    assertEquals(
        -7.375, LayerTest.output(layer.withoutBias(), p, IMAGE).get(0, 1, 1), "without the bias");
  }

  @Test
  void groupNormGivesTheNumbersOfPyTorch() {
    Parameters p =
        Parameters.of("weight", Tensor.vector(2, -1)).and("bias", Tensor.vector(0.25, 0.5));
    double[] whole = LayerTest.output(GroupNorm.of(1, 2), p, IMAGE).toArray();
    assertEquals(-3.026702348845231, whole[0], 1e-14);
    assertEquals(0.05725280300910396, whole[8], 1e-14);
    assertEquals(-1.1383511744226154, whole[17], 1e-14);
    double[] apart = LayerTest.output(GroupNorm.of(2, 2), p, IMAGE).toArray();
    assertEquals(-2.8483494969950476, apart[0], 1e-14);
    assertEquals(0.25, apart[4], 1e-14);
    assertEquals(2.0491747484975233, apart[9], 1e-14);
    assertEquals(-1.049174748497524, apart[17], 1e-14);
  }

  @Test
  void groupNormStartsAsAPlainNorm() {
    Parameters start = GroupNorm.of(2, 4).initial(RandomKey.of(0));
    assertEquals(List.of("weight", "bias"), start.structure().names());
    assertEquals(Tensor.vector(1, 1, 1, 1), start.tensor("weight"));
    assertEquals(Tensor.vector(0, 0, 0, 0), start.tensor("bias"));
  }

  @Test
  void convolutionStartsWithinPyTorchsBounds() {
    Parameters start = Conv2d.of(3, 16, 5).initial(RandomKey.of(1));
    assertEquals(Shape.of(16, 3, 5, 5), start.tensor("weight").shape());
    double bound = 1 / Math.sqrt(75);
    for (double weight : start.flat().toArray()) {
      assertTrue(Math.abs(weight) <= bound);
    }
    assertEquals(start.size(), Conv2d.of(3, 16, 5).parameterCount());
  }

  @Test
  void layersWithoutParametersMoveValues() {
    Tensor pooled = LayerTest.output(GlobalAveragePool.of(), Parameters.EMPTY, IMAGE);
    assertEquals(Tensor.vector(1.25, 3.5), pooled);
    Tensor flat = LayerTest.output(Flatten.of(), Parameters.EMPTY, IMAGE);
    assertEquals(IMAGE, LayerTest.output(Reshape.of(2, 3, 3), Parameters.EMPTY, flat));
    assertEquals(
        Tensor.vector(1, 2, 0, 0, 0),
        LayerTest.output(Augment.of(3), Parameters.EMPTY, Tensor.vector(1, 2)));
    Tensor wider = LayerTest.output(Augment.of(1), Parameters.EMPTY, IMAGE);
    assertEquals(Shape.of(3, 3, 3), wider.shape());
    assertEquals(4.5, wider.get(1, 2, 2));
    assertEquals(0, wider.get(2, 0, 0));
  }

  private static Tensor at(Layer layer, Parameters p, double time, Tensor x) {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(p.size()), Shape.of(), x.shape()),
            in ->
                List.of(
                    TimeLayer.apply(
                        layer, new Traced(p.structure(), in.get(0)), in.get(1), in.get(2))));
    return Program.of(graph).run(List.of(p.flat(), Tensor.scalar(time), x)).getFirst();
  }

  @Test
  void timeComesInFront() {
    Parameters linear = Parameters.of("weight", Tensor.matrix(new double[] {10, 1, 2}));
    Layer layer = ConcatTime.of(Linear.of(3, 1).withoutBias());
    Parameters p = Parameters.of("_layer", linear);
    assertEquals(Tensor.vector(10 * 0.5 + 3 + 8), at(layer, p, 0.5, Tensor.vector(3, 4)));
    // A chain hands it on, and layers without time ignore it.
    Layer chain = Chain.of(Activation.RELU, layer);
    Parameters inChain = Parameters.of("1", p);
    assertEquals(Tensor.vector(10 * 0.5 + 8), at(chain, inChain, 0.5, Tensor.vector(-3, 4)));
    assertEquals(List.of("1._layer.weight"), chain.initial(RandomKey.of(0)).structure().names());
    // A convolution with one weight per channel: time, then the two channels.
    Layer image = ConcatTime.of(Conv2d.of(3, 1, 1).withoutBias());
    Parameters ones = Parameters.of("_layer.weight", values(i -> i == 0 ? 100 : 1, 1, 3, 1, 1));
    assertEquals(100 * 2 + 0.25 + 2.5, at(image, ones, 2, IMAGE).get(0, 0, 0));
  }

  @Test
  void misuseSaysWhatWasExpected() {
    IllegalArgumentException channels =
        assertThrows(
            IllegalArgumentException.class,
            () -> LayerTest.graph(Conv2d.of(3, 1, 2), Parameters.EMPTY.structure(), IMAGE.shape()));
    assertTrue(channels.getMessage().contains("(3, height, width)"), channels.getMessage());
    assertThrows(IllegalArgumentException.class, () -> GroupNorm.of(3, 4));
    assertThrows(IllegalArgumentException.class, () -> Augment.of(0));
    Layer timed = ConcatTime.of(Linear.of(2, 1));
    Parameters p = timed.initial(RandomKey.of(0));
    IllegalStateException noTime =
        assertThrows(
            IllegalStateException.class, () -> LayerTest.output(timed, p, Tensor.vector(1)));
    assertTrue(noTime.getMessage().contains("needs the time"), noTime.getMessage());
  }

  static List<Layer> layers() {
    return List.of(
        Conv2d.of(2, 3, 2).withStride(2).withPadding(1),
        Conv2d.of(2, 2, 3).withPadding(1).withoutBias(),
        GroupNorm.of(1, 2),
        GroupNorm.of(2, 2),
        GlobalAveragePool.of(),
        Augment.of(2));
  }

  /** By parameters and input, against central differences. */
  @ParameterizedTest
  @MethodSource("layers")
  void gradientIsThatOfDifferences(Layer layer) {
    Parameters p = layer.initial(RandomKey.of(3));
    Graph output = LayerTest.graph(layer, p.structure(), IMAGE.shape());
    Graph loss =
        Graph.trace(
            output.inputs(),
            in -> {
              Tracer y = output.inline(in).getFirst();
              Tensor weights = RandomKey.of(4).normal(y.shape());
              return List.of(y.times(y.constant(weights)).sum());
            });
    Tensor x = RandomKey.of(5).normal(IMAGE.shape());
    Graph pulled =
        Graph.trace(loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1))));
    List<Tensor> gradient = Program.of(pulled).run(List.of(p.flat(), x));
    Program value = Program.of(loss);
    assertArrayEquals(differences(value, List.of(p.flat(), x), 0), gradient.get(0).toArray(), 1e-7);
    assertArrayEquals(differences(value, List.of(p.flat(), x), 1), gradient.get(1).toArray(), 1e-7);
  }

  private static double[] differences(Program value, List<Tensor> at, int operand) {
    double h = 1e-5;
    double[] slopes = new double[at.get(operand).size()];
    for (int i = 0; i < slopes.length; i++) {
      double[] ends = new double[2];
      for (int side = 0; side < 2; side++) {
        double[] moved = at.get(operand).toArray();
        moved[i] += side == 0 ? -h : h;
        Tensor other = Tensor.of(at.get(operand).shape(), moved);
        ends[side] =
            value
                .run(operand == 0 ? List.of(other, at.get(1)) : List.of(at.get(0), other))
                .getFirst()
                .scalar();
      }
      slopes[i] = (ends[1] - ends[0]) / (2 * h);
    }
    return slopes;
  }
}
