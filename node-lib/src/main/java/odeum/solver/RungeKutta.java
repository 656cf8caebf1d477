package odeum.solver;

/**
 * An explicit Runge-Kutta method for fixed steps.
 *
 * @param name the name users type
 * @param tableau its coefficients
 */
public record RungeKutta(String name, ButcherTableau tableau) implements ExplicitRungeKutta {
  public RungeKutta {
    TableauCheck.explicit(name, tableau);
  }
}
