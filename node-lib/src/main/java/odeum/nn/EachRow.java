package odeum.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import odeum.autodiff.Vmap;
import odeum.graph.Closure;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Structure;

/**
 * A layer applied to each row alike, as to the states of a solve: {@code (rows, inputs)} becomes
 * {@code (rows, outputs)}. The parameters are those of the layer.
 *
 * @param layer what a row goes through
 */
public record EachRow(Layer layer) implements Layer {
  @Override
  public Parameters initial(RandomKey key) {
    return layer.initial(key);
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    if (x.shape().rank() == 0 || x.shape().extent(0) == 0) {
      throw new IllegalArgumentException(
          "A layer for each row needs a row or more, got shape %s.".formatted(x.shape()));
    }
    int rows = x.shape().extent(0);
    Structure names = p.structure();
    Closure one =
        Closure.trace(
            List.of(x.shape().without(0), p.flat().shape()),
            in -> List.of(layer.apply(new Traced(names, in.get(1)), in.get(0))));
    List<Tracer> arguments = one.arguments(List.of(x.transpose(turned(x, 1)), p.flat()));
    List<Boolean> mapped = new ArrayList<>(Collections.nCopies(arguments.size(), false));
    mapped.set(0, true);
    Tracer columns = Vmap.push(one.graph(), arguments, mapped, rows).spread(rows).getFirst();
    return columns.transpose(turned(columns, -1));
  }

  /** The axes with the first one last, or the last one first. */
  private static List<Integer> turned(Tracer x, int distance) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < x.shape().rank(); axis++) {
      axes.add(axis);
    }
    Collections.rotate(axes, -distance);
    return axes;
  }

  @Override
  public int parameterCount() {
    return layer.parameterCount();
  }

  @Override
  public String toString() {
    return layer + " for each row";
  }
}
