package odeum.term;

/**
 * One summand {@code f(t, y) dx(t)} of a differential equation, as a solver sees it: numbers only.
 */
public sealed interface Term permits OdeTerm {
  /** {@return how many values the state has} */
  int size();

  /**
   * {@return a fresh evaluator with its own memory} It belongs to one solve, so to one thread; open
   * another one for another solve.
   */
  Derivative open();
}
