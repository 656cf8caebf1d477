package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;

/** All values of a sample as one vector. */
public record Flatten() implements Plain {
  /** {@return the layer} */
  public static Flatten of() {
    return new Flatten();
  }

  @Override
  public Tracer apply(Traced p, Tracer x) {
    return x.flatten();
  }

  @Override
  public String toString() {
    return "flatten";
  }
}
