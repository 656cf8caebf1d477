package odeum.solver;

import java.util.Locale;

/**
 * A diagonally implicit Runge-Kutta method with an error estimate. Its equations are solved by
 * Newton's method with the Jacobian of the start of the step.
 *
 * @param name the name users type
 * @param tableau its coefficients, with error weights
 */
public record ImplicitRungeKutta(String name, ButcherTableau tableau)
    implements StagedMethod, AdaptiveSolver {
  public ImplicitRungeKutta {
    if (tableau.isExplicit() || tableau.a(0, 0) != 0 || tableau.estimates() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s needs implicit stages after an explicit first one, and error weights.",
              name));
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
