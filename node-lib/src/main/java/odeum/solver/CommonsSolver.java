package odeum.solver;

import java.util.function.DoubleFunction;
import org.apache.commons.math3.ode.FirstOrderIntegrator;

/**
 * An integrator of Commons Math, or any other {@link FirstOrderIntegrator}: a black box that takes
 * a state forward and shows the states inside its steps, but not how it computed them. So the
 * backsolve adjoint works through it, the direct and the checkpointed one do not. Its rejected
 * steps are not known and count as none.
 */
public sealed interface CommonsSolver extends Solver {
  /**
   * A solver that chooses its steps. Of {@link Pid} it gets the tolerances and the limits of the
   * step.
   *
   * @param name the name users type
   * @param order its order
   * @param maker makes the integrator of one solve
   */
  record Adaptive(String name, int order, AdaptiveMaker maker)
      implements CommonsSolver, AdaptiveSolver {}

  /**
   * A solver with steps of one size.
   *
   * @param name the name users type
   * @param order its order
   * @param maker makes the integrator of one solve from the size of its steps, which is positive
   */
  record Fixed(String name, int order, DoubleFunction<? extends FirstOrderIntegrator> maker)
      implements CommonsSolver {}

  /** Makes integrators, such as {@code HighamHall54Integrator::new}. */
  @FunctionalInterface
  interface AdaptiveMaker {
    /**
     * {@return a new integrator; it serves one solve}
     *
     * @param minStep the smallest step, positive
     * @param maxStep the largest step, at most the span
     * @param atol absolute tolerance of each value; infinite for values that choose no steps
     * @param rtol relative tolerance of each value
     */
    FirstOrderIntegrator make(double minStep, double maxStep, double[] atol, double[] rtol);
  }

  /** {@return a solver that chooses its steps, by an integrator that may ignore the tolerances} */
  static Adaptive adaptive(String name, int order, AdaptiveMaker maker) {
    return new Adaptive(name, order, maker);
  }

  /** {@return a solver with steps of one size} */
  static Fixed fixed(String name, int order, DoubleFunction<? extends FirstOrderIntegrator> maker) {
    return new Fixed(name, order, maker);
  }
}
