package odeum.term;

/** The right-hand side of {@code dy/dt = f(t, y)} in plain numbers. */
@FunctionalInterface
public interface Derivative {
  /**
   * Computes dy/dt.
   *
   * @param t time
   * @param y state, not modified
   * @param dy receives the derivative
   */
  void evaluate(double t, double[] y, double[] dy);
}
