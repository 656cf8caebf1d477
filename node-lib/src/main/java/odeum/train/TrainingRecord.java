package odeum.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import odeum.nn.Parameters;

/** What a training has come to: its epochs, the best so far, and what ends it. */
final class TrainingRecord {
  private final Settings settings;
  private final Optional<ToDoubleFunction<Parameters>> validation;
  private final long began = System.nanoTime();
  private final double before;
  private final List<TrainingHistory.Epoch> epochs;
  private final double startLoss;

  private Parameters best;
  private double bestLoss;
  private int bestEpoch;
  private String trouble = "";
  private Supplier<TrainingState> state;
  private int stateEpochs;
  private int handedOut = -1;
  private double handedOutAt = Double.NEGATIVE_INFINITY;

  /** Ends a training from inside an evaluation. */
  static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final TrainingEnd end;

    private Stopped(TrainingEnd end) {
      super(null, null, false, false);
      this.end = end;
    }

    TrainingEnd end() {
      return end;
    }
  }

  private TrainingRecord(
      Settings settings,
      Optional<ToDoubleFunction<Parameters>> validation,
      TrainingHistory history,
      double before) {
    this.settings = settings;
    this.validation = validation;
    this.startLoss = history.startLoss();
    this.epochs = new ArrayList<>(history.epochs());
    this.before = before;
  }

  static TrainingRecord start(
      Settings settings,
      Optional<ToDoubleFunction<Parameters>> validation,
      Parameters start,
      double loss) {
    TrainingHistory none = new TrainingHistory(loss, List.of());
    TrainingRecord record = new TrainingRecord(settings, validation, none, settings.secondsBefore);
    record.best = start;
    double held = validation.isPresent() ? validation.get().applyAsDouble(start) : loss;
    record.bestLoss = Double.isNaN(held) ? Double.POSITIVE_INFINITY : held;
    record.reached(Reached.start(StageStart.of(0, start)));
    return record;
  }

  static TrainingRecord resume(
      Settings settings, Optional<ToDoubleFunction<Parameters>> validation, TrainingState state) {
    TrainingHistory history = state.history();
    double before =
        history.size() == 0 ? settings.secondsBefore : history.epochs().getLast().seconds();
    TrainingRecord record = new TrainingRecord(settings, validation, history, before);
    record.best = state.best();
    record.bestLoss = state.bestLoss();
    record.bestEpoch = state.bestEpoch();
    record.state = () -> state;
    record.stateEpochs = state.epoch();
    record.handedOut = state.epoch();
    return record;
  }

  Parameters best() {
    return best;
  }

  /** {@return the loss of the validation samples at the start, as long as nothing else is best} */
  OptionalDouble startValidation() {
    return validation.isPresent() ? OptionalDouble.of(bestLoss) : OptionalDouble.empty();
  }

  /** {@return how many epochs were done} */
  int epochs() {
    return epochs.size();
  }

  /** Ends the training if someone wants it to stop, or its time is up. */
  void check() {
    if (Thread.currentThread().isInterrupted() || settings.stop.getAsBoolean()) {
      throw new Stopped(TrainingEnd.INTERRUPTED);
    }
    if (secondsOfRun() > settings.seconds) {
      throw new Stopped(TrainingEnd.OUT_OF_TIME);
    }
  }

  /** Ends the training if the loss did not become smaller for too long. */
  void checkPatience() {
    if (epochs.size() - bestEpoch >= settings.patience) {
      throw new Stopped(TrainingEnd.NO_PROGRESS);
    }
  }

  /**
   * {@return what ends the training when the loss or its gradient is no number}
   *
   * @param why follows the epoch: a clause in brackets, or after a colon; or nothing
   */
  Stopped notFinite(Evaluation e, Supplier<String> why) {
    // A solve that was interrupted has no result either: then say that it was interrupted.
    check();
    boolean lost = !Double.isFinite(e.value());
    double value = lost ? e.value() : e.gradient().norm();
    trouble =
        "the %s became %s at epoch %s%s."
            .formatted(
                lost ? "loss" : "gradient",
                Double.isNaN(value) ? "NaN" : "infinite",
                epochs.size() + 1,
                why.get());
    return new Stopped(TrainingEnd.NOT_FINITE);
  }

  /** Keeps the parameters if their loss is the smallest so far; a validation decides otherwise. */
  void offer(Parameters parameters, double loss) {
    if (validation.isEmpty()) {
      keep(parameters, loss, epochs.size() + 1);
    }
  }

  private void keep(Parameters parameters, double loss, int epoch) {
    keep(parameters, loss, epoch, loss < bestLoss);
  }

  private void keep(Parameters parameters, double loss, int epoch, boolean better) {
    if (better) {
      best = parameters;
      bestLoss = loss;
      bestEpoch = epoch;
    }
  }

  /**
   * Where the fields were drawn, the losses so far say nothing to a method with a draw of its own.
   */
  void forgetDrawnLoss() {
    if (settings.drawn && validation.isEmpty()) {
      bestLoss = Double.POSITIVE_INFINITY;
    }
  }

  /** Notes the end of an epoch, and tells of it. */
  void epoch(Optimizer method, Parameters parameters, double loss, Optional<Reached> reached) {
    int number = epochs.size() + 1;
    OptionalDouble held = OptionalDouble.empty();
    if (validation.isPresent()) {
      check();
      held = OptionalDouble.of(validation.get().applyAsDouble(parameters));
    }
    // Losses of different draws tell little about each other, so the last parameters count.
    boolean last = settings.drawn && validation.isEmpty() && method instanceof StepOptimizer;
    double decisive = held.orElse(loss);
    keep(parameters, decisive, number, last || decisive < bestLoss);
    epochs.add(new TrainingHistory.Epoch(number, loss, held, bestLoss, seconds(), method.name()));
    reached.ifPresent(this::reached);
    tell(method, parameters, loss, held);
    if (number % settings.checkpointEvery == 0
        && secondsOfRun() - handedOutAt >= settings.checkpointGap) {
      handOut();
    }
    checkPatience();
  }

  /** Takes note of a point from which the training can go on. */
  void reached(Reached point) {
    // What is best now belongs to the point: the next epoch may find a better one and not end.
    Parameters parameters = best;
    double loss = bestLoss;
    int epoch = bestEpoch;
    int done = epochs.size();
    stateEpochs = done;
    state =
        () ->
            new TrainingState(
                settings.seed,
                parameters,
                loss,
                epoch,
                new TrainingHistory(startLoss, epochs.subList(0, done)),
                point.saved(),
                settings.fingerprint.at(point.stage().number(), settings.start > 0),
                TrainingState.Starts.NONE);
  }

  /** Hands out the state, if there is a new one that is not older than the last epoch. */
  void handOut() {
    if (stateEpochs == epochs.size() && handedOut < stateEpochs) {
      handedOut = stateEpochs;
      settings.checkpoint.accept(state.get());
      handedOutAt = secondsOfRun();
    }
  }

  void tell(Optimizer method, Parameters parameters, double loss, OptionalDouble held) {
    settings.listener.epoch(
        new TrainingProgress(
            epochs.size(),
            settings.epochs(),
            method.name(),
            loss,
            held,
            bestLoss,
            parameters,
            best,
            seconds(),
            settings.start + 1,
            settings.starts));
  }

  private double secondsOfRun() {
    return (System.nanoTime() - began) * 1e-9;
  }

  private double seconds() {
    return before + secondsOfRun();
  }

  <M> TrainingResult<M> result(Trainable<M> trainable, TrainingEnd end) {
    handOut();
    TrainingHistory history = new TrainingHistory(startLoss, epochs);
    return new TrainingResult<>(
        trainable.with(best),
        best,
        bestLoss,
        bestEpoch,
        history,
        end,
        message(end),
        settings.seed,
        seconds(),
        state.get(),
        List.of(
            new TrainingStart(
                settings.start + 1,
                startLoss,
                bestLoss,
                epochs.size(),
                end,
                message(end),
                seconds() - settings.secondsBefore)));
  }

  private String message(TrainingEnd end) {
    int done = epochs.size();
    String kept =
        bestEpoch == 0
            ? " The parameters of the start were kept."
            : " The parameters of epoch %s were kept.".formatted(bestEpoch);
    return switch (end) {
      case FINISHED -> "all %s epochs done.".formatted(done);
      case CONVERGED -> "converged after %s of %s epochs.".formatted(done, settings.epochs());
      case NO_PROGRESS ->
          "no smaller loss for %s epochs, ended after epoch %s.%s"
              .formatted(settings.patience, done, kept);
      case OUT_OF_TIME ->
          "the time was up after %s of %s epochs. To repeat it: epochs(%s) without a budget.%s"
              .formatted(done, settings.epochs(), done, kept);
      case INTERRUPTED ->
          "interrupted after %s of %s epochs.%s".formatted(done, settings.epochs(), kept);
      case NOT_FINITE -> trouble + kept;
    };
  }
}
