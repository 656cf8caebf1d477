package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;

/**
 * Appends zeros to a sample: more channels to an image, more numbers to a vector. In the larger
 * space the trajectories of an ODE can pass each other (Dupont et al. 2019, arXiv:1904.01681).
 *
 * @param more how many channels, or numbers
 */
public record Augment(int more) implements Plain {
  public Augment {
    if (more <= 0) {
      throw new IllegalArgumentException(
          "A sample is augmented by one channel or more, got %s.".formatted(more));
    }
  }

  /** {@return a layer that appends so many channels, or numbers} */
  public static Augment of(int more) {
    return new Augment(more);
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    if (x.shape().rank() == 0) {
      throw new IllegalArgumentException("%s needs a vector or an image.".formatted(this));
    }
    return x.pad(0, 0, more);
  }

  @Override
  public String toString() {
    return "augment(%s)".formatted(more);
  }
}
