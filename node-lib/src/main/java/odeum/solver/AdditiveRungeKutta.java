package odeum.solver;

/**
 * An implicit-explicit (IMEX) Runge-Kutta method: of a field that is a sum, one part is stepped
 * over explicitly, the stiff one implicitly. A field that is no sum is stiff as a whole.
 *
 * @param name the name users type
 * @param tableau its coefficients
 */
public record AdditiveRungeKutta(String name, AdditiveTableau tableau)
    implements StagedMethod, AdaptiveSolver {
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
    return tableau.implicit().denseOrder();
  }

  @Override
  public StageScheme scheme() {
    return StageScheme.of(tableau);
  }

  /** {@return the method for a field that is no sum} */
  public StageScheme wholeScheme() {
    return StageScheme.of(tableau.implicit());
  }
}
