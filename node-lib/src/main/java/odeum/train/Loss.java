package odeum.train;

import java.util.Arrays;
import java.util.List;
import odeum.tensor.Names;

/** How errors are measured: predictions minus data become one number. */
public enum Loss {
  /** The mean of the squared errors. */
  MEAN_SQUARE("mse"),
  /** The mean of the absolute errors, which outliers move less. */
  MEAN_ABSOLUTE("mae");

  private final String shortName;

  Loss(String shortName) {
    this.shortName = shortName;
  }

  /** {@return the loss of a name used in the notebook: mse or mae} */
  public static Loss named(String name) {
    List<String> known = Arrays.stream(values()).map(Loss::shortName).toList();
    return Arrays.stream(values())
        .filter(loss -> loss.shortName.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no loss '%s'. Known: %s.%s"
                        .formatted(
                            name,
                            String.join(" ", known),
                            Names.nearest(name, known)
                                .map(" Did you mean '%s'?"::formatted)
                                .orElse(""))));
  }

  /** {@return the name used in the notebook} */
  public String shortName() {
    return shortName;
  }

  /** {@return the objective that measures these errors} */
  public Objective of(Objective.Residuals errors) {
    return switch (this) {
      case MEAN_SQUARE -> Objective.leastSquares(errors);
      case MEAN_ABSOLUTE -> (p, sample) -> errors.of(p, sample).abs().mean();
    };
  }
}
