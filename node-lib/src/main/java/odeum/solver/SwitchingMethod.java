package odeum.solver;

/**
 * A method that goes over to another one where the system turns out to be stiff.
 *
 * @param name the name users type
 * @param start what it begins with
 * @param stiff what it goes on with
 */
public record SwitchingMethod(String name, EmbeddedRungeKutta start, OneStepMethod stiff)
    implements OneStepMethod, AdaptiveSolver {
  public SwitchingMethod {
    if (stiff.errorOrder() == 0) {
      throw new IllegalArgumentException(
          stiff.name() + " has no error estimate to choose steps by.");
    }
  }

  @Override
  public int order() {
    return start.order();
  }

  @Override
  public int errorOrder() {
    return start.errorOrder();
  }
}
