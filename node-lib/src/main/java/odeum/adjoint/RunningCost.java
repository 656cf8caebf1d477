package odeum.adjoint;

import java.util.function.UnaryOperator;
import odeum.autodiff.Jvp;
import odeum.graph.Tracer;

/**
 * What a solve pays at each moment of its way; {@link CostedSolve} sums it up. Written on tracers
 * for one sample.
 */
@FunctionalInterface
public interface RunningCost {
  /** {@return the cost per unit of time, of any shape that is the same at all moments} */
  Tracer rate(Moment moment);

  /**
   * A moment on the way.
   *
   * @param t time, shape {@code ()}
   * @param y state
   * @param dy the field there, in the shape of y
   * @param field the field at this time, a function of the state: for derivatives by it
   */
  record Moment(Tracer t, Tracer y, Tracer dy, UnaryOperator<Tracer> field) {}

  /**
   * {@return the kinetic energy |dy/dt|²} Little of it keeps trajectories straight and slow, so
   * that a solver takes few steps: Finlay et al. 2020, arXiv:2002.02798.
   */
  static RunningCost kinetic() {
    return moment -> moment.dy().square().sum();
  }

  /**
   * {@return the square of the Frobenius norm of the field's Jacobian, estimated without the
   * Jacobian} Its mean over the noise is exact (Hutchinson): the square length of the Jacobian's
   * product with the noise. Finlay et al. 2020, arXiv:2002.02798.
   *
   * @param noise independent numbers of mean 0 and variance 1, in the shape of the state, the same
   *     for the whole way: {@code Drawn.rademacher()} or {@code Drawn.normal()}
   */
  static RunningCost jacobian(Tracer noise) {
    return moment -> {
      Tracer direction = noise.reshape(moment.y().shape());
      return Jvp.product(moment.field(), moment.y(), direction).square().sum();
    };
  }

  /** {@return the speed of each value of the state, in its shape: their sum is the way it goes} */
  static RunningCost speed() {
    return moment -> moment.dy().abs();
  }
}
