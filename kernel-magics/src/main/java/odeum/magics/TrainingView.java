package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import odeum.equation.Ode;
import odeum.model.EquationFit;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.plot.Chart;
import odeum.solver.Integrator;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.train.TrainingProgress;
import odeum.train.TrainingResult;

/** A training's one output while it runs: the loss, the fit and a line of progress. */
final class TrainingView {
  private static final double SECONDS_BETWEEN = 0.25;
  private static final int BAR = 10;

  private final KernelPort kernel;
  private final EquationFit fit;
  private final Integrator integrator;
  private final List<String> plots;
  private final String title;
  private final String id = UUID.randomUUID().toString();
  private final List<Double> losses = new ArrayList<>();
  private final long seed;
  private TrainingProgress latest;
  private double shown = Double.NEGATIVE_INFINITY;

  TrainingView(Invocation call, KernelPort kernel, EquationFit fit, Integrator integrator) {
    this.kernel = kernel;
    this.fit = fit;
    this.integrator = integrator.withSaveAt(SaveAt.even(200));
    this.plots = call.has("plot") ? call.texts("plot") : List.of("loss", "fit");
    this.title = call.arguments().getFirst();
    this.seed = (long) new Values(call, kernel).number("seed").orElse(0);
  }

  /** Notes an epoch, and shows it when the last one was shown long enough ago. */
  void epoch(TrainingProgress progress) {
    losses.add(progress.loss());
    latest = progress;
    if (progress.seconds() - shown >= SECONDS_BETWEEN) {
      show(line(progress, eta(progress)), progress.bestParameters());
      // The time after drawing counts, so that drawing never takes over.
      shown = progress.seconds();
    }
  }

  /** Shows the last frame, which stays. */
  void end(TrainingResult<Ode> result) {
    if (latest != null) {
      String took = String.format(Locale.ROOT, "%.1f s", result.seconds());
      show(line(latest, took), result.best());
    }
  }

  private void show(String line, Parameters best) {
    List<Chart> charts = new ArrayList<>();
    if (plots.contains("loss")) {
      charts.add(Charts.loss("loss", losses.stream().mapToDouble(loss -> loss).toArray()));
    }
    if (plots.contains("fit")) {
      charts.add(Charts.fit(title, fit.series(), solution(best)));
    }
    kernel.display(Panels.of(line, charts), id);
  }

  private Solution solution(Parameters parameters) {
    TimeSeries data = fit.series();
    double[] times = data.times();
    return integrator.solve(fit.with(parameters), times[0], times[times.length - 1]);
  }

  private String line(TrainingProgress p, String end) {
    double share = p.epochs() == 0 ? 1 : (double) p.epoch() / p.epochs();
    int full = (int) Math.round(share * BAR);
    double rate = p.seconds() > 0 ? p.epoch() / p.seconds() : 0;
    return String.format(
        Locale.ROOT,
        "epoch %d/%d %s%s %.0f %% · loss %s · best %s · %.1f it/s · %s · seed %d",
        p.epoch(),
        p.epochs(),
        "▇".repeat(full),
        "▁".repeat(BAR - full),
        100 * share,
        Text.brief(p.loss()),
        Text.brief(p.best()),
        rate,
        end,
        seed);
  }

  private static String eta(TrainingProgress p) {
    if (p.epoch() == 0) {
      return "ETA -:--";
    }
    long seconds = Math.round(p.seconds() / p.epoch() * (p.epochs() - p.epoch()));
    return String.format(Locale.ROOT, "ETA %d:%02d", seconds / 60, seconds % 60);
  }
}
