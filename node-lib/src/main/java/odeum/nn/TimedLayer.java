package odeum.nn;

import odeum.autodiff.Divergence;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.term.VectorField;

/**
 * A vector field with parameters, written on tracers for one sample: a layer that is told the time,
 * and perhaps a context, such as a class or what was measured. Immutable, as a {@link Layer} is.
 */
public interface TimedLayer {
  /** {@return how many values a state has} */
  int dimension();

  /** {@return how many values the context has, 0 for none} */
  default int context() {
    return 0;
  }

  /** {@return parameters to start from; random ones come from the key} */
  Parameters initial(RandomKey key);

  /**
   * {@return dx/dt, shape {@code (dimension)}}
   *
   * @param p the parameters, named as in {@link #initial}
   * @param t time, shape {@code ()}
   * @param x state, shape {@code (dimension)}
   * @param context shape {@code (context)}
   */
  Tracer apply(Traced p, Tracer t, Tracer x, Tracer context);

  /**
   * {@return the trace of the Jacobian of {@link #apply} by the state, shape {@code ()}} A layer
   * that has a shorter way to it overrides this.
   */
  default Tracer divergence(Traced p, Tracer t, Tracer x, Tracer context) {
    return Divergence.of(y -> apply(p, t, y, context)).apply(x);
  }

  /** {@return a network of state, time and context, side by side as its input} */
  static TimedLayer of(Mlp net) {
    int context = net.inputs() - net.outputs() - 1;
    if (context < 0) {
      throw new IllegalArgumentException(
          "A field of %s states is a network of them and the time: mlp(%s, ..., %s), got %s."
              .formatted(net.outputs(), net.outputs() + 1, net.outputs(), net));
    }
    return of(net, net.outputs(), context);
  }

  /**
   * {@return a layer of state, time and context, side by side as its input}
   *
   * @param dimension how many states, which are the outputs of the layer
   * @param context how many values of context, 0 for none
   */
  static TimedLayer of(Layer layer, int dimension, int context) {
    return new Concatenated(layer, dimension, context);
  }

  /** {@return a field {@code dx/dt = field(t, x, p)}, where p are the layer's parameters} */
  static TimedLayer of(Layer layer, int dimension, VectorField field) {
    return new WrittenField(layer, dimension, field);
  }
}
