package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.term.VectorField;

/** A field written in Java, with the parameters of a layer. */
record WrittenField(Layer layer, int dimension, VectorField field) implements TimedLayer {
  @Override
  public Parameters initial(RandomKey key) {
    return layer.initial(key);
  }

  @Override
  public Tracer apply(Traced p, Tracer t, Tracer x, Tracer context) {
    return field.apply(t, x, p);
  }

  @Override
  public String toString() {
    return "a field with " + layer;
  }
}
