package odeum.solver;

/** A method of our own: each step needs nothing but the state, and what it carries beside it. */
public sealed interface OneStepMethod extends Solver
    permits ExplicitRungeKutta, StagedMethod, ReversibleMethod, SwitchingMethod {
  /** {@return the power of h that the estimate of one step's error shrinks with; 0 without one} */
  int errorOrder();
}
