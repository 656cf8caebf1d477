package odeum.term;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** A field of which only some values are computed; the others are zero. */
final class RestrictedField {
  private RestrictedField() {}

  static Graph of(Graph field, boolean[] rows) {
    return Graph.trace(field.inputs(), in -> List.of(kept(field.inline(in).getFirst(), rows)));
  }

  private static Tracer kept(Tracer dy, boolean[] rows) {
    Shape shape = dy.shape();
    int inner = shape.rank() == 0 ? 1 : shape.product(1, shape.rank());
    if (shape.rank() > 0 && isByFirstAxis(rows, inner)) {
      return runs(dy, rows, inner); // no reshape hides from where the values are put together
    }
    return runs(dy.reshape(Shape.of(rows.length)), rows, 1).reshape(shape);
  }

  private static boolean isByFirstAxis(boolean[] rows, int inner) {
    for (int i = 0; i < rows.length; i++) {
      if (rows[i] != rows[i / inner * inner]) {
        return false;
      }
    }
    return true;
  }

  private static Tracer runs(Tracer dy, boolean[] rows, int inner) {
    List<Tracer> parts = new ArrayList<>();
    int from = 0;
    int extent = dy.shape().extent(0);
    while (from < extent) {
      boolean keep = rows[from * inner];
      int to = from;
      while (to < extent && rows[to * inner] == keep) {
        to++;
      }
      Tracer zeros = dy.constant(Tensor.zeros(dy.shape().with(0, to - from)));
      parts.add(keep ? dy.slice(0, from, to) : zeros);
      from = to;
    }
    return parts.isEmpty() ? dy : Tracer.concatenate(0, parts);
  }
}
