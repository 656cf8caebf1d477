package odeum.autodiff;

import java.util.List;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/** Operations that act column by column, over a batch. */
final class Columns {
  private static final List<Integer> SAMPLES_BEFORE_COLUMNS = List.of(0, 2, 1);

  private Columns() {}

  /**
   * {@return the operation for each sample} Samples with data of their own become columns; if all
   * share the data they become rows, so that these are not repeated.
   *
   * @param data the knots or the values, with the axis of samples if {@code own}
   * @param each the points or the numbers, with the axis of samples
   */
  static Tracer batch(Op op, Tracer data, boolean own, Tracer each, int size) {
    int rows = each.shape().extent(0);
    int columns = each.shape().extent(1);
    if (own) {
      int all = columns * size;
      Tracer wide = data.reshape(Shape.of(data.shape().extent(0), all));
      Tracer result = apply(op, wide, each.reshape(Shape.of(rows, all)));
      return result.reshape(Shape.of(result.shape().extent(0), columns, size));
    }
    Tracer tall = each.transpose(SAMPLES_BEFORE_COLUMNS).reshape(Shape.of(rows * size, columns));
    return apply(op, data, tall)
        .reshape(Shape.of(rows, size, columns))
        .transpose(SAMPLES_BEFORE_COLUMNS);
  }

  private static Tracer apply(Op op, Tracer data, Tracer each) {
    return Tracer.apply(op, op instanceof Op.Search ? List.of(data, each) : List.of(each, data));
  }
}
