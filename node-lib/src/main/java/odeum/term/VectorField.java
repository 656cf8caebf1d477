package odeum.term;

import odeum.graph.Traced;
import odeum.graph.Tracer;

/** The right-hand side of {@code dy/dt = f(t, y, p)}, written on tracers for one sample. */
@FunctionalInterface
public interface VectorField {
  /**
   * {@return dy/dt, in the shape of y}
   *
   * @param t time, shape {@code ()}
   * @param y state
   * @param p parameters by name
   */
  Tracer apply(Tracer t, Tracer y, Traced p);
}
