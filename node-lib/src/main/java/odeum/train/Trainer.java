package odeum.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import odeum.path.TimeSeries;

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

  private Trainer(Trainable<M> trainable, Settings settings) {
    this.trainable = trainable;
    this.settings = settings;
  }

  /** {@return a trainer: 100 epochs of the model's own method, all samples in one batch, seed 0} */
  public static <M> Trainer<M> of(Trainable<M> trainable) {
    return new Trainer<>(trainable, new Settings(trainable.optimizer(), DEFAULT_EPOCHS));
  }

  private Trainer<M> with(Consumer<Settings> change) {
    return new Trainer<>(trainable, settings.with(change));
  }

  /** {@return this trainer with another method (if there are several in turn, the last)} */
  public Trainer<M> optimizer(Optimizer optimizer) {
    return with(s -> s.lastStage(optimizer, s.stages.getLast().epochs()));
  }

  /**
   * {@return this trainer with so many epochs (if there are several methods in turn, of the last)}
   */
  public Trainer<M> epochs(int epochs) {
    return with(s -> s.lastStage(s.stages.getLast().optimizer(), epochs));
  }

  /** {@return this trainer with one more method, which goes on from the best parameters} */
  public Trainer<M> then(Optimizer optimizer, int epochs) {
    return with(s -> s.nextStage(optimizer, epochs));
  }

  /** {@return this trainer with batches of so many samples, drawn anew every epoch} */
  public Trainer<M> batch(int size) {
    Require.that(size > 0, "A batch must have at least one sample, got %s.", size);
    return with(s -> s.batchSize = size);
  }

  /** {@return this trainer with another seed for starts and batches} */
  public Trainer<M> seed(long seed) {
    return with(s -> s.seed = seed);
  }

  /** {@return this trainer with gradients of at most this length, for step-by-step methods} */
  public Trainer<M> clip(double norm) {
    Require.that(norm > 0, "Gradients must be allowed a positive length, got %s.", norm);
    return with(s -> s.clipNorm = norm);
  }

  /**
   * {@return this trainer with gradients whose every entry is at most this large, for step-by-step
   * methods}
   */
  public Trainer<M> clipValue(double largest) {
    Require.that(largest > 0, "Gradients must be allowed positive values, got %s.", largest);
    return with(s -> s.clipValue = largest);
  }

  /**
   * {@return this trainer, which holds back a share of the samples by chance} After every epoch the
   * loss over them is computed; the best parameters are those where it is the smallest. Models that
   * are fitted to one series hold back its last rows.
   */
  public Trainer<M> validation(double share) {
    Require.that(share > 0 && share < 1, "The share held back lies in (0, 1), got %s.", share);
    return with(
        s -> {
          s.validationShare = share;
          s.validation = Optional.empty();
        });
  }

  /** {@return this trainer, which validates with other samples than it learns from} */
  public Trainer<M> validation(Dataset samples) {
    return with(
        s -> {
          s.validation = Optional.of(samples);
          s.validationShare = 0;
        });
  }

  /** {@return this trainer, ended after so many epochs without a smaller loss} */
  public Trainer<M> patience(int epochs) {
    Require.that(epochs > 0, "Patience is a positive number of epochs, got %s.", epochs);
    return with(s -> s.patience = epochs);
  }

  /**
   * {@return this trainer, ended after this time} How many epochs that is depends on the machine.
   */
  public Trainer<M> budget(Duration time) {
    return with(s -> s.seconds = time.toNanos() * 1e-9);
  }

  /**
   * {@return this trainer, which starts from so many points, one after the other, and keeps the
   * best} The first point is the model's own. Of the others, networks are drawn anew; a number with
   * limits on both sides is drawn between them, any other from a fifth of its value to five times
   * it. From each point the training is whole: all methods, all epochs, and patience of its own;
   * how low a loss is after a few epochs says little about where it will end. A budget is for all
   * of them. The parameters, the loss and the history of the result are those of the best start;
   * {@link TrainingResult#starts} tells of each.
   */
  public Trainer<M> starts(int points) {
    Require.that(points > 0, "A training starts from one point or more, got %s.", points);
    return with(s -> s.starts = points);
  }

  /** {@return this trainer, which tells how it goes} */
  public Trainer<M> listener(TrainingListener listener) {
    return with(s -> s.listener = listener);
  }

  /**
   * {@return this trainer, which stops when the condition holds} It is asked at every evaluation.
   */
  public Trainer<M> stopWhen(BooleanSupplier stop) {
    return with(s -> s.stop = stop);
  }

  /**
   * {@return this trainer, which hands out its state after every so many epochs, at the end of each
   * method and at its own end} It runs on the training thread.
   */
  public Trainer<M> checkpoint(int epochs, Consumer<TrainingState> receiver) {
    Require.that(epochs > 0, "A checkpoint comes after one epoch or more, got %s.", epochs);
    return with(
        s -> {
          s.checkpointEvery = epochs;
          s.checkpointGap = 0;
          s.checkpoint = receiver;
        });
  }

  /**
   * {@return this trainer, which keeps its state in a file, anew after every so many epochs} A
   * training that was killed goes on from there by {@link #resume(Path)}. A state that cannot be
   * written, as when the disk is full, ends the training; the one before stays.
   *
   * @throws odeum.file.FileException if there is no such folder
   */
  public Trainer<M> checkpoint(int epochs, Path file) {
    Checkpoint.requirePlace(file);
    return checkpoint(epochs, state -> Checkpoint.save(file, state));
  }

  /**
   * {@return this trainer, which keeps its state in a file, anew after epochs that end at least
   * this long after it was written last} So a kill loses this time at most, however short the
   * epochs.
   */
  public Trainer<M> checkpoint(Duration gap, Path file) {
    Require.that(!gap.isNegative(), "The time between two checkpoints is negative: %s.", gap);
    return checkpoint(1, file).with(s -> s.checkpointGap = gap.toNanos() * 1e-9);
  }

  /**
   * {@return this trainer, which goes on from a state} With the settings and the data of the
   * training it was saved by, the result is the same to the last bit as without the break. The
   * number of epochs is that in all; the seed is that of the state. Other settings or data than its
   * own are refused when the training begins.
   */
  public Trainer<M> resume(TrainingState state) {
    return with(
        s -> {
          s.resumed = Optional.of(state);
          s.seed = state.seed();
        });
  }

  /**
   * {@return this trainer, which goes on from a file that {@link #checkpoint(int, Path)} wrote}
   *
   * @throws odeum.file.FileException if there is no such file, or it is no checkpoint
   */
  public Trainer<M> resume(Path file) {
    return resume(Checkpoint.load(file));
  }

  /** {@return what training on the model's own data gives} */
  public TrainingResult<M> run() {
    Optional<Dataset.Split> split = split();
    return split.isEmpty()
        ? run(trainable.data())
        : validation(split.get().validation()).run(split.get().training());
  }

  /** {@return how {@link #run()} divides the model's own data, if a share of them is held back} */
  public Optional<Dataset.Split> split() {
    return settings.validationShare == 0
        ? Optional.empty()
        : Optional.of(trainable.split(settings.validationShare, TrainingRun.splitKey(settings)));
  }

  /** {@return what training on a series gives, for a model that is fitted to series} */
  public TrainingResult<M> run(TimeSeries data) {
    return run(List.of(data));
  }

  /** {@return what training on several series gives, for a model that is fitted to series} */
  public TrainingResult<M> run(List<TimeSeries> data) {
    return new Trainer<>(trainable.fit(data), settings).run();
  }

  /** {@return what training on these data gives} */
  public TrainingResult<M> run(Dataset data) {
    return settings.starts > 1
        ? ManyStarts.run(settings, trainable, data)
        : TrainingRun.of(settings, trainable, data).result(trainable);
  }

  @Override
  public String toString() {
    return "trainer of " + trainable;
  }
}
