package odeum.solver;

/** An explicit Runge-Kutta method: a name and a tableau. */
public sealed interface ExplicitRungeKutta extends OneStepMethod
    permits RungeKutta, EmbeddedRungeKutta {
  /** {@return the coefficients} */
  ButcherTableau tableau();

  @Override
  default int order() {
    return tableau().order();
  }

  @Override
  default int errorOrder() {
    return tableau().errorOrder();
  }
}
