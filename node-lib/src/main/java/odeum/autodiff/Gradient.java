package odeum.autodiff;

import java.util.List;
import java.util.function.UnaryOperator;
import odeum.graph.Closure;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Gradients inside a computation: of a function whose value is one number, by its argument. The
 * function may use traced arrays of the functions around it, and gradients nest.
 */
public final class Gradient {
  private Gradient() {}

  /**
   * A function's value and its gradient.
   *
   * @param value shape {@code ()}
   * @param gradient in the shape of the argument
   */
  public record WithValue(Tracer value, Tracer gradient) {}

  /** {@return the gradient of a function, itself a function: of x, in the shape of x} */
  public static UnaryOperator<Tracer> of(UnaryOperator<Tracer> function) {
    return x -> valueAndGradient(function, x).gradient;
  }

  /** {@return value and gradient of a function at x} */
  public static WithValue valueAndGradient(UnaryOperator<Tracer> function, Tracer x) {
    Closure closure = Functions.trace(function, x);
    Shape shape = closure.graph().output(0);
    if (shape.size() != 1) {
      throw new IllegalArgumentException(
          "A gradient is that of one number, but the function gives shape %s. Take its sum() or mean(), or use Jacobian."
              .formatted(shape));
    }
    List<Tracer> both =
        Vjp.valueAndPull(
            closure.graph(),
            closure.arguments(List.of(x)),
            List.of(x.constant(Tensor.full(shape, 1))),
            List.of(0));
    return new WithValue(both.get(0).reshape(Shape.of()), both.get(1));
  }
}
