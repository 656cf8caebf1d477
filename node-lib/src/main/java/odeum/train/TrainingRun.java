package odeum.train;

import java.util.Optional;
import java.util.function.ToDoubleFunction;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/** The loops of a training: one for methods that step, one for methods that drive themselves. */
final class TrainingRun {
  private final Settings settings;
  private final Trainable<?> trainable;
  private final Parameters start;
  private final double startLoss;
  private final Compiled compiled;
  private final Dataset data;
  private final Batch all;
  private final Optional<ToDoubleFunction<Parameters>> validation;
  private final RandomKey key;

  private TrainingRun(
      Settings settings,
      Trainable<?> trainable,
      Parameters start,
      Compiled compiled,
      Dataset data,
      Optional<ToDoubleFunction<Parameters>> validation) {
    this.settings = settings;
    this.trainable = trainable;
    this.start = start;
    this.compiled = compiled;
    this.data = data;
    this.all = data.all();
    this.validation = validation;
    this.key = RandomKey.of(settings.seed).fold(1);
    this.startLoss = settings.resumed.isPresent() ? Double.NaN : startLoss();
  }

  static TrainingRun of(Settings settings, Trainable<?> trainable, Dataset data) {
    Parameters start = trainable.start(RandomKey.of(settings.seed).fold(0));
    settings.resumed.ifPresent(state -> check(state, settings, start));
    Dataset training = data;
    Optional<Dataset> held = settings.validation;
    if (settings.validationShare > 0) {
      Dataset.Split split = data.split(settings.validationShare, splitKey(settings));
      training = split.training();
      held = Optional.of(split.validation());
    }
    Compiled compiled = trainable.objective().compile(start, training);
    Fingerprint fingerprint = Fingerprint.of(settings, trainable, compiled, training, held);
    settings.resumed.ifPresent(fingerprint::requireSame);
    boolean drawn = !training.drawn().all().isEmpty();
    Settings known =
        settings.with(
            s -> {
              s.fingerprint = fingerprint;
              s.drawn = drawn;
            });
    return new TrainingRun(
        known,
        trainable,
        start,
        compiled,
        training,
        held.map(Dataset::all).map(batch -> parameters -> compiled.value(parameters, batch)));
  }

  /** {@return the same training from another point} */
  TrainingRun from(Settings others, Parameters point) {
    return new TrainingRun(others, trainable, point, compiled, data, validation);
  }

  Fingerprint fingerprint() {
    return settings.fingerprint;
  }

  Parameters start() {
    return start;
  }

  /** {@return whether there is a loss at the start} */
  boolean isFinite() {
    return Double.isFinite(startLoss);
  }

  private double startLoss() {
    // Limits that the start does not keep are refused here.
    Coordinates.of(start, trainable.limits(), false);
    return compiled.value(start, all);
  }

  /** {@return what decides which samples are held back} */
  static RandomKey splitKey(Settings settings) {
    return RandomKey.of(settings.seed).fold(2);
  }

  private static void check(TrainingState state, Settings settings, Parameters start) {
    if (!state.best().structure().equals(start.structure())) {
      throw new IllegalArgumentException(
          "The state to go on from has the parameters (%s), the model (%s)."
              .formatted(state.best().structure(), start.structure()));
    }
    if (state.stage().number() >= settings.stages.size()) {
      throw new IllegalArgumentException(
          "The state to go on from is in method %s in turn, but there are only %s."
              .formatted(state.stage().number() + 1, settings.stages.size()));
    }
    if (state.starts().done().size() >= settings.starts) {
      throw new IllegalArgumentException(
          "The state to go on from is in start %s, but there %s only %s."
              .formatted(
                  state.starts().done().size() + 1,
                  settings.starts == 1 ? "is" : "are",
                  settings.starts));
    }
  }

  <M> TrainingResult<M> result(Trainable<M> model) {
    TrainingRecord record =
        settings.resumed.isPresent()
            ? TrainingRecord.resume(settings, validation, settings.resumed.get())
            : TrainingRecord.start(settings, validation, start, startLoss);
    try {
      return record.result(model, stages(record));
    } catch (TrainingRecord.Stopped stopped) {
      return record.result(model, stopped.end());
    }
  }

  private TrainingEnd stages(TrainingRecord record) {
    int first = 0;
    TrainingEnd end = TrainingEnd.FINISHED;
    if (settings.resumed.isPresent()) {
      record.checkPatience();
      TrainingState.Stage saved = settings.resumed.get().stage();
      first = saved.number() + 1;
      end = saved.ended() ? TrainingEnd.CONVERGED : goOn(saved, record);
    } else {
      checkStart(record);
    }
    for (int number = first; number < settings.stages.size(); number++) {
      end = run(StageStart.of(number, record.best()), record);
    }
    return end;
  }

