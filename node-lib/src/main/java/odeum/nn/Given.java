package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/** Parameters as a layer is given them. */
final class Given {
  private Given() {}

  /** {@return a parameter of the shape that the layer has it in} */
  static Tracer parameter(Layer layer, Traced p, String name, Shape shape) {
    Tracer parameter = p.get(name);
    if (!parameter.shape().equals(shape)) {
      throw new IllegalArgumentException(
          "%s has a '%s' of shape %s, but was given one of shape %s."
              .formatted(layer, name, shape, parameter.shape()));
    }
    return parameter;
  }
}
