package odeum.autodiff;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/**
 * Divergences inside a computation: the trace of a function's Jacobian, where the value has the
 * shape of the argument. A vector field changes the density of what it moves by it. The function
 * may use traced arrays of the functions around it.
 */
public final class Divergence {
  private Divergence() {}

  /**
   * {@return the divergence of a function, itself a function: of x, one number} By as many forward
   * passes as x has values, run as one batch.
   */
  public static UnaryOperator<Tracer> of(UnaryOperator<Tracer> function) {
    return x -> {
      int size = x.shape().size();
      Tracer jacobian = Jacobian.of(function).apply(x);
      requireSame(new Shape(jacobian.shape().extents().subList(0, x.shape().rank())), x);
      List<Integer> diagonal = IntStream.range(0, size).mapToObj(i -> i * (size + 1)).toList();
      return jacobian.flatten().gather(0, diagonal).sum();
    };
  }

  /**
   * {@return {@code v·(Jv)}, one number: an estimate of the divergence at x by one forward pass}
   * Its mean is the divergence if the values of v are independent with mean 0 and variance 1. With
   * J's symmetric part S the variance is {@code 2 (sum of all Sᵢⱼ² with i ≠ j)} if they are -1 or
   * 1, and {@code 2 (sum of all Sᵢⱼ²)} if they are normal. Hutchinson 1989,
   * doi:10.1080/03610918908812806.
   *
   * @param v noise, in the shape of x
   */
  public static Tracer estimate(UnaryOperator<Tracer> function, Tracer x, Tracer v) {
    Tracer product = Jvp.product(function, x, v);
    requireSame(product.shape(), x);
    return product.times(v).sum();
  }

  private static void requireSame(Shape result, Tracer x) {
    if (!result.equals(x.shape())) {
      throw new IllegalArgumentException(
          "A divergence is that of a function whose value has the shape of its argument, but shape %s gives %s."
              .formatted(x.shape(), result));
    }
  }
}
