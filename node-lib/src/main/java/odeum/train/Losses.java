package odeum.train;

import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** Losses as numbers on tracers, for objectives written by hand. */
public final class Losses {
  private static final double LOG_2_PI = 1.8378770664093453;

  private Losses() {}

  /** {@return the mean of the squared errors} */
  public static Tracer meanSquare(Tracer errors) {
    return errors.square().mean();
  }

  /** {@return the mean of the absolute errors} */
  public static Tracer meanAbsolute(Tracer errors) {
    return errors.abs().mean();
  }

  /**
   * {@return the mean of Huber's function: half the square of errors up to delta, beyond it
   * straight}
   */
  public static Tracer huber(Tracer errors, double delta) {
    return huberValues(errors, delta).mean();
  }

  static Tracer huberValues(Tracer errors, double delta) {
    Require.that(delta > 0, "Huber's delta must be positive, got %s.", delta);
    Tracer size = errors.abs();
    Tracer inner = size.min(size.constant(delta));
    // With c = min(|e|, delta): c^2 / 2 + delta (|e| - c).
    return inner.square().times(0.5).plus(size.minus(inner).times(delta));
  }

  /**
   * {@return the mean negative log likelihood of errors that are normal around zero}
   *
   * @param errors predictions minus data
   * @param sd the standard deviation, positive: a number or one per error
   */
  public static Tracer gaussian(Tracer errors, Tracer sd) {
    return gaussianValues(errors, sd).mean();
  }

  /** {@return the same for each error, not the mean} */
  public static Tracer gaussianValues(Tracer errors, Tracer sd) {
    return errors.div(sd).square().times(0.5).plus(sd.log()).plus(0.5 * LOG_2_PI);
  }

  /**
   * {@return how far independent normal numbers are from standard normal ones: the sum of their
   * Kullback-Leibler divergences} {@code (mean² + variance - 1 - log variance) / 2} each.
   *
   * @param mean their means
   * @param logVariance the logarithms of their variances
   */
  public static Tracer normalDivergence(Tracer mean, Tracer logVariance) {
    return mean.square().plus(logVariance.exp()).minus(1).minus(logVariance).times(0.5).sum();
  }

  /** {@return what {@link #gaussian} is with the standard deviation at which it is smallest} */
  static Tracer gaussianAtBest(Tracer meanSquare) {
    return meanSquare.log().plus(LOG_2_PI + 1).times(0.5);
  }

  /**
   * {@return the mean negative log likelihood of classes} It is not a number where a label is none.
   *
   * @param scores a score per class ("logits"), shape {@code (..., classes)}; their softmax are the
   *     probabilities
   * @param labels the true class, counted from 0, shape {@code (...)}
   */
  public static Tracer crossEntropy(Tracer scores, Tracer labels) {
    Shape shape = scores.shape();
    if (shape.rank() == 0 || !shape.without(shape.rank() - 1).equals(labels.shape())) {
      throw new IllegalArgumentException(
          "Scores of shape (..., classes) need labels of shape (...), got %s and %s."
              .formatted(shape, labels.shape()));
    }
    int axis = shape.rank() - 1;
    double[] classes = new double[shape.extent(axis)];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = i;
    }
    Tracer column = labels.reshape(shape.with(axis, 1)).broadcast(shape);
    Tracer numbers = scores.constant(Tensor.vector(classes));
    Tracer other = column.less(numbers).plus(numbers.less(column));
    Tracer chosen = other.unaryMinus().plus(1);
    // A label that is no class chooses nothing: zero over zero.
    Tracer score = scores.times(chosen).sum(axis).div(chosen.sum(axis));
    return logSumExp(scores, axis).minus(score).mean();
  }

  /** The logarithm of the sum of exponentials over the last axis, without overflow. */
  private static Tracer logSumExp(Tracer scores, int axis) {
    Tracer largest = scores.stopGradient();
    for (int n = scores.shape().extent(axis); n > 1; n = largest.shape().extent(axis)) {
      int half = n / 2;
      // Of an odd number the middle one takes part twice.
      largest = largest.slice(axis, 0, n - half).max(largest.slice(axis, half, n));
    }
    Tracer sum = scores.minus(largest.broadcast(scores.shape())).exp().sum(axis);
    return sum.log().plus(largest.reshape(sum.shape()));
  }
}
