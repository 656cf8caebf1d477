package odeum.solver;

import java.util.Locale;

/**
 * A Rosenbrock method with an error estimate: its stages are linear equations with the Jacobian of
 * the start of the step, so nothing is iterated.
 *
 * @param name the name users type
 * @param tableau its coefficients, with error weights
 */
public record RosenbrockMethod(String name, RosenbrockTableau tableau)
    implements StagedMethod, AdaptiveSolver {
  public RosenbrockMethod {
    if (tableau.errorOrder() == 0) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The tableau of %s has no error weights.", name));
    }
  }

  @Override
  public int order() {
    return tableau.order();
  }

  @Override
  public int errorOrder() {
    return tableau.errorOrder();
  }

  @Override
  public int denseOrder() {
    return tableau.denseOrder();
  }

  @Override
  public StageScheme scheme() {
    return StageScheme.of(tableau);
  }
}
