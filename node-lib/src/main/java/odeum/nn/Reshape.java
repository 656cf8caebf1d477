package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/**
 * The same values in another shape, as pixels that come as a vector and are an image.
 *
 * @param shape the shape that comes out
 */
public record Reshape(Shape shape) implements Plain {
  /** {@return a layer whose output has these extents} */
  public static Reshape of(int... extents) {
    return new Reshape(Shape.of(extents));
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    return x.reshape(shape);
  }

  @Override
  public String toString() {
    return "reshape" + shape;
  }
}
