package odeum.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Brings the values of each group of channels of a sample to mean 0 and variance 1, then scales and
 * shifts each channel (Wu and He 2018, arXiv:1803.08494). It depends on no other sample. The
 * parameters are named as PyTorch does: {@code weight} and {@code bias}, both of shape {@code
 * (channels)}.
 *
 * @param groups how many groups there are; one is layer norm, as many as channels instance norm
 * @param channels how many channels the input has, along its first axis
 * @param epsilon what is added to the variance
 */
public record GroupNorm(int groups, int channels, double epsilon) implements Layer {
  public GroupNorm {
    if (groups <= 0 || channels <= 0 || channels % groups != 0) {
      throw new IllegalArgumentException(
          "Channels are divided into groups of equal size, got %s groups of %s channels."
              .formatted(groups, channels));
    }
    if (!(epsilon >= 0)) {
      throw new IllegalArgumentException("Epsilon cannot be negative, got %s.".formatted(epsilon));
    }
  }

  /** {@return a norm with epsilon 1e-5, as in PyTorch} */
  public static GroupNorm of(int groups, int channels) {
    return new GroupNorm(groups, channels, 1e-5);
  }

  @Override
  public Parameters initial(RandomKey key) {
    return Parameters.of("weight", Tensor.full(Shape.of(channels), 1))
        .and("bias", Tensor.zeros(Shape.of(channels)));
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    Shape shape = x.shape();
    if (shape.rank() == 0 || shape.extent(0) != channels) {
      throw new IllegalArgumentException(
          "%s needs %s channels along the first axis of its input, got shape %s."
              .formatted(this, channels, shape));
    }
    Tracer grouped = x.reshape(Shape.of(groups, shape.size() / groups));
    Tracer rows = grouped.standardize(epsilon, 1).reshape(shape);
    List<Integer> column = new ArrayList<>(Collections.nCopies(shape.rank(), 1));
    column.set(0, channels);
    Tracer weight = Given.parameter(this, p, "weight", Shape.of(channels));
    Tracer bias = Given.parameter(this, p, "bias", Shape.of(channels));
    return rows.times(weight.reshape(new Shape(column))).plus(bias.reshape(new Shape(column)));
  }

  @Override
  public int parameterCount() {
    return 2 * channels;
  }

  @Override
  public String toString() {
    return "group_norm(%s, %s)".formatted(groups, channels);
  }
}
