package odeum.nn;

import odeum.graph.Convolution;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/**
 * A convolution over images: from shape {@code (inputs, height, width)} to {@code (outputs, ...)}.
 * The parameters are named as PyTorch does: {@code weight} of shape {@code (outputs, inputs,
 * kernel, kernel)} and {@code bias} of shape {@code (outputs)}.
 *
 * @param inputs how many channels go in
 * @param outputs how many channels come out
 * @param kernel how many pixels the weights are high and wide
 * @param convolution stride, padding and dilation
 * @param biased whether there is a bias
 * @param weights where the weights start
 * @param biases where the bias starts
 */
public record Conv2d(
    int inputs,
    int outputs,
    int kernel,
    Convolution convolution,
    boolean biased,
    Initializer weights,
    Initializer biases)
    implements Layer {
  public Conv2d {
    if (inputs <= 0 || outputs <= 0 || kernel <= 0) {
      throw new IllegalArgumentException(
          "A convolution needs channels in and out and a kernel of a pixel or more, got %s, %s and %s."
              .formatted(inputs, outputs, kernel));
    }
  }

  /**
   * {@return a convolution with stride 1 and no padding, which starts as PyTorch's does, see {@link
   * Initializer#standard}}
   */
  public static Conv2d of(int inputs, int outputs, int kernel) {
    Initializer start = Initializer.standard();
    return new Conv2d(inputs, outputs, kernel, Convolution.of(), true, start, start);
  }

  private Conv2d with(Convolution other) {
    return new Conv2d(inputs, outputs, kernel, other, biased, weights, biases);
  }

  /** {@return this layer, whose weights move by so many pixels} */
  public Conv2d withStride(int pixels) {
    return with(convolution.withStride(pixels));
  }

  /** {@return this layer with so many zeros around each image} */
  public Conv2d withPadding(int zeros) {
    return with(convolution.withPadding(zeros));
  }

  /** {@return this layer with other weights at the start} */
  public Conv2d withWeights(Initializer initializer) {
    return new Conv2d(inputs, outputs, kernel, convolution, biased, initializer, biases);
  }

  /** {@return this layer with another bias at the start} */
  public Conv2d withBias(Initializer initializer) {
    return new Conv2d(inputs, outputs, kernel, convolution, true, weights, initializer);
  }

  /** {@return this layer without a bias} */
  public Conv2d withoutBias() {
    return new Conv2d(inputs, outputs, kernel, convolution, false, weights, biases);
  }

  private Shape weightShape() {
    return Shape.of(outputs, inputs, kernel, kernel);
  }

  @Override
  public Parameters initial(RandomKey key) {
    int in = inputs * kernel * kernel;
    int out = outputs * kernel * kernel;
    Parameters weight = Parameters.of("weight", weights.draw(key.fold(0), weightShape(), in, out));
    return biased
        ? weight.and("bias", biases.draw(key.fold(1), Shape.of(outputs), in, out))
        : weight;
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    if (x.shape().rank() != 3 || x.shape().extent(0) != inputs) {
      throw new IllegalArgumentException(
          "%s needs images of shape (%s, height, width), got %s."
              .formatted(this, inputs, x.shape()));
    }
    Tracer y = convolution.apply(x, Given.parameter(this, p, "weight", weightShape()));
    if (!biased) {
      return y;
    }
    Tracer bias = Given.parameter(this, p, "bias", Shape.of(outputs));
    return y.plus(bias.reshape(Shape.of(outputs, 1, 1)));
  }

  @Override
  public int parameterCount() {
    return outputs * inputs * kernel * kernel + (biased ? outputs : 0);
  }

  @Override
  public String toString() {
    return "conv2d(%s, %s, %s, stride %s, padding %s%s)"
        .formatted(
            inputs,
            outputs,
            kernel,
            convolution.stride(),
            convolution.padding(),
            biased ? "" : ", no bias");
  }
}
