package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;

/**
 * A layer that may look at the time, as the right side of an equation does. A {@link Chain} hands
 * the time to those of its layers that are time layers.
 */
public interface TimeLayer extends Layer {
  /**
   * {@return the output for an input at a time}
   *
   * @param p the parameters, named as in {@link #initial}
   * @param t the time, a number
   * @param x one sample
   */
  Tracer apply(Traced p, Tracer t, Tracer x);

  /** {@return the output of any layer at a time, which layers that are no time layers ignore} */
  static Tracer apply(Layer layer, Traced p, Tracer t, Tracer x) {
    return layer instanceof TimeLayer timed ? timed.apply(p, t, x) : layer.apply(p, x);
  }
}
