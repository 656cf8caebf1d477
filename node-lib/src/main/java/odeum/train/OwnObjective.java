package odeum.train;

import java.util.function.Function;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;

/**
 * An objective without a model around it.
 *
 * @param objective what is minimised
 * @param initial the parameters to start from
 */
record OwnObjective(Objective objective, Function<RandomKey, Parameters> initial)
    implements Trainable<Parameters> {
  @Override
  public Parameters start(RandomKey key) {
    return initial.apply(key);
  }

  @Override
  public Parameters with(Parameters parameters) {
    return parameters;
  }
}
