package odeum.train;

import odeum.nn.Parameters;
import odeum.tensor.RandomKey;

/** The loops of a training: one for methods that step, one for methods that drive themselves. */
final class TrainingRun {
  private final Trainer.Settings settings;
  private final Trainable<?> trainable;
  private final Compiled compiled;
  private final Dataset data;
  private final RandomKey key;

  TrainingRun(
      Trainer.Settings settings,
      Trainable<?> trainable,
      Compiled compiled,
      Dataset data,
      RandomKey key) {
    this.settings = settings;
    this.trainable = trainable;
    this.compiled = compiled;
    this.data = data;
    this.key = key;
  }

  <M> TrainingResult<M> from(Parameters start, Trainable<M> model) {
    Coordinates.of(start, trainable.limits(), false);
    double loss = compiled.value(start, data.all());
    TrainingRecord record = new TrainingRecord(settings, start, loss);
    try {
      if (!Double.isFinite(loss)) {
        record.check();
        throw new IllegalArgumentException(badStart(start, loss));
      }
      record.tell(settings.stages().getFirst().optimizer(), start, loss);
      TrainingEnd end = TrainingEnd.FINISHED;
      for (Trainer.Stage stage : settings.stages()) {
        end = run(stage, record);
      }
      return record.result(model, end);
    } catch (TrainingRecord.Stopped stopped) {
      return record.result(model, stopped.end());
    }
  }

  private String badStart(Parameters start, double loss) {
    String why = trainable.diagnosis(start);
    return "The loss is %s at the start.%s Start from other parameters than these:\n%s"
        .formatted(
            Double.isNaN(loss) ? "not a number" : "infinite",
            why.isEmpty() ? "" : " " + why,
            start);
  }

  private TrainingEnd run(Trainer.Stage stage, TrainingRecord record) {
    if (stage.epochs() == 0) {
      return TrainingEnd.FINISHED;
    }
    return switch (stage.optimizer()) {
      case StepOptimizer method -> steps(method, stage.epochs(), record);
      case WholeBatchOptimizer method -> wholeBatch(method, stage.epochs(), record);
    };
  }

  private TrainingEnd steps(StepOptimizer method, int count, TrainingRecord record) {
    Coordinates coordinates = Coordinates.of(record.best(), trainable.limits(), false);
    Optimizer.State state = method.start(record.best().withFlat(coordinates.start()));
    boolean whole = settings.batchSize() >= data.size();
    Evaluation present = null;
    for (int i = 0; i < count; i++) {
      double sum = 0;
      for (Batch batch : data.epoch(settings.batchSize(), key.fold(record.epochs()))) {
        Evaluation e = present != null ? present : evaluate(coordinates, state, batch, record);
        state = state.step(gradient(coordinates, state, e));
        sum += e.value() * batch.size();
      }
      if (whole) {
        // The gradient at the end of this epoch is the one the next epoch begins with.
        present = evaluate(coordinates, state, data.all(), record);
      }
      Parameters parameters = coordinates.at(state.parameters().flat().toArray());
      double loss = whole ? present.value() : sum / data.size();
      record.offer(parameters, loss);
      record.epoch(method, parameters, loss);
    }
    return TrainingEnd.FINISHED;
  }

  private Evaluation evaluate(
      Coordinates coordinates, Optimizer.State state, Batch batch, TrainingRecord record) {
    record.check();
    Evaluation e = compiled.at(coordinates.at(state.parameters().flat().toArray()), batch);
    if (!Double.isFinite(e.value())) {
      throw record.notFinite("loss", e.value());
    }
    if (!e.isFinite()) {
      throw record.notFinite("gradient", e.gradient().norm());
    }
    return e;
  }

  private Parameters gradient(Coordinates coordinates, Optimizer.State state, Evaluation e) {
    Parameters clipped = e.gradient().clipNorm(settings.clip());
    double[] u = state.parameters().flat().toArray();
    return clipped.withFlat(coordinates.gradient(u, clipped));
  }

  private TrainingEnd wholeBatch(
      WholeBatchOptimizer method, int iterations, TrainingRecord record) {
    Coordinates coordinates = Coordinates.of(record.best(), trainable.limits(), true);
    WholeData target = new WholeData(method, coordinates, compiled, data, record);
    TrainingEnd end =
        switch (method) {
          case Lbfgs lbfgs -> lbfgs.minimize(target, coordinates.start(), iterations);
          case LevenbergMarquardt lm -> {
            requireResiduals();
            yield lm.minimize(target, coordinates.start(), iterations);
          }
        };
    if (end == TrainingEnd.NOT_FINITE) {
      throw record.notFinite("gradient", Double.NaN);
    }
    return end;
  }

  private void requireResiduals() {
    if (!compiled.isLeastSquares()) {
      throw new IllegalArgumentException(
          "Levenberg-Marquardt needs a loss that is a mean of squares (Objective.leastSquares)."
              + " Use Lbfgs, or Adam.");
    }
  }
}
