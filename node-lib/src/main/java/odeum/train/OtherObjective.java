package odeum.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.tensor.RandomKey;

/**
 * A model with an objective of the user's own.
 *
 * @param model all but the objective
 * @param objective what is minimised
 */
record OtherObjective<M>(Trainable<M> model, Objective objective) implements Trainable<M> {
  @Override
  public Parameters start(RandomKey key) {
    return model.start(key);
  }

  @Override
  public M with(Parameters parameters) {
    return model.with(parameters);
  }

  @Override
  public Limits limits() {
    return model.limits();
  }

  @Override
  public String diagnosis(Parameters parameters) {
    return model.diagnosis(parameters);
  }

  /** {@return the model's method, unless that needs residuals and there are none} */
  @Override
  public Optimizer optimizer() {
    Optimizer own = model.optimizer();
    boolean fits = !(own instanceof LevenbergMarquardt) || objective.residuals().isPresent();
    return fits ? own : Trainable.super.optimizer();
  }

  @Override
  public Dataset data() {
    return model.data();
  }

  @Override
  public Trainable<M> fit(List<TimeSeries> series) {
    return model.fit(series).withObjective(objective);
  }

  @Override
  public Dataset.Split split(double share, RandomKey key) {
    return model.split(share, key);
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new TreeMap<>(model.facts());
    facts.put("loss", "one of the user's own");
    return facts;
  }
}
