package odeum.train;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.tensor.RandomKey;

/**
 * What a trainer needs of a model.
 *
 * @param <M> the model, as it is handed back with trained parameters
 */
public interface Trainable<M> {
  /**
   * {@return an objective of one's own; what is handed back are the trained parameters}
   *
   * <pre>{@code
   * Parameters trained = Trainer.of(Trainable.of(loss, key -> net.initial(key))).run(data).model();
   * }</pre>
   *
   * @param start the parameters to start from, for a key that random ones come from
   */
  static Trainable<Parameters> of(Objective objective, Function<RandomKey, Parameters> start) {
    return new OwnObjective(objective, start);
  }

  /** {@return what is minimised} */
  Objective objective();

  /** {@return the parameters to start from; random ones come from the key} */
  Parameters start(RandomKey key);

  /** {@return the model with these parameters} */
  M with(Parameters parameters);

  /** {@return the limits of the parameters} */
  default Limits limits() {
    return Limits.NONE;
  }

  /** {@return why the loss is not a number for these parameters, or nothing; for messages} */
  default String diagnosis(Parameters parameters) {
    return "";
  }

  /** {@return the method used when none is named} */
  default Optimizer optimizer() {
    return Adam.of(1e-3);
  }

  /** {@return the data, if the model brings its own} */
  default Dataset data() {
    throw new IllegalStateException("This model brings no data: train it with run(data).");
  }

  /** {@return this model with series to fit, if it is one that is fitted to series} */
  default Trainable<M> fit(List<TimeSeries> series) {
    throw new IllegalStateException(
        "This model is not fitted to series: train it with run(dataset).");
  }

  /**
   * {@return the model's own data divided in two}
   *
   * @param share the share that is held back, in (0, 1)
   */
  default Dataset.Split split(double share, RandomKey key) {
    return data().split(share, key);
  }

  /**
   * {@return what else the numbers of a training depend on, as texts by name} A saved training goes
   * on only where these are the same.
   */
  default Map<String, String> facts() {
    return Map.of();
  }

  /** {@return this model, whose training makes something else small} */
  default Trainable<M> withObjective(Objective objective) {
    return new OtherObjective<>(this, objective);
  }
}
