package odeum.nn;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;

/**
 * What a recurrent network does at an observation: from its state and what was observed to its next
 * state. Immutable, and written for one sample, as a {@link Layer} is.
 */
public interface Cell {
  /** {@return how many numbers an observation has} */
  int inputs();

  /** {@return how many numbers the state has} */
  int states();

  /** {@return parameters to start from; random ones come from the key} */
  Parameters initial(RandomKey key);

  /**
   * {@return the next state, shape {@code (states)}}
   *
   * @param p the parameters, named as in {@link #initial}
   * @param x the observation, shape {@code (inputs)}
   * @param h the present state, shape {@code (states)}
   */
  Tracer apply(Traced p, Tracer x, Tracer h);
}
