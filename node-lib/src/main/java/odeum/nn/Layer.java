package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;

/**
 * A function with parameters, written on tracers for one sample. Immutable: it holds no parameters,
 * it says which ones it has.
 *
 * <pre>{@code
 * record Gated(Linear value, Linear gate) implements Layer {
 *   public Parameters initial(RandomKey key) {
 *     return Parameters.of("value", value.initial(key.fold(0))).and("gate", gate.initial(key.fold(1)));
 *   }
 *   public Tracer apply(Traced p, Tracer x) {
 *     return value.apply(p.at("value"), x).times(gate.apply(p.at("gate"), x).sigmoid());
 *   }
 * }
 * }</pre>
 */
public interface Layer {
  /** {@return parameters to start from; random ones come from the key} */
  Parameters initial(RandomKey key);

  /**
   * {@return the output for an input}
   *
   * @param p the parameters, named as in {@link #initial}
   * @param x one sample, shape {@code (inputs)}
   */
  Tracer apply(Traced p, Tracer x);

  /** {@return how many numbers the parameters are} */
  default int parameterCount() {
    return initial(RandomKey.of(0)).size();
  }
}
