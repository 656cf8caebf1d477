package odeum.autodiff;

import java.util.function.UnaryOperator;
import odeum.graph.Tracer;

/** Second derivatives inside a computation, of a function whose value is one number. */
public final class Hessian {
  private Hessian() {}

  /**
   * {@return the Hessian of a function, itself a function: of x, in the shape of x twice} The
   * Jacobian of the gradient, forward over reverse.
   */
  public static UnaryOperator<Tracer> of(UnaryOperator<Tracer> function) {
    return Jacobian.of(Gradient.of(function));
  }

  /** {@return the Hessian times a vector, in the shape of x, without forming the Hessian} */
  public static Tracer product(UnaryOperator<Tracer> function, Tracer x, Tracer v) {
    return Jvp.product(Gradient.of(function), x, v);
  }
}
