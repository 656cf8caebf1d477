package odeum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;

/** One training under way: the loop, the best so far, and what may end it. */
final class TrainingRun {
  private final Trainer.Settings settings;
  private final Trainable<?> trainable;
  private final Compiled compiled;
  private final Dataset data;
  private final RandomKey key;
  private final long began = System.nanoTime();
  private final List<TrainingHistory.Epoch> epochs = new ArrayList<>();

  private Parameters best;
  private double bestLoss;
  private int bestEpoch;
  private double startLoss;
  private TrainingEnd end = TrainingEnd.FINISHED;
  private String trouble = "";

  /** Ends a training from inside an evaluation. */
  private static final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final TrainingEnd end;

    Stopped(TrainingEnd end) {
      super(null, null, false, false);
      this.end = end;
    }
  }

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

  void from(Parameters start) {
    Coordinates.of(start, trainable.limits(), false);
    best = start;
    startLoss = compiled.value(start, data.all());
    bestLoss = startLoss;
    try {
      if (!Double.isFinite(startLoss)) {
        check();
        throw new IllegalArgumentException(badStart());
      }
      tell(settings.stages().getFirst().optimizer(), start, startLoss);
      for (Trainer.Stage stage : settings.stages()) {
        end = run(stage);
      }
    } catch (Stopped stopped) {
      end = stopped.end;
    }
  }

  private String badStart() {
    String why = trainable.diagnosis(best);
    return "The loss is %s at the start.%s Start from other parameters than these:\n%s"
        .formatted(
            Double.isNaN(startLoss) ? "not a number" : "infinite",
            why.isEmpty() ? "" : " " + why,
            best);
  }

  private TrainingEnd run(Trainer.Stage stage) {
    return switch (stage.optimizer()) {
      case StepOptimizer method -> steps(method, stage.epochs());
      case WholeBatchOptimizer method -> wholeBatch(method, stage.epochs());
    };
  }

  private TrainingEnd steps(StepOptimizer method, int count) {
    Coordinates coordinates = Coordinates.of(best, trainable.limits(), false);
    Optimizer.State state = method.start(best.withFlat(coordinates.start()));
    boolean whole = settings.batchSize() >= data.size();
    Evaluation present = null;
    for (int i = 0; i < count; i++) {
      double sum = 0;
      RandomKey order = key.fold(epochs.size());
      for (Batch batch : data.epoch(settings.batchSize(), order)) {
        Evaluation e = present != null ? present : evaluate(coordinates, state, batch);
        state = state.step(gradient(coordinates, state, e));
        sum += e.value() * batch.size();
      }
      double[] u = state.parameters().flat().toArray();
      if (whole) {
        // The gradient at the end of this epoch is the one the next epoch begins with.
        present = evaluate(coordinates, state, data.all());
      }
      double loss = whole ? present.value() : sum / data.size();
      offer(coordinates.at(u), loss);
      epoch(method, coordinates.at(u), loss);
    }
    return TrainingEnd.FINISHED;
  }

  private Evaluation evaluate(Coordinates coordinates, Optimizer.State state, Batch batch) {
    check();
    Evaluation e = compiled.at(coordinates.at(state.parameters().flat().toArray()), batch);
    if (!e.isFinite()) {
      throw notFinite(Double.isFinite(e.value()) ? "gradient" : "loss", e.value());
    }
    return e;
  }

  private Parameters gradient(Coordinates coordinates, Optimizer.State state, Evaluation e) {
    Parameters gradient =
        settings.clip() < Double.POSITIVE_INFINITY
            ? e.gradient().clipNorm(settings.clip())
            : e.gradient();
    double[] slopes = coordinates.slopes(state.parameters().flat().toArray());
    return gradient.withFlat(product(gradient.flat(), slopes));
  }

  private TrainingEnd wholeBatch(WholeBatchOptimizer method, int iterations) {
    if (iterations == 0) {
      return TrainingEnd.FINISHED;
    }
    Coordinates coordinates = Coordinates.of(best, trainable.limits(), true);
    Whole target = new Whole(method, coordinates);
    return switch (method) {
      case Lbfgs lbfgs -> lbfgs.minimize(target, coordinates.start(), iterations);
      case LevenbergMarquardt lm -> {
        if (!compiled.isLeastSquares()) {
          throw new IllegalArgumentException(
              "Levenberg-Marquardt needs a loss that is a mean of squares (Objective.leastSquares)."
                  + " Use Lbfgs, or Adam.");
        }
        yield lm.minimize(target, coordinates.start(), iterations);
      }
    };
  }

  /**
   * The whole data as a function of the coordinates. What fails there is infinite, not an error.
   */
  private final class Whole implements Target {
    private final WholeBatchOptimizer method;
    private final Coordinates coordinates;
    private final Batch all = data.all();

    Whole(WholeBatchOptimizer method, Coordinates coordinates) {
      this.method = method;
      this.coordinates = coordinates;
    }

    @Override
    public double value(double[] x, double[] gradient) {
      check();
      Parameters point = coordinates.at(x);
      Evaluation e = compiled.at(point, all);
      double[] products = product(e.gradient().flat(), coordinates.slopes(x));
      System.arraycopy(products, 0, gradient, 0, products.length);
      if (!e.isFinite()) {
        return Double.POSITIVE_INFINITY;
      }
      offer(point, e.value());
      return e.value();
    }

    @Override
    public double[] residuals(double[] x) {
      check();
      Parameters point = coordinates.at(x);
      double[] residuals = compiled.residuals(point, all).toArray();
      double loss = Lbfgs.dot(residuals, residuals) / residuals.length;
      if (!Double.isFinite(loss)) {
        Arrays.fill(residuals, Double.POSITIVE_INFINITY);
      } else {
        offer(point, loss);
      }
      return residuals;
    }

    @Override
    public double[][] jacobian(double[] x) {
      check();
      Tensor jacobian = compiled.jacobian(coordinates.at(x), all);
      double[] slopes = coordinates.slopes(x);
      double[][] rows = new double[jacobian.shape().extent(0)][slopes.length];
      for (int row = 0; row < rows.length; row++) {
        for (int i = 0; i < slopes.length; i++) {
          rows[row][i] = jacobian.at(row * slopes.length + i) * slopes[i];
          if (!Double.isFinite(rows[row][i])) {
            throw notFinite("gradient", rows[row][i]);
          }
        }
      }
      return rows;
    }

    @Override
    public boolean accept(double[] x, double value) {
      epoch(method, coordinates.at(x), value);
      return true;
    }
  }

  private static double[] product(Tensor factors, double[] slopes) {
    double[] products = new double[slopes.length];
    for (int i = 0; i < slopes.length; i++) {
      products[i] = factors.at(i) * slopes[i];
    }
    return products;
  }

  private void check() {
    if (Thread.currentThread().isInterrupted() || settings.stop().getAsBoolean()) {
      throw new Stopped(TrainingEnd.INTERRUPTED);
    }
    if (seconds() > settings.seconds()) {
      throw new Stopped(TrainingEnd.OUT_OF_TIME);
    }
  }

  private Stopped notFinite(String what, double value) {
    // A solve that was interrupted has no result either: say that it was interrupted.
    check();
    trouble = "the %s became %s".formatted(what, Double.isNaN(value) ? "NaN" : "infinite");
    return new Stopped(TrainingEnd.NOT_FINITE);
  }

  /** Keeps the parameters if their loss is the smallest so far. */
  private void offer(Parameters parameters, double loss) {
    if (loss < bestLoss) {
      best = parameters;
      bestLoss = loss;
      bestEpoch = epochs.size() + 1;
    }
  }

  private void epoch(Optimizer method, Parameters parameters, double loss) {
    int number = epochs.size() + 1;
    epochs.add(new TrainingHistory.Epoch(number, loss, bestLoss, seconds(), method.name()));
    tell(method, parameters, loss);
    if (number - bestEpoch >= settings.patience()) {
      throw new Stopped(TrainingEnd.NO_PROGRESS);
    }
  }

  private void tell(Optimizer method, Parameters parameters, double loss) {
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

  <M> TrainingResult<M> result(Trainable<M> trainable) {
    TrainingHistory history = new TrainingHistory(startLoss, epochs);
    return new TrainingResult<>(
        trainable.with(best),
        best,
        bestLoss,
        bestEpoch,
        history,
        end,
        message(),
        settings.seed(),
        seconds());
  }

  private String message() {
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
