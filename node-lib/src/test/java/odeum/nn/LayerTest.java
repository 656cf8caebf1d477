package odeum.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LayerTest {
  /** The layer of DESIGN.md, "Writing your own". */
  record Gated(Linear value, Linear gate) implements Layer {
    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.of("value", value.initial(key.fold(0)))
          .and("gate", gate.initial(key.fold(1)));
    }

    @Override
    public Tracer apply(Traced p, Tracer x) {
      return value.apply(p.at("value"), x).times(gate.apply(p.at("gate"), x).sigmoid());
    }
  }

  private static final Parameters SMALL =
      Parameters.of("weight", Tensor.matrix(new double[] {1, 2, 3}, new double[] {-1, 0.5, 0}))
          .and("bias", Tensor.vector(10, 20));

  static Graph graph(Layer layer, Structure parameters, Shape input) {
    return Graph.trace(
        List.of(Shape.of(parameters.size()), input),
        in -> List.of(layer.apply(new Traced(parameters, in.get(0)), in.get(1))));
  }

  static Tensor output(Layer layer, Parameters p, Tensor x) {
    Graph graph = graph(layer, p.structure(), x.shape());
    return Program.of(graph).run(List.of(p.flat(), x)).getFirst();
  }

  @Test
  void linearIsWeightTimesInputPlusBias() {
    Linear layer = Linear.of(3, 2);
    assertEquals(Tensor.vector(18, 19.5), output(layer, SMALL, Tensor.vector(2, 3, 0)));
    assertEquals(
        Tensor.vector(8, -0.5), output(layer.withoutBias(), SMALL, Tensor.vector(2, 3, 0)));
  }

  @Test
  void linearTakesTheLastAxisOfRows() {
    Linear layer = Linear.of(3, 2);
    Tensor rows = Tensor.matrix(new double[] {2, 3, 0}, new double[] {0, 0, 1});
    Tensor expected = Tensor.matrix(new double[] {18, 19.5}, new double[] {13, 20});
    assertEquals(expected, output(layer, SMALL, rows));
    assertEquals(
        expected.reshape(Shape.of(1, 2, 2)), output(layer, SMALL, rows.reshape(Shape.of(1, 2, 3))));
  }

  @Test
  void namesAreThoseOfPyTorch() {
    assertEquals(
        "0.weight(50, 2), 0.bias(50), 2.weight(2, 50), 2.bias(2)",
        Mlp.of(2, 50, 2).initial(RandomKey.of(0)).structure().toString());
    assertEquals(
        "0.value.weight(32, 2), 0.value.bias(32), 0.gate.weight(32, 2), 0.gate.bias(32),"
            + " 2.weight(1, 32), 2.bias(1)",
        Chain.of(new Gated(Linear.of(2, 32), Linear.of(2, 32)), Activation.RELU, Linear.of(32, 1))
            .initial(RandomKey.of(0))
            .structure()
            .toString());
  }

  @Test
  void networksCountTheirParametersAndSayWhatTheyAre() {
    Mlp net = Mlp.of(2, 50, 2);
    assertEquals(252, net.parameterCount());
    assertEquals(net.initial(RandomKey.of(0)).size(), net.parameterCount());
    assertEquals("mlp(2, 50, 2, tanh)", net.toString());
    Mlp positive = Mlp.of(Activation.RELU, 3, 4, 5, 1).withLast(Activation.SOFTPLUS);
    assertEquals("mlp(3, 4, 5, 1, relu, softplus)", positive.toString());
    assertEquals(
        "chain(linear(3, 4), relu, linear(4, 5), relu, linear(5, 1), softplus)",
        positive.chain().toString());
    Layer gated = new Gated(Linear.of(2, 3), Linear.of(2, 3).withoutBias());
    assertEquals(9 + 6, gated.parameterCount());
    assertEquals(0, Activation.TANH.parameterCount());
  }

  @Test
  void anMlpIsItsLayersByHand() {
    Mlp net = Mlp.of(2, 3, 1);
    Parameters p = net.initial(RandomKey.of(4));
    double[] x = {0.3, -0.8};
    double[] hidden = new double[3];
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double inner = 0;
      for (int j = 0; j < 2; j++) {
        inner += p.tensor("0.weight").get(i, j) * x[j];
      }
      hidden[i] = StrictMath.tanh(inner + p.tensor("0.bias").at(i));
      sum += p.tensor("2.weight").get(0, i) * hidden[i];
    }
    double expected = sum + p.tensor("2.bias").at(0);
    assertEquals(expected, output(net, p, Tensor.vector(x)).at(0), 1e-15);
    Layer positive = net.withLast(Activation.SOFTPLUS);
    double after = StrictMath.log1p(StrictMath.exp(expected));
    assertEquals(after, output(positive, p, Tensor.vector(x)).at(0), 1e-15);
  }

  @Test
  void aChainOfOwnLayersIsTheirComposition() {
    Gated gated = new Gated(Linear.of(2, 3), Linear.of(2, 3));
    Chain chain = Chain.of(gated, Activation.SINE, Linear.of(3, 1));
    Parameters p = chain.initial(RandomKey.of(1));
    Tensor x = Tensor.vector(0.5, -2);
    Tensor first = output(gated, p.at("0"), x);
    Tensor second = output(Activation.SINE, Parameters.EMPTY, first);
    assertEquals(output(Linear.of(3, 1), p.at("2"), second), output(chain, p, x));
    Tensor same = output(Chain.of(Activation.TANH, Activation.TANH), Parameters.EMPTY, x);
    assertEquals(StrictMath.tanh(StrictMath.tanh(0.5)), same.at(0), 1e-15);
  }

  @ParameterizedTest
  @EnumSource
  void gradientsOfNetworksAreThoseOfFiniteDifferences(Activation activation) {
    Mlp net = Mlp.of(activation, 2, 5, 4, 1).withLast(Activation.SINE);
    Parameters p = net.initial(RandomKey.of(7));
    Graph graph = graph(net, p.structure(), Shape.of(2));
    Program value = Program.of(graph);
    List<Tensor> point = List.of(p.flat(), Tensor.vector(0.7, -0.4));
    List<Tensor> gradient =
        Program.of(
                Graph.trace(
                    graph.inputs(),
                    in -> Vjp.pull(graph, in, List.of(in.getFirst().constant(Tensor.vector(1))))))
            .run(point);
    for (int operand = 0; operand < 2; operand++) {
      for (int i = 0; i < point.get(operand).size(); i++) {
        double difference =
            (value.run(moved(point, operand, i, 1e-6)).getFirst().at(0)
                    - value.run(moved(point, operand, i, -1e-6)).getFirst().at(0))
                / 2e-6;
        assertEquals(difference, gradient.get(operand).at(i), 1e-8);
      }
    }
  }

  private static List<Tensor> moved(List<Tensor> point, int operand, int position, double step) {
    double[] values = point.get(operand).toArray();
    values[position] += step;
    Tensor changed = Tensor.vector(values);
    return operand == 0 ? List.of(changed, point.get(1)) : List.of(point.get(0), changed);
  }

  @Test
  void theSameKeyGivesTheSameBits() {
    Mlp net = Mlp.of(2, 50, 2);
    assertEquals(net.initial(RandomKey.of(3)), net.initial(RandomKey.of(3)));
    double[] ours = net.initial(RandomKey.of(3)).flat().toArray();
    double[] others = net.initial(RandomKey.of(4)).flat().toArray();
    int equal = 0;
    for (int i = 0; i < ours.length; i++) {
      equal += ours[i] == others[i] ? 1 : 0;
    }
    assertEquals(0, equal);
    assertArrayEquals(ours, net.chain().initial(RandomKey.of(3)).flat().toArray());
  }

  @Test
  void wrongSizesSayWhatWasExpected() {
    assertEquals(
        "linear(3, 2) needs 3 values along the last axis of its input, got shape (2).",
        message(() -> output(Linear.of(3, 2), SMALL, Tensor.vector(1, 2))));
    assertEquals(
        "linear(2, 3) has a 'weight' of shape (3, 2), but was given one of shape (2, 3).",
        message(() -> output(Linear.of(2, 3), SMALL, Tensor.vector(1, 2))));
    assertEquals(
        "mlp(2, 3, 1, tanh) needs 2 values along the last axis of its input, got shape ().",
        message(() -> output(Mlp.of(2, 3, 1), SMALL, Tensor.scalar(1))));
    assertEquals(
        "A linear layer needs at least one input and one output, got 0 and 2.",
        message(() -> Linear.of(0, 2)));
    assertEquals(
        "A network needs the sizes of its layers, input and output included, as in 2, 50, 2; got"
            + " [2].",
        message(() -> Mlp.of(2)));
    assertEquals(
        "There is no activation 'tanhh'. Known: identity tanh sigmoid relu leaky_relu elu softplus"
            + " swish lip_swish gelu sine rbf. Did you mean 'tanh'?",
        message(() -> Activation.named("tanhh")));
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
