package odeum.train;

import java.util.Optional;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;

/** What training minimises, written on tracers for one sample. Over a batch it is averaged. */
@FunctionalInterface
public interface Objective {
  /**
   * {@return the loss of one sample, one number}
   *
   * @param p parameters by name
   * @param sample the sample's fields by name
   */
  Tracer loss(Traced p, Traced sample);

  /** {@return the residuals whose mean square is the loss, if that is what the loss is} */
  default Optional<Residuals> residuals() {
    return Optional.empty();
  }

  /** {@return the sum of this objective and another, as in a loss and a regulariser} */
  default Objective plus(Objective other) {
    return (p, sample) -> loss(p, sample).plus(other.loss(p, sample));
  }

  /** {@return this objective times a number} */
  default Objective times(double factor) {
    return (p, sample) -> loss(p, sample).times(factor);
  }

  /** {@return the mean of the squares of a part of the parameters, a regulariser} */
  static Objective meanSquareOf(String part) {
    return (p, sample) -> p.at(part).flat().square().mean();
  }

  /** {@return the mean of the squares of these residuals} Levenberg-Marquardt needs this form. */
  static Objective leastSquares(Residuals residuals) {
    return new LeastSquares(residuals);
  }

  /** {@return this objective, differentiated and compiled} The tracing happens here, once. */
  default Compiled compile(Parameters start, Dataset data) {
    return Compiled.of(this, start.structure(), data.structure());
  }

  /** What should become zero: predictions minus data, for one sample. */
  @FunctionalInterface
  interface Residuals {
    /** {@return an array of residuals} */
    Tracer of(Traced p, Traced sample);
  }
}
