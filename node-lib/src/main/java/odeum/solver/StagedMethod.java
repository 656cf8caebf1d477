package odeum.solver;

/** A method of Runge and Kutta's kind that is more than explicit stages of the whole field. */
public sealed interface StagedMethod extends OneStepMethod
    permits ImplicitRungeKutta, AdditiveRungeKutta, RosenbrockMethod, SymplecticMethod {
  /** {@return its stages, one by one} */
  StageScheme scheme();

  /** {@return the order of dense output: within one step its error shrinks one power faster} */
  int denseOrder();
}
