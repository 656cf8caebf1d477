package odeum.nn;

import java.util.List;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;

/** A layer whose input is the state, then the time, then the context. */
record Concatenated(Layer layer, int dimension, int context) implements TimedLayer {
  Concatenated {
    if (dimension < 1 || context < 0) {
      throw new IllegalArgumentException(
          "A field has one state or more, got %s, and a context of %s values."
              .formatted(dimension, context));
    }
  }

  @Override
  public Parameters initial(RandomKey key) {
    return layer.initial(key);
  }

  @Override
  public Tracer apply(Traced p, Tracer t, Tracer x, Tracer context) {
    return layer.apply(p, Tracer.concatenate(0, List.of(x, t.reshape(Shape.of(1)), context)));
  }

  @Override
  public String toString() {
    return layer.toString();
  }
}
