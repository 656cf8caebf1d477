package odeum.solver;

import java.util.Locale;

/**
 * An explicit Runge-Kutta method with an error estimate.
 *
 * @param name the name users type
 * @param tableau its coefficients, with error weights
 */
public record EmbeddedRungeKutta(String name, ButcherTableau tableau)
    implements ExplicitRungeKutta, AdaptiveSolver {
  public EmbeddedRungeKutta {
    TableauCheck.explicit(name, tableau);
    if (tableau.estimates() == 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The tableau of %s has no error weights. Use RungeKutta, or withError.",
              name));
    }
  }
}
