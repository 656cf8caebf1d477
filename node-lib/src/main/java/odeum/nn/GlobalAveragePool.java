package odeum.nn;

import java.util.stream.IntStream;
import odeum.graph.Traced;
import odeum.graph.Tracer;

/**
 * The mean of each channel over its pixels: shape {@code (channels, ...)} to {@code (channels)}.
 */
public record GlobalAveragePool() implements Plain {
  /** {@return the layer} */
  public static GlobalAveragePool of() {
    return new GlobalAveragePool();
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    if (x.shape().rank() < 2) {
      throw new IllegalArgumentException(
          "%s needs channels of pixels, shape (channels, height, width), got %s."
              .formatted(this, x.shape()));
    }
    return x.mean(IntStream.range(1, x.shape().rank()).toArray());
  }

  @Override
  public String toString() {
    return "global_average_pool";
  }
}
