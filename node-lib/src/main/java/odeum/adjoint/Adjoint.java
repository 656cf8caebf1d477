package odeum.adjoint;

/** How the derivative of a solve is computed. */
public sealed interface Adjoint {
  /**
   * {@return discretise, then optimise} Keeps every step and goes back through the very operations
   * of the solver, so the gradient is that of the computed numbers. The sequence of step sizes
   * counts as given. Memory grows with the number of steps.
   */
  static Adjoint direct() {
    return new Direct();
  }

  /** Discretise, then optimise, with every step kept. */
  record Direct() implements Adjoint {}
}
