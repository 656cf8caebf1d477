package odeum.solver;

/**
 * A symplectic method for positions whose derivatives depend on velocities only, and velocities
 * whose derivatives depend on positions only, such as {@code x'' = f(t, x)}. Energy stays near its
 * value for very long times.
 *
 * @param name the name users type
 * @param coefficients its kicks and drifts
 */
public record SymplecticMethod(String name, SymplecticScheme coefficients) implements StagedMethod {
  @Override
  public int order() {
    return coefficients.order();
  }

  @Override
  public int errorOrder() {
    return 0;
  }

  @Override
  public int denseOrder() {
    return Math.min(3, order());
  }

  @Override
  public StageScheme scheme() {
    return StageScheme.of(coefficients);
  }
}
