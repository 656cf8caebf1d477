package odeum.solver;

/** A method that steps a differential equation. {@link Solvers} has all of them. */
public sealed interface Solver permits OneStepMethod, AdaptiveSolver, CommonsSolver {
  /** {@return the name users type, such as {@code tsit5}} */
  String name();

  /** {@return the order: over a fixed span the error shrinks like {@code h^order}} */
  int order();
}
