package odeum.train;

import java.util.List;
import odeum.tensor.Names;

/** The methods by the names used in the notebook, with their usual settings. */
public final class Optimizers {
  private static final double RATE = 1e-3;

  private Optimizers() {}

  /** {@return the method of a name, as in {@code -O adam}; learning rates are 1e-3} */
  public static Optimizer named(String name) {
    return switch (name) {
      case "adam" -> Adam.of(RATE);
      case "adamw" -> AdamW.of(RATE);
      case "rmsprop" -> RmsProp.of(RATE);
      case "sgd" -> Sgd.of(RATE);
      case "lbfgs" -> Lbfgs.of();
      case "lm" -> LevenbergMarquardt.of();
      case "cmaes" -> CmaEs.of();
      default ->
          throw new IllegalArgumentException(
              "There is no optimizer '%s'. Known: %s.%s"
                  .formatted(
                      name,
                      String.join(" ", names()),
                      Names.nearest(name, names())
                          .map(" Did you mean '%s'?"::formatted)
                          .orElse("")));
    };
  }

  /** {@return the names of all methods} */
  public static List<String> names() {
    return List.of("adam", "adamw", "rmsprop", "sgd", "lbfgs", "lm", "cmaes");
  }
}
