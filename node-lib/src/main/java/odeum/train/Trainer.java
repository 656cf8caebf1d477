package odeum.train;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;

/**
 * Trains a model: optimisers in turn, each for some epochs, keeping the best parameters. Immutable;
 * every setting gives a new trainer.
 *
 * <pre>{@code
 * var fit = Trainer.of(model).optimizer(Adam.of(1e-2)).epochs(500).then(Lbfgs.of(), 300).run(data);
 * }</pre>
 *
 * <p>Interrupting the thread stops the training at the next evaluation of the loss; the thread
 * stays interrupted, and the result holds the best parameters so far.
 *
 * @param <M> the model
 */
public final class Trainer<M> {
  private static final int DEFAULT_EPOCHS = 100;

  private final Trainable<M> trainable;
  private final Settings settings;

  /** One method and how long it is used. */
  record Stage(Optimizer optimizer, int epochs) {
    Stage {
      Require.that(epochs >= 0, "The number of epochs cannot be negative, got %s.", epochs);
    }
  }

  /** All that can be set. */
  record Settings(
      List<Stage> stages,
      int batchSize,
      long seed,
      double clip,
      int patience,
      double seconds,
      TrainingListener listener,
      BooleanSupplier stop) {
    int epochs() {
      return stages.stream().mapToInt(Stage::epochs).sum();
    }
  }

  private Trainer(Trainable<M> trainable, Settings settings) {
    this.trainable = trainable;
    this.settings = settings;
  }

  /** {@return a trainer: 100 epochs of the model's own method, all samples in one batch, seed 0} */
  public static <M> Trainer<M> of(Trainable<M> trainable) {
    return new Trainer<>(
        trainable,
        new Settings(
            List.of(new Stage(trainable.optimizer(), DEFAULT_EPOCHS)),
            Integer.MAX_VALUE,
            0,
            Double.POSITIVE_INFINITY,
            Integer.MAX_VALUE,
            Double.POSITIVE_INFINITY,
            progress -> {},
            () -> false));
  }

  /** {@return this trainer with another method (if there are several in turn, the last)} */
  public Trainer<M> optimizer(Optimizer optimizer) {
    return lastStage(new Stage(optimizer, settings.stages.getLast().epochs));
  }

  /**
   * {@return this trainer with so many epochs (if there are several methods in turn, of the last)}
   */
  public Trainer<M> epochs(int epochs) {
    return lastStage(new Stage(settings.stages.getLast().optimizer, epochs));
  }

  /** {@return this trainer with one more method, which goes on from the best parameters} */
  public Trainer<M> then(Optimizer optimizer, int epochs) {
    List<Stage> stages = new ArrayList<>(settings.stages);
    stages.add(new Stage(optimizer, epochs));
    return stages(stages);
  }

  private Trainer<M> lastStage(Stage stage) {
    List<Stage> stages = new ArrayList<>(settings.stages);
    stages.set(stages.size() - 1, stage);
    return stages(stages);
  }

  private Trainer<M> stages(List<Stage> stages) {
    Settings s = settings;
    return with(
        new Settings(
            List.copyOf(stages),
            s.batchSize,
            s.seed,
            s.clip,
            s.patience,
            s.seconds,
            s.listener,
            s.stop));
  }

  /** {@return this trainer with batches of so many samples, drawn anew every epoch} */
  public Trainer<M> batch(int size) {
    Settings s = settings;
    Require.that(size > 0, "A batch must have at least one sample, got %s.", size);
    return with(
        new Settings(s.stages, size, s.seed, s.clip, s.patience, s.seconds, s.listener, s.stop));
  }

  /** {@return this trainer with another seed for starts and batches} */
  public Trainer<M> seed(long seed) {
    Settings s = settings;
    return with(
        new Settings(
            s.stages, s.batchSize, seed, s.clip, s.patience, s.seconds, s.listener, s.stop));
  }

  /** {@return this trainer with gradients of at most this length, for step-by-step methods} */
  public Trainer<M> clip(double norm) {
    Settings s = settings;
    Require.that(norm > 0, "Gradients must be allowed a positive length, got %s.", norm);
    return with(
        new Settings(
            s.stages, s.batchSize, s.seed, norm, s.patience, s.seconds, s.listener, s.stop));
  }

  /** {@return this trainer, ended after so many epochs without a smaller loss} */
  public Trainer<M> patience(int epochs) {
    Settings s = settings;
    Require.that(epochs > 0, "Patience is a positive number of epochs, got %s.", epochs);
    return with(
        new Settings(s.stages, s.batchSize, s.seed, s.clip, epochs, s.seconds, s.listener, s.stop));
  }

  /**
   * {@return this trainer, ended after this time} How many epochs that is depends on the machine.
   */
  public Trainer<M> budget(Duration time) {
    Settings s = settings;
    double seconds = time.toNanos() * 1e-9;
    return with(
        new Settings(
            s.stages, s.batchSize, s.seed, s.clip, s.patience, seconds, s.listener, s.stop));
  }

  /** {@return this trainer, which tells how it goes} */
  public Trainer<M> listener(TrainingListener listener) {
    Settings s = settings;
    return with(
        new Settings(
            s.stages, s.batchSize, s.seed, s.clip, s.patience, s.seconds, listener, s.stop));
  }

  /**
   * {@return this trainer, which stops when the condition holds} It is asked at every evaluation.
   */
  public Trainer<M> stopWhen(BooleanSupplier stop) {
    Settings s = settings;
    return with(
        new Settings(
            s.stages, s.batchSize, s.seed, s.clip, s.patience, s.seconds, s.listener, stop));
  }

  private Trainer<M> with(Settings changed) {
    return new Trainer<>(trainable, changed);
  }

  /** {@return what training on the model's own data gives} */
  public TrainingResult<M> run() {
    return run(trainable.data());
  }

  /** {@return what training on these data gives} */
  public TrainingResult<M> run(Dataset data) {
    RandomKey key = RandomKey.of(settings.seed);
    Parameters start = trainable.start(key.fold(0));
    Compiled compiled = trainable.objective().compile(start, data);
    TrainingRun run = new TrainingRun(settings, trainable, compiled, data, key.fold(1));
    return run.from(start, trainable);
  }
}
