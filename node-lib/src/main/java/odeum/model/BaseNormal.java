package odeum.model;

import java.util.Arrays;
import odeum.graph.Tracer;
import odeum.simd.Elementary;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Independent normal numbers: where a flow starts.
 *
 * @param mean of each value
 * @param deviation the standard deviation of each, positive
 */
record BaseNormal(Tensor mean, Tensor deviation) {
  private static final double LOG_2_PI = 1.8378770664093453;

  BaseNormal {
    if (!mean.shape().equals(deviation.shape()) || mean.shape().rank() != 1) {
      throw new IllegalArgumentException(
          "A base distribution needs a mean and a standard deviation for each value, got shapes %s and %s."
              .formatted(mean.shape(), deviation.shape()));
    }
    for (int i = 0; i < deviation.size(); i++) {
      if (!(deviation.at(i) > 0 && Double.isFinite(deviation.at(i)))) {
        throw new IllegalArgumentException(
            "A standard deviation must be positive, got %s.".formatted(deviation.at(i)));
      }
    }
  }

  static BaseNormal of(int dimension, double deviation) {
    return new BaseNormal(
        Tensor.zeros(Shape.of(dimension)), Tensor.full(Shape.of(dimension), deviation));
  }

  /** {@return the log density at z, shape {@code ()}} */
  Tracer logDensity(Tracer z) {
    double constant = -0.5 * LOG_2_PI * mean.size();
    for (int i = 0; i < deviation.size(); i++) {
      constant -= Elementary.log(deviation.at(i));
    }
    Tracer scaled = z.minus(z.constant(mean)).div(z.constant(deviation));
    return scaled.square().sum().times(-0.5).plus(constant);
  }

  /** {@return what standard normal numbers become} */
  Tracer scaled(Tracer standard) {
    return standard.times(standard.constant(deviation)).plus(standard.constant(mean));
  }

  /** {@return independent samples, shape {@code (count, dimension)}} */
  Tensor sample(int count, RandomKey key) {
    double[] values = key.normal(Shape.of(count, mean.size())).toArray();
    for (int i = 0; i < values.length; i++) {
      int j = i % mean.size();
      values[i] = mean.at(j) + deviation.at(j) * values[i];
    }
    return Tensor.of(Shape.of(count, mean.size()), values);
  }

  @Override
  public String toString() {
    return "normal, means %s, standard deviations %s"
        .formatted(Arrays.toString(mean.toArray()), Arrays.toString(deviation.toArray()));
  }
}
