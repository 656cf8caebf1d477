package odeum.nn;

import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** Where parameters start. The schemes that keep the size of values from layer to layer. */
public sealed interface Initializer {
  /**
   * {@return values of this shape}
   *
   * @param key where random numbers come from
   * @param shape the parameter's shape; of a matrix {@code (outputs, inputs)}
   * @param inputs how many values each output of the layer sums over
   * @param outputs how many values each input of the layer goes to
   */
  Tensor draw(RandomKey key, Shape shape, int inputs, int outputs);

  /** {@return uniform in ±1/sqrt(inputs): what PyTorch's Linear does, with weights and bias} */
  static Initializer standard() {
    return new Scaled(Size.INPUTS, 1 / 3.0, false);
  }

  /** {@return uniform, variance 2 / (inputs + outputs) (Glorot and Bengio 2010), for tanh} */
  static Initializer glorotUniform() {
    return new Scaled(Size.MEAN, 1, false);
  }

  /** {@return normal, variance 2 / (inputs + outputs) (Glorot and Bengio 2010), for tanh} */
  static Initializer glorotNormal() {
    return new Scaled(Size.MEAN, 1, true);
  }

  /** {@return uniform, variance 2 / inputs (He et al. 2015, arXiv:1502.01852), for ReLU} */
  static Initializer heUniform() {
    return new Scaled(Size.INPUTS, 2, false);
  }

  /** {@return normal, variance 2 / inputs (He et al. 2015, arXiv:1502.01852), for ReLU} */
  static Initializer heNormal() {
    return new Scaled(Size.INPUTS, 2, true);
  }

  /** {@return normal around zero} */
  static Initializer normal(double standardDeviation) {
    return new Normal(standardDeviation);
  }

  /** {@return uniform between two numbers} */
  static Initializer uniform(double low, double high) {
    return new Uniform(low, high);
  }

  /** {@return one value everywhere} */
  static Initializer constant(double value) {
    return new Constant(value);
  }

  /** {@return zeros} */
  static Initializer zeros() {
    return new Constant(0);
  }

  /**
   * {@return a random matrix whose rows (or columns, if they are fewer) are perpendicular and have
   * length 1} (Saxe et al. 2013, arXiv:1312.6120). Of more axes, the first is that of the rows.
   */
  static Initializer orthogonal() {
    return new Orthogonal(1);
  }

  /** What the variance of {@link Scaled} is relative to. */
  enum Size {
    /** The number of inputs. */
    INPUTS,
    /** The mean of the numbers of inputs and outputs. */
    MEAN
  }

  /**
   * Random values of variance {@code factor / size}.
   *
   * @param size what counts
   * @param factor the variance times the size
   * @param normal whether the distribution is normal, else uniform
   */
  record Scaled(Size size, double factor, boolean normal) implements Initializer {
    public Scaled {
      require(factor > 0, "The variance must be positive, got a factor of %s.", factor);
    }

    @Override
    public Tensor draw(RandomKey key, Shape shape, int inputs, int outputs) {
      double count = size == Size.INPUTS ? inputs : 0.5 * (inputs + outputs);
      double deviation = Math.sqrt(factor / count);
      Initializer scaled =
          normal
              ? new Normal(deviation)
              : new Uniform(-Math.sqrt(3 * factor / count), Math.sqrt(3 * factor / count));
      return scaled.draw(key, shape, inputs, outputs);
    }
  }

  /**
   * Normal around zero.
   *
   * @param standardDeviation the standard deviation
   */
  record Normal(double standardDeviation) implements Initializer {
    public Normal {
      require(
          standardDeviation >= 0,
          "A standard deviation cannot be negative, got %s.",
          standardDeviation);
    }

    @Override
    public Tensor draw(RandomKey key, Shape shape, int inputs, int outputs) {
      double[] values = key.normal(shape).toArray();
      for (int i = 0; i < values.length; i++) {
        values[i] *= standardDeviation;
      }
      return Tensor.of(shape, values);
    }
  }

  /**
   * Uniform.
   *
   * @param low the smallest value
   * @param high the largest value
   */
  record Uniform(double low, double high) implements Initializer {
    public Uniform {
      if (!(low <= high)) {
        throw new IllegalArgumentException(
            "The lower end must not be above the upper one, got %s and %s.".formatted(low, high));
      }
    }

    @Override
    public Tensor draw(RandomKey key, Shape shape, int inputs, int outputs) {
      return key.uniform(shape, low, high);
    }
  }

  /**
   * One value everywhere.
   *
   * @param value the value
   */
  record Constant(double value) implements Initializer {
    @Override
    public Tensor draw(RandomKey key, Shape shape, int inputs, int outputs) {
      return Tensor.full(shape, value);
    }
  }

  /**
   * Perpendicular rows or columns.
   *
   * @param gain their length
   */
  record Orthogonal(double gain) implements Initializer {
    public Orthogonal {
      require(gain > 0, "The gain must be positive, got %s.", gain);
    }

    @Override
    public Tensor draw(RandomKey key, Shape shape, int inputs, int outputs) {
      return Perpendicular.draw(key, shape, gain);
    }
  }

  private static void require(boolean condition, String message, double got) {
    if (!condition) {
      throw new IllegalArgumentException(message.formatted(got));
    }
  }
}
