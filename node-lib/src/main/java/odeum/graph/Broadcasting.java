package odeum.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import odeum.tensor.Shape;

/** NumPy's rule: shapes are aligned at the last axis; an extent of 1 or a missing axis repeats. */
final class Broadcasting {
  private Broadcasting() {}

  static Shape common(Shape a, Shape b) {
    if (a.equals(b)) {
      return a;
    }
    List<Integer> extents = new ArrayList<>();
    for (int back = 1; back <= Math.max(a.rank(), b.rank()); back++) {
      int x = back <= a.rank() ? a.extent(a.rank() - back) : 1;
      int y = back <= b.rank() ? b.extent(b.rank() - back) : 1;
      if (x != y && x != 1 && y != 1) {
        throw new IllegalArgumentException(
            String.format(Locale.ROOT, "Shapes %s and %s do not fit together.", a, b));
      }
      extents.add(x == 1 ? y : x);
    }
    Collections.reverse(extents);
    return new Shape(extents);
  }
}
