package odeum.solver;

/**
 * An explicit Runge-Kutta method with an error estimate.
 *
 * @param name the name users type
 * @param tableau its coefficients, with error weights
 */
public record EmbeddedRungeKutta(String name, ButcherTableau tableau)
    implements ExplicitRungeKutta, AdaptiveSolver {
  public EmbeddedRungeKutta {
    if (tableau.estimates() == 0) {
      throw new IllegalArgumentException(
          "The tableau of %s has no error weights. Use RungeKutta, or withError.".formatted(name));
    }
  }

  @Override
  public int errorOrder() {
    return tableau.errorOrder();
  }
}
