package odeum.autodiff;

import java.util.List;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/** Matrix products over a batch, whose samples lie along the last axis. */
final class Products {
  /** The order of axes that transposes each matrix of a batch. */
  static final List<Integer> SWAP = List.of(1, 0, 2);

  private Products() {}

  /**
   * The products of matrices a {@code (m, k)} and b {@code (k, n)}, each perhaps given transposed,
   * at least one of them mapped.
   */
  static Tracer batch(
      Tracer a, boolean left, boolean aMapped, Tracer b, boolean right, boolean bMapped) {
    if (aMapped && bMapped) {
      return (left ? a.transpose(SWAP) : a).multiplyEach(right ? b.transpose(SWAP) : b);
    }
    if (bMapped) {
      return wide(a, left, right ? b.transpose(SWAP) : b);
    }
    // The transposed product has the mapped matrix on the right, where samples are more columns.
    return wide(b, !right, left ? a : a.transpose(SWAP)).transpose(SWAP);
  }

  /** One product: the columns of all samples side by side. */
  private static Tracer wide(Tracer a, boolean left, Tracer b) {
    int inner = b.shape().extent(0);
    int columns = b.shape().extent(1);
    int size = b.shape().extent(2);
    Tracer product = a.matmul(b.reshape(Shape.of(inner, columns * size)), left, false);
    return product.reshape(Shape.of(product.shape().extent(0), columns, size));
  }

  /** Products counted by an axis already, over a batch: samples count on. */
  static Tracer each(Tracer a, Tracer b) {
    Tracer product = joined(a).multiplyEach(joined(b));
    Shape shape = a.shape().with(1, b.shape().extent(1));
    return product.reshape(shape);
  }

  private static Tracer joined(Tracer a) {
    Shape shape = a.shape();
    return a.reshape(Shape.of(shape.extent(0), shape.extent(1), shape.extent(2) * shape.extent(3)));
  }
}
