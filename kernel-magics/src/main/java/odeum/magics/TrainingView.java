package odeum.magics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.function.Function;
import odeum.nn.Parameters;
import odeum.plot.Chart;
import odeum.plot.MimeBundle;
import odeum.plot.Panels;
import odeum.train.TrainingHistory;
import odeum.train.TrainingProgress;
import odeum.train.TrainingResult;

/**
 * A training's one output while it runs: the loss, the fit and a line of progress. The curves of
 * the fit are solved for the frames that are drawn only.
 */
final class TrainingView {
  private final KernelPort kernel;
  private final List<String> plots;
  private final Optional<Function<Parameters, Chart>> fit;
  private final Function<Parameters, String> measure;
  private final ProgressLine line;
  private final Pace pace;
  private final String id = UUID.randomUUID().toString();
  private final Losses training = new Losses();
  private final Losses validation = new Losses();
  private String title = "loss";
  private TrainingProgress latest;

  /**
   * A view that has shown nothing yet.
   *
   * @param plots which of loss and fit are drawn
   * @param fit draws the fit of some parameters, if there is something to draw
   * @param measure what else the line says of some parameters
   */
  TrainingView(
      KernelPort kernel,
      List<String> plots,
      Optional<Function<Parameters, Chart>> fit,
      Function<Parameters, String> measure,
      ProgressLine line,
      Pace pace) {
    this.kernel = kernel;
    this.plots = List.copyOf(plots);
    this.fit = fit;
    this.measure = measure;
    this.line = line;
    this.pace = pace;
  }

  /** One value per epoch. */
  private static final class Losses {
    private double[] values = new double[64];
    private int size;

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, 2 * size);
      }
      values[size++] = value;
    }

    double[] all() {
      return Arrays.copyOf(values, size);
    }

    void clear() {
      size = 0;
    }
  }

  /** Notes the epochs of before, of a training that goes on. */
  void before(TrainingHistory history) {
    training.add(history.startLoss());
    history.epochs().forEach(epoch -> training.add(epoch.loss()));
    if (history.validationLosses().length > 0) {
      // What it was at the start is not known any more: it has no point.
      validation.add(Double.NaN);
      Arrays.stream(history.validationLosses()).forEach(validation::add);
    }
  }

  /** Notes an epoch, and shows it when it is time for a frame. */
  void epoch(TrainingProgress progress) {
    if (latest != null && latest.start() != progress.start()) {
      training.clear();
      validation.clear();
    }
    training.add(progress.loss());
    progress.validation().ifPresent(validation::add);
    latest = progress;
    line.note(progress);
    pace.draw(
        () -> {
          Parameters best = progress.bestParameters();
          show(line.running(progress, measure.apply(best)), best);
        });
  }

  /** Shows the last frame, which stays. */
  void end(TrainingResult<?> result) {
    if (result.starts().size() > 1) {
      training.clear();
      validation.clear();
      title = "loss of start " + StartsTable.best(result);
      before(result.history());
    }
    TrainingProgress last = latest == null ? done(result) : latest;
    show(line.ended(last, measure.apply(result.best()), result.seconds()), result.best());
  }

  /** Where a training is that went on from its end. */
  private static TrainingProgress done(TrainingResult<?> result) {
    int epochs = result.epochs();
    TrainingHistory history = result.history();
    return new TrainingProgress(
        epochs,
        epochs,
        "",
        epochs == 0 ? history.startLoss() : history.losses()[epochs - 1],
        OptionalDouble.empty(),
        result.loss(),
        result.best(),
        result.best(),
        result.seconds(),
        result.starts().size(),
        result.starts().size());
  }

  private void show(String text, Parameters best) {
    List<Chart> charts = new ArrayList<>();
    if (plots.contains("loss")) {
      charts.add(LossChart.of(title, training.all(), validation.all()));
    }
    if (plots.contains("fit")) {
      fit.ifPresent(drawing -> charts.add(drawing.apply(best)));
    }
    boolean alone = charts.isEmpty();
    kernel.display(alone ? MimeBundle.of(text) : Panels.of(text, charts).plainTitle().bundle(), id);
  }
}
