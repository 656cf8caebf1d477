package odeum.train;

import java.util.Arrays;
import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Names;

/** How errors are measured: predictions minus data become one number. */
public enum Loss {
  /** The mean of the squared errors. */
  MEAN_SQUARE("mse"),
  /** The mean of the absolute errors, also named L1, which outliers move less. */
  MEAN_ABSOLUTE("mae"),
  /** Half the mean square of errors up to 1, beyond it straight (Huber 1964). */
  HUBER("huber"),
  /**
   * The mean negative log likelihood of errors that are normal. Their standard deviation is the
   * parameter {@code sd}; if there is none, that of the sample's errors themselves, at which the
   * likelihood is largest.
   */
  NEGATIVE_LOG_LIKELIHOOD("nll");

  private final String shortName;

  Loss(String shortName) {
    this.shortName = shortName;
  }

  /** {@return the loss of a name used in the notebook: mse, mae (or l1), huber or nll} */
  public static Loss named(String name) {
    List<String> known = Arrays.stream(values()).map(Loss::shortName).toList();
    int position = known.indexOf(name.equals("l1") ? MEAN_ABSOLUTE.shortName : name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "There is no loss '%s'. Known: %s.%s"
              .formatted(
                  name,
                  String.join(" ", known),
                  Names.nearest(name, known).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    return values()[position];
  }

  /** {@return the name used in the notebook} */
  public String shortName() {
    return shortName;
  }

  /** {@return the objective that measures these errors} */
  public Objective of(Objective.Residuals errors) {
    return this == MEAN_SQUARE
        ? Objective.leastSquares(errors)
        : (p, sample) -> measure(p, errors.of(p, sample), Tracer::mean);
  }

  /**
   * {@return the objective that measures some of these errors}
   *
   * @param mask 1 where an error counts, else 0, in the shape of the errors
   */
  public Objective of(Objective.Residuals errors, Objective.Residuals mask) {
    if (this == MEAN_SQUARE) {
      return Objective.leastSquares(
          (p, sample) -> {
            Tracer counted = mask.of(p, sample);
            // The mean over those that count, written as a mean over all.
            Tracer share = counted.constant(counted.shape().size()).div(counted.sum());
            return errors.of(p, sample).times(counted.times(share.sqrt()));
          });
    }
    return (p, sample) -> {
      Tracer counted = mask.of(p, sample);
      return measure(
          p, errors.of(p, sample), values -> values.times(counted).sum().div(counted.sum()));
    };
  }

  private interface Mean {
    Tracer of(Tracer values);
  }

  private Tracer measure(Traced p, Tracer errors, Mean mean) {
    return switch (this) {
      case MEAN_SQUARE -> mean.of(errors.square());
      case MEAN_ABSOLUTE -> mean.of(errors.abs());
      case HUBER -> mean.of(Losses.huberValues(errors, 1));
      case NEGATIVE_LOG_LIKELIHOOD ->
          p.structure().find("sd").isPresent()
              ? mean.of(Losses.gaussianValues(errors, p.get("sd")))
              : Losses.gaussianAtBest(mean.of(errors.square()));
    };
  }
}
