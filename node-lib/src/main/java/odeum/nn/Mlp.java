package odeum.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;

/**
 * A multilayer perceptron: linear layers with an activation between them. The parameters are named
 * as those of PyTorch's {@code Sequential}, where activations count: {@code 0.weight}, {@code
 * 0.bias}, {@code 2.weight}, ...
 *
 * @param sizes how many values each layer has, those of input and output included
 * @param activation the function after each linear layer but the last
 * @param last the function after the last linear layer
 * @param weights where the weights start
 * @param biases where the biases start
 */
public record Mlp(
    List<Integer> sizes,
    Activation activation,
    Activation last,
    Initializer weights,
    Initializer biases)
    implements Layer {
  public Mlp {
    sizes = List.copyOf(sizes);
    if (sizes.size() < 2 || sizes.stream().anyMatch(size -> size <= 0)) {
      throw new IllegalArgumentException(
          "A network needs the sizes of its layers, input and output included, as in 2, 50, 2; got %s."
              .formatted(sizes));
    }
  }

  /** {@return a network of these sizes with tanh between its layers, and none at the end} */
  public static Mlp of(int... sizes) {
    return of(Activation.TANH, sizes);
  }

  /**
   * {@return a network of these sizes with an activation between its layers, and none at the end}
   */
  public static Mlp of(Activation activation, int... sizes) {
    return new Mlp(
        Arrays.stream(sizes).boxed().toList(),
        activation,
        Activation.IDENTITY,
        Initializer.standard(),
        Initializer.standard());
  }

  /** {@return this network with a function after its last layer} */
  public Mlp withLast(Activation function) {
    return new Mlp(sizes, activation, function, weights, biases);
  }

  /** {@return this network with other weights at the start} */
  public Mlp withWeights(Initializer initializer) {
    return new Mlp(sizes, activation, last, initializer, biases);
  }

  /** {@return this network with other biases at the start} */
  public Mlp withBias(Initializer initializer) {
    return new Mlp(sizes, activation, last, weights, initializer);
  }

  /** {@return how many values go in} */
  public int inputs() {
    return sizes.getFirst();
  }

  /** {@return how many values come out} */
  public int outputs() {
    return sizes.getLast();
  }

  /** {@return the same network, layer by layer} */
  public Chain chain() {
    List<Layer> layers = new ArrayList<>();
    for (int i = 1; i < sizes.size(); i++) {
      layers.add(new Linear(sizes.get(i - 1), sizes.get(i), true, weights, biases));
      Activation function = i < sizes.size() - 1 ? activation : last;
      if (i < sizes.size() - 1 || function != Activation.IDENTITY) {
        layers.add(function);
      }
    }
    return new Chain(layers);
  }

  @Override
  public Parameters initial(RandomKey key) {
    return chain().initial(key);
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    if (x.shape().rank() == 0 || x.shape().extent(-1) != inputs()) {
      throw new IllegalArgumentException(
          "%s needs %s values along the last axis of its input, got shape %s."
              .formatted(this, inputs(), x.shape()));
    }
    return chain().apply(p, x);
  }

  @Override
  public int parameterCount() {
    return chain().parameterCount();
  }

  /** {@return the network as an equation cell writes it} */
  @Override
  public String toString() {
    String text = sizes.stream().map(String::valueOf).collect(Collectors.joining(", "));
    String end = last == Activation.IDENTITY ? "" : ", " + last;
    return "mlp(%s, %s%s)".formatted(text, activation, end);
  }
}
