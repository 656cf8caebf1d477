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

  /**
   * {@return normal numbers with the means and standard deviations of columns} A column of one
   * value has a standard deviation of 1.
   */
  static BaseNormal of(Tensor rows) {
    int count = rows.shape().extent(0);
    double[] means = new double[rows.shape().extent(1)];
    double[] deviations = new double[means.length];
    if (count == 0) {
      throw new IllegalArgumentException("Means are those of a point or more, but there is none.");
    }
    for (int j = 0; j < means.length; j++) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += rows.get(i, j);
      }
      means[j] = sum / count;
      double squares = 0;
      for (int i = 0; i < count; i++) {
        double difference = rows.get(i, j) - means[j];
        squares += difference * difference;
      }
      deviations[j] = squares > 0 ? Math.sqrt(squares / count) : 1;
    }
    return new BaseNormal(Tensor.vector(means), Tensor.vector(deviations));
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
