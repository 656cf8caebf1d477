package odeum.train;

import java.util.Optional;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;

/**
 * What training minimises, written on tracers for one sample. Over a batch it is averaged; one that
 * needs the whole batch at once is made by {@link #overBatch(Objective)}.
 */
@FunctionalInterface
public interface Objective {
  /**
   * {@return the loss of one sample, one number}
   *
   * @param p parameters by name
   * @param sample the sample's fields by name; of an objective over a batch those of all samples,
   *     which the first axis counts
   */
  Tracer loss(Traced p, Traced sample);

  /** {@return the residuals whose mean square is the loss, if that is what the loss is} */
  default Optional<Residuals> residuals() {
    return Optional.empty();
  }

  /** {@return whether it is the loss of a whole batch, not of one sample} */
  default boolean overBatch() {
    return false;
  }

  /**
   * {@return the sum of this objective and another, as in a loss and a regulariser} Both are of one
   * sample, or both of a batch.
   */
  default Objective plus(Objective other) {
    if (overBatch() != other.overBatch()) {
      throw new IllegalArgumentException(
          "A loss of a whole batch and one of a sample cannot be added. Write both in one overBatch.");
    }
    Objective sum = (p, sample) -> loss(p, sample).plus(other.loss(p, sample));
    return overBatch() ? overBatch(sum) : sum;
  }

  /** {@return this objective times a number} */
  default Objective times(double factor) {
    Objective product = (p, sample) -> loss(p, sample).times(factor);
    return overBatch() ? overBatch(product) : product;
  }

  /**
   * {@return the objective of a whole batch, as of a distance between distributions (MMD)} Its
   * fields have one axis more, the first, which counts the samples; nothing is averaged.
   *
   * <pre>{@code
   * Objective mean = Objective.overBatch(
   *     (p, batch) -> batch.get("x").times(p.get("a")).mean().minus(2).square());
   * }</pre>
   */
  static Objective overBatch(Objective loss) {
    return new OverBatch(loss);
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
