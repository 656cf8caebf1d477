package odeum.model;

import java.util.Map;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.train.Dataset;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A flow with points to train on.
 *
 * @param flow what is trained
 * @param way how
 * @param data samples with the fields that the way needs
 */
record FlowFit(
    ContinuousNormalizingFlow flow, Trainable<ContinuousNormalizingFlow> way, Dataset data)
    implements Trainable<ContinuousNormalizingFlow> {
  @Override
  public Objective objective() {
    return way.objective();
  }

  @Override
  public Parameters start(RandomKey key) {
    return flow.start(key);
  }

  @Override
  public ContinuousNormalizingFlow with(Parameters parameters) {
    return flow.with(parameters);
  }

  @Override
  public Optimizer optimizer() {
    return way.optimizer();
  }

  @Override
  public Map<String, String> facts() {
    return way.facts();
  }
}
