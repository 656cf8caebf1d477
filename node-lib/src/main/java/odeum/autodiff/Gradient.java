package odeum.autodiff;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import odeum.graph.Closure;
import odeum.graph.Tracer;
import odeum.tensor.Names;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A number and its derivatives by named numbers; and, by {@link #of(UnaryOperator)}, gradients
 * inside a computation: of a function whose value is one number, by its argument. That function may
 * use traced arrays of the functions around it, and gradients nest.
 */
public final class Gradient {
  private final double value;
  private final Map<String, Double> derivatives;

  private Gradient(double value, Map<String, Double> derivatives) {
    this.value = value;
    this.derivatives = derivatives;
  }

  /**
   * {@return a number and its derivatives}
   *
   * @param names what it is derived by
   * @param derivatives by each of them
   */
  public static Gradient named(double value, List<String> names, double... derivatives) {
    Map<String, Double> byName = new LinkedHashMap<>();
    for (int i = 0; i < Math.max(names.size(), derivatives.length); i++) {
      byName.put(names.get(i), derivatives[i]);
    }
    return new Gradient(value, Collections.unmodifiableMap(byName));
  }

  /** {@return the number that is derived} */
  public double value() {
    return value;
  }

  /** {@return what the number is derived by} */
  public List<String> names() {
    return List.copyOf(derivatives.keySet());
  }

  /** {@return the derivative by the number of this name} */
  public double of(String name) {
    Double derivative = derivatives.get(name);
    if (derivative == null) {
      throw new IllegalArgumentException(
          "There is no derivative by '%s'. Known: %s.%s"
              .formatted(
                  name,
                  String.join(" ", names()),
                  Names.nearest(name, names()).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    return derivative;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("value ").append(value);
    derivatives.forEach((name, d) -> text.append("\nby ").append(name).append(' ').append(d));
    return text.toString();
  }

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
