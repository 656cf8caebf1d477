package odeum.magics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import odeum.equation.Ode;
import odeum.model.NeuralOde;
import odeum.model.UniversalDifferentialEquation;
import odeum.path.TimeSeries;
import odeum.plot.Chart;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.Tensor;

/**
 * Draws a model over the series it is fitted to: points for what was measured, lines for what the
 * model says, the same colour for the same name.
 *
 * @param title the chart's title
 * @param series the data
 * @param windowed whether the model is fitted to windows, which start anywhere
 * @param integrator solves models that have none of their own
 */
record FitChart(String title, List<TimeSeries> series, boolean windowed, Integrator integrator)
    implements ModelChart {
  private static final int MOST_SERIES = 8;
  private static final int MOST_COLUMNS = 12;

  FitChart {
    series = List.copyOf(series);
  }

  /** {@return the model, a {@link Problem}, over the data} */
  @Override
  public Chart of(Object model) {
    List<TimeSeries> drawn = series.subList(0, Math.min(series.size(), MOST_SERIES));
    List<Solution> solutions = new ArrayList<>();
    if (model instanceof Problem problem) {
      drawn.forEach(one -> solution(problem, one).ifPresent(solutions::add));
    }
    TimeSeries first = series.getFirst();
    Chart chart = Chart.of(title(drawn.size())).xAxis(first.timeName());
    List<String> columns = columns(first, solutions);
    chart = columns.size() == 1 ? chart.yAxis(columns.getFirst()) : chart;
    for (String name : columns) {
      if (first.names().contains(name)) {
        chart = points(chart, drawn, name).colour(columns.indexOf(name));
      }
    }
    for (String name : columns) {
      if (!solutions.isEmpty()) {
        chart = lines(chart, solutions, name).colour(columns.indexOf(name));
      }
    }
    return chart;
  }

  private String title(int drawn) {
    return drawn == series.size()
        ? title
        : String.format(Locale.ROOT, "%s, %d of %d series", title, drawn, series.size());
  }

  private static List<String> columns(TimeSeries data, List<Solution> solutions) {
    Set<String> names = new LinkedHashSet<>(data.names());
    solutions.stream().findFirst().ifPresent(solution -> names.addAll(solution.stateNames()));
    return names.stream().limit(MOST_COLUMNS).toList();
  }

  private static Chart points(Chart chart, List<TimeSeries> data, String name) {
    DoubleStream.Builder x = DoubleStream.builder();
    DoubleStream.Builder y = DoubleStream.builder();
    for (TimeSeries one : data) {
      double[] times = one.times();
      double[] values = one.column(name);
      IntStream.range(0, times.length)
          .filter(i -> !Double.isNaN(values[i]))
          .forEach(
              i -> {
                x.add(times[i]);
                y.add(values[i]);
              });
    }
    return chart.points(name + " (data)", x.build().toArray(), y.build().toArray());
  }

  /** All solutions are one line with gaps: one entry in the legend. */
  private static Chart lines(Chart chart, List<Solution> solutions, String name) {
    DoubleStream x = DoubleStream.empty();
    DoubleStream y = DoubleStream.empty();
    for (Solution solution : solutions) {
      DoubleStream gap =
          solution == solutions.getFirst() ? DoubleStream.empty() : DoubleStream.of(Double.NaN);
      double[] gaps = gap.toArray();
      x = join(x, gaps, solution.times());
      y = join(y, gaps, solution.values(name));
    }
    return chart.line(name, x.toArray(), y.toArray());
  }

  private static DoubleStream join(DoubleStream before, double[] gap, double[] values) {
    return DoubleStream.concat(
        DoubleStream.concat(before, Arrays.stream(gap)), Arrays.stream(values));
  }

  /** Nothing if the model needs a start that neither it nor the data has. */
  private Optional<Solution> solution(Problem model, TimeSeries data) {
    double[] times = data.times();
    try {
      double[] start = start(model, data);
      double end = times[times.length - 1];
      return Optional.of(
          switch (model) {
            case NeuralOde node -> node.solve(start, times[0], end);
            case UniversalDifferentialEquation known -> known.solve(start, times[0], end);
            default ->
                integrator.solve(
                    new Problem.Of(
                        model.term(),
                        Tensor.vector(start),
                        times[0],
                        end,
                        model.names(),
                        List.of(), // The events do not act in a fit either.
                        model.observed()));
          });
    } catch (IllegalStateException _) {
      return Optional.empty();
    }
  }

  /** Where the solve of this series starts in the training. */
  private double[] start(Problem model, TimeSeries data) {
    if (series.size() == 1 && !windowed) {
      return model.initial().toArray();
    }
    List<String> trained = model instanceof Ode ode && !windowed ? ode.trainedStarts() : List.of();
    double[] start = new double[model.names().size()];
    for (int i = 0; i < start.length; i++) {
      String state = model.names().get(i);
      boolean measured = data.names().contains(state) && !trained.contains(state);
      double first = measured ? data.column(state)[0] : Double.NaN;
      start[i] = Double.isNaN(first) ? model.initial().at(i) : first;
    }
    return start;
  }
}
