package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/**
 * {@code weight x + bias}. The parameters are named as PyTorch does: {@code weight} of shape {@code
 * (outputs, inputs)} and {@code bias} of shape {@code (outputs)}. An input of more axes is taken
 * along its last one: {@code (rows, inputs)} becomes {@code (rows, outputs)}.
 *
 * @param inputs how many values go in
 * @param outputs how many values come out
 * @param biased whether there is a bias
 * @param weights where the weights start
 * @param biases where the bias starts
 */
public record Linear(
    int inputs, int outputs, boolean biased, Initializer weights, Initializer biases)
    implements Layer {
  public Linear {
    if (inputs <= 0 || outputs <= 0) {
      throw new IllegalArgumentException(
          "A linear layer needs at least one input and one output, got %s and %s."
              .formatted(inputs, outputs));
    }
  }

  /** {@return a layer that starts as PyTorch's does, see {@link Initializer#standard}} */
  public static Linear of(int inputs, int outputs) {
    return new Linear(inputs, outputs, true, Initializer.standard(), Initializer.standard());
  }

  /** {@return this layer with other weights at the start} */
  public Linear withWeights(Initializer initializer) {
    return new Linear(inputs, outputs, biased, initializer, biases);
  }

  /** {@return this layer with another bias at the start} */
  public Linear withBias(Initializer initializer) {
    return new Linear(inputs, outputs, true, weights, initializer);
  }

  /** {@return this layer without a bias} */
  public Linear withoutBias() {
    return new Linear(inputs, outputs, false, weights, biases);
  }

  @Override
  public Parameters initial(RandomKey key) {
    Shape matrix = Shape.of(outputs, inputs);
    Parameters weight = Parameters.of("weight", weights.draw(key.fold(0), matrix, inputs, outputs));
    return biased
        ? weight.and("bias", biases.draw(key.fold(1), Shape.of(outputs), inputs, outputs))
        : weight;
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    Shape shape = x.shape();
    if (shape.rank() == 0 || shape.extent(-1) != inputs) {
      throw new IllegalArgumentException(
          "%s needs %s values along the last axis of its input, got shape %s."
              .formatted(this, inputs, shape));
    }
    Tracer product = product(Given.parameter(this, p, "weight", Shape.of(outputs, inputs)), x);
    return biased ? product.plus(Given.parameter(this, p, "bias", Shape.of(outputs))) : product;
  }

  private Tracer product(Tracer weight, Tracer x) {
    if (x.shape().rank() == 1) {
      return weight.matmul(x);
    }
    int rows = x.shape().size() / inputs;
    Tracer product = x.reshape(Shape.of(rows, inputs)).matmul(weight.transpose());
    return product.reshape(x.shape().with(x.shape().rank() - 1, outputs));
  }

  @Override
  public int parameterCount() {
    return outputs * inputs + (biased ? outputs : 0);
  }

  @Override
  public String toString() {
    return "linear(%s, %s%s)".formatted(inputs, outputs, biased ? "" : ", no bias");
  }
}
