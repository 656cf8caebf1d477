package odeum.train;

import java.util.ArrayList;
import java.util.List;
import odeum.nn.Parameters;

/** What a training has come to: its epochs, the best so far, and what ends it. */
final class TrainingRecord {
  private final Trainer.Settings settings;
  private final long began = System.nanoTime();
  private final List<TrainingHistory.Epoch> epochs = new ArrayList<>();
  private final double startLoss;

  private Parameters best;
  private double bestLoss;
  private int bestEpoch;
  private String trouble = "";

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

  TrainingRecord(Trainer.Settings settings, Parameters start, double loss) {
    this.settings = settings;
    this.startLoss = loss;
    this.best = start;
    this.bestLoss = loss;
  }

  Parameters best() {
    return best;
  }

  /** {@return how many epochs were done} */
  int epochs() {
    return epochs.size();
  }

  /** Ends the training if someone wants it to stop, or its time is up. */
  void check() {
    if (Thread.currentThread().isInterrupted() || settings.stop().getAsBoolean()) {
      throw new Stopped(TrainingEnd.INTERRUPTED);
    }
    if (seconds() > settings.seconds()) {
      throw new Stopped(TrainingEnd.OUT_OF_TIME);
    }
  }

  /** {@return what ends the training when the loss or its gradient is no number} */
  Stopped notFinite(String what, double value) {
    // A solve that was interrupted has no result either: then say that it was interrupted.
    check();
    trouble = "the %s became %s".formatted(what, Double.isNaN(value) ? "NaN" : "infinite");
    return new Stopped(TrainingEnd.NOT_FINITE);
  }

  /** Keeps the parameters if their loss is the smallest so far. */
  void offer(Parameters parameters, double loss) {
    if (loss < bestLoss) {
      best = parameters;
      bestLoss = loss;
      bestEpoch = epochs.size() + 1;
    }
  }

  /** Notes the end of an epoch, and tells of it. */
  void epoch(Optimizer method, Parameters parameters, double loss) {
    int number = epochs.size() + 1;
    epochs.add(
        new TrainingHistory.Epoch(
            number, loss, java.util.OptionalDouble.empty(), bestLoss, seconds(), method.name()));
    tell(method, parameters, loss);
    if (number - bestEpoch >= settings.patience()) {
      throw new Stopped(TrainingEnd.NO_PROGRESS);
    }
  }

  void tell(Optimizer method, Parameters parameters, double loss) {
    settings
        .listener()
        .epoch(
            new TrainingProgress(
                epochs.size(),
                settings.epochs(),
                method.name(),
                loss,
                bestLoss,
                parameters,
                best,
                seconds()));
  }

  private double seconds() {
    return (System.nanoTime() - began) * 1e-9;
  }

  <M> TrainingResult<M> result(Trainable<M> trainable, TrainingEnd end) {
    TrainingHistory history = new TrainingHistory(startLoss, epochs);
    return new TrainingResult<>(
        trainable.with(best),
        best,
        bestLoss,
        bestEpoch,
        history,
        end,
        message(end),
        settings.seed(),
        seconds());
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
              .formatted(settings.patience(), done, kept);
      case OUT_OF_TIME ->
          "the time was up after %s of %s epochs. To repeat it: epochs(%s) without a budget.%s"
              .formatted(done, settings.epochs(), done, kept);
      case INTERRUPTED ->
          "interrupted after %s of %s epochs.%s".formatted(done, settings.epochs(), kept);
      case NOT_FINITE -> "%s at epoch %s.%s".formatted(trouble, done + 1, kept);
    };
  }
}