  private void checkStart(TrainingRecord record) {
    if (!isFinite()) {
      record.check();
      refuseStart();
    }
    record.tell(settings.stages.getFirst().optimizer(), start, startLoss, record.startValidation());
  }

  /** Says of a start without a loss what is wrong. */
  void refuseStart() {
    throw new IllegalArgumentException(
        "The loss is %s at the start.%s Start from other parameters than these:\n%s"
            .formatted(
                Double.isNaN(startLoss) ? "not a number" : "infinite",
                trouble().sentence(start, all),
                start));
  }

  private Trouble trouble() {
    return new Trouble(trainable, compiled);
  }

  private TrainingEnd goOn(TrainingState.Stage saved, TrainingRecord record) {
    boolean anew = saved.memory().names().isEmpty();
    Parameters from = anew ? record.best() : saved.start();
    return run(
        new StageStart(saved.number(), saved.epochs(), from, saved.position(), saved.memory()),
        record);
  }

  private TrainingEnd run(StageStart stage, TrainingRecord record) {
    Settings.Stage wanted = settings.stages.get(stage.number());
    if (wanted.epochs() <= stage.epochs()) {
      return TrainingEnd.FINISHED;
    }
    record.reached(Reached.start(stage));
    return switch (wanted.optimizer()) {
      case StepOptimizer method -> steps(method, stage, wanted.epochs(), record);
      case WholeBatchOptimizer method -> wholeBatch(method, stage, wanted.epochs(), record);
    };
  }

  private TrainingEnd steps(
      StepOptimizer method, StageStart stage, int epochs, TrainingRecord record) {
    Coordinates coordinates = Coordinates.of(stage.start(), trainable.limits(), false);
    Optimizer.State state = begin(method, stage, coordinates, epochs);
    boolean whole = settings.batchSize >= data.size() && !settings.drawn;
    Evaluation present = null;
    for (int done = stage.epochs(); done < epochs; done++) {
      double sum = 0;
      for (Batch batch :
          data.epoch(settings.batchSize, key.fold(record.epochs()), record.epochs())) {
        Evaluation e = present != null ? present : evaluate(coordinates, state, batch, record);
        state = state.step(gradient(coordinates, state, e));
        sum += e.value() * batch.size();
      }
      if (whole) {
        // The gradient at the end of this epoch is the one the next epoch begins with.
        present = evaluate(coordinates, state, all, record);
      }
      Parameters parameters = coordinates.at(state.parameters().flat());
      double loss = whole ? present.value() : sum / data.size();
      Tensor position = state.parameters().flat();
      Reached reached = new Reached(stage, done + 1, false, position, state::memory);
      record.epoch(method, parameters, loss, Optional.of(reached));
    }
    record.handOut();
    return TrainingEnd.FINISHED;
  }

  private Optimizer.State begin(
      StepOptimizer method, StageStart stage, Coordinates coordinates, int epochs) {
    int size = Math.min(settings.batchSize, data.size());
    int steps = Math.multiplyExact(epochs, Math.ceilDiv(data.size(), size));
    return stage.epochs() == 0
        ? method.start(stage.start().withFlat(coordinates.start()), steps)
        : method.restore(stage.start().withFlat(stage.position().toArray()), stage.memory(), steps);
  }

  private Evaluation evaluate(
      Coordinates coordinates, Optimizer.State state, Batch batch, TrainingRecord record) {
    record.check();
    Parameters parameters = coordinates.at(state.parameters().flat());
    Evaluation e = compiled.at(parameters, batch);
    if (!e.isFinite()) {
      throw record.notFinite(e, () -> trouble().clause(parameters, batch));
    }
    return e;
  }

  private Parameters gradient(Coordinates coordinates, Optimizer.State state, Evaluation e) {
    Parameters clipped = e.gradient().clipValue(settings.clipValue).clipNorm(settings.clipNorm);
    return coordinates.gradient(state.parameters().flat(), clipped);
  }

  private TrainingEnd wholeBatch(
      WholeBatchOptimizer method, StageStart stage, int epochs, TrainingRecord record) {
    Coordinates coordinates = Coordinates.of(stage.start(), trainable.limits(), true);
    record.forgetDrawnLoss();
    double[] from = stage.remembers() ? stage.position().toArray() : coordinates.start();
    WholeData target = new WholeData(method, coordinates, compiled, all, record, stage, trouble());
    TrainingEnd end =
        switch (method) {
          case Lbfgs lbfgs -> lbfgs.minimize(target, from, epochs, stage.memory());
          case LevenbergMarquardt lm -> {
            requireResiduals();
            yield lm.minimize(target, from, epochs - stage.epochs());
          }
          case CmaEs cma ->
              cma.minimize(target, from, epochs - stage.epochs(), key.fold(-1L - stage.number()));
        };
    record.reached(target.reached(end == TrainingEnd.CONVERGED));
    record.handOut();
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
