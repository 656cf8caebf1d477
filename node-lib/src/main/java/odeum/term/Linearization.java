package odeum.term;

import odeum.autodiff.MatrixLayout;

/**
 * The derivatives of a right-hand side by state and time, one point after another in the same
 * memory. For one thread.
 */
public sealed interface Linearization permits TracedLinearization, DifferencedLinearization {
  /** Computes the derivatives at this point. */
  void evaluate(double t, double[] y);

  /** {@return df/dy at the last point, in this object's layout; overwritten by the next} */
  double[] stateDerivative();

  /** {@return df/dt at the last point; overwritten by the next} */
  double[] timeDerivative();

  /** {@return where the entries of df/dy lie} */
  MatrixLayout layout();

  /** {@return whether df/dt is known to be zero everywhere} */
  boolean isAutonomous();

  /** {@return how often f itself was evaluated so far: none if the derivatives are exact} */
  long evaluations();
}
