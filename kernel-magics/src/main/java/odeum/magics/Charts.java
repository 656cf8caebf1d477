package odeum.magics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.DoubleStream;
import odeum.model.Comparison;
import odeum.model.SweepSolution;
import odeum.path.TimeSeries;
import odeum.plot.Chart;
import odeum.solver.Ensemble;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.Tensor;
import odeum.train.TrainingHistory;
import odeum.train.TrainingResult;
import tech.tablesaw.api.Table;

/**
 * Charts of solutions and data. What measured the same thing has the same colour: points for data,
 * a line for a solution, dashes for further solutions.
 */
public final class Charts {
  private static final int MOST_LINES = 12;

  private Charts() {}

  /** {@return the states over time; if all are one grid, that one as colours} */
  public static Chart time(String title, Solution solution) {
    return time(title, List.of(Trajectory.of("", solution)), List.of());
  }

  /** {@return the values of a grid as colours: time to the right, the index upward} */
  public static Chart grid(String title, Solution solution, String name) {
    return time(title, List.of(Trajectory.of("", solution)), List.of(name));
  }

  /** {@return the states against each other, or those named: two in a plane, three in space} */
  public static Chart phase(String title, Solution solution, String... names) {
    return phase(title, List.of(Trajectory.of("", solution)), List.of(names));
  }

  /** {@return data and a solution over time, the same colour for the same name} */
  public static Chart fit(String title, TimeSeries data, Solution solution) {
    return time(
        title, List.of(Trajectory.of("data", data), Trajectory.of("", solution)), List.of());
  }

  /** {@return the loss of each epoch on a logarithmic axis} */
  public static Chart loss(String title, TrainingResult<?> training) {
    return loss(title, training.history());
  }

  /** {@return the loss of each epoch on a logarithmic axis, and that of samples held back} */
  public static Chart loss(String title, TrainingHistory history) {
    double[] held = history.validationLosses();
    return LossChart.of(
        title,
        from(history.startLoss(), history.losses()),
        held.length == 0 ? held : from(Double.NaN, held));
  }

  /** {@return the error of each compared solver against its work, both logarithmic} */
  public static Chart workPrecision(String title, Comparison comparison) {
    Chart chart =
        Chart.of(title + ": error against work")
            .xAxis("evaluations of the vector field")
            .yAxis("largest error, relative")
            .logX()
            .logY();
    for (String solver : comparison.solvers()) {
      List<Comparison.Point> points = comparison.points(solver);
      if (!points.isEmpty()) {
        chart =
            chart.lineAndPoints(
                solver,
                points.stream().mapToDouble(Comparison.Point::evaluations).toArray(),
                points.stream().mapToDouble(Comparison.Point::error).toArray());
      }
    }
    return chart;
  }

  /** {@return one state of all solves of a sweep over time, coloured by what is swept} */
  public static Chart sweep(String title, SweepSolution sweep, String name) {
    return FamilyChart.of(title, sweep, "t", name, true);
  }

  /** {@return two states of all solves of a sweep against each other} */
  public static Chart sweepPhase(String title, SweepSolution sweep, String x, String y) {
    return FamilyChart.of(title, sweep, x, y, true);
  }

  /**
   * {@return the median of an ensemble over time, with the bands of 50 % and 90 % of its solves}
   */
  public static Chart fan(String title, Ensemble ensemble, String... names) {
    return FanChart.of(title, ensemble, List.of(names));
  }

  /**
   * {@return the vector field of a system with its own solution, in the plane of two states} Arrows
   * point along the derivative at the system's parameters; dashed lines show where one of the two
   * derivatives is zero. Without names it is the plane of the first two states; a single state is
   * drawn over time.
   */
  public static Chart field(String title, Problem system, String... names) {
    return field(orbit(title, system, names), system, names);
  }

  /** {@return a phase portrait over the vector field of a system, in the portrait's window} */
  public static Chart field(Chart portrait, Problem system, String... names) {
    return FieldChart.under(portrait, system, List.of(names));
  }

  /** {@return the system's own solution in the plane of two states, and where it starts} */
  public static Chart orbit(String title, Problem system, String... names) {
    return FieldChart.orbit(title, system, List.of(names));
  }

  /**
   * {@return how often values occur} Of solutions, time series, tables, arrays, and the last values
   * of ensembles.
   *
   * @param labels what each thing is called in the legend
   * @param names which columns; none for all
   */
  public static Chart histogram(
      String title, List<String> labels, List<?> things, String... names) {
    return SampleCharts.histogram(title, labels, things, List.of(names));
  }

  /**
   * {@return where points are dense in the plane of two columns}
   *
   * @param labels what each thing is called
   * @param names the columns; none if there are only two
   */
  public static Chart density(String title, List<String> labels, List<?> things, String... names) {
    return SampleCharts.density(title, labels, things, List.of(names));
  }

  /** {@return arrays as lines over their index} */
  public static Chart lines(String title, List<String> labels, List<?> things) {
    return SampleCharts.lines(title, labels, things);
  }

  /** {@return columns of a table as bars, under the names in its first column} */
  public static Chart bars(String title, Table table, String... names) {
    return SampleCharts.bars(title, table, List.of(names));
  }

  /** {@return what compared solvers cost, as bars: evaluations, or other columns of the table} */
  public static Chart bars(String title, Comparison comparison, String... names) {
    return SampleCharts.bars(title, comparison, List.of(names));
  }

  /** {@return a matrix as colours, its first row below} */
  public static Chart matrix(String title, double[][] values) {
    return SampleCharts.matrix(title, values);
  }

  /** {@return a matrix as colours, its first row below} */
  public static Chart matrix(String title, Tensor values) {
    return SampleCharts.matrix(title, SampleCharts.rows(values));
  }

  /** {@return pictures in rows, each by rows from its top} */
  public static Chart images(String title, double[][][] pictures) {
    return Chart.of(title).images(pictures);
  }

  /** {@return pictures in rows, of a tensor of shape {@code (count, height, width)}} */
  public static Chart images(String title, Tensor pictures) {
    return Chart.of(title).images(SampleCharts.pictures(pictures));
  }

  /**
   * {@return pictures in rows with a label above each}
   *
   * @param labels an array or a list of texts or numbers
   */
  public static Chart images(String title, double[][][] pictures, Object labels) {
    return Chart.of(title).images(pictures, SampleCharts.texts(labels));
  }

  /** {@return pictures of a tensor of shape {@code (count, height, width)} with labels} */
  public static Chart images(String title, Tensor pictures, Object labels) {
    return images(title, SampleCharts.pictures(pictures), labels);
  }

  private static double[] from(double start, double[] values) {
    return DoubleStream.concat(DoubleStream.of(start), Arrays.stream(values)).toArray();
  }

  /** {@return the loss, if the thing is a training} */
  static Optional<Chart> training(String title, Object thing) {
    return switch (thing) {
      case TrainingResult<?> result -> Optional.of(loss(title, result));
      case TrainingHistory history -> Optional.of(loss(title, history));
      case null, default -> Optional.empty();
    };
  }

  /**
   * {@return solutions, time series and tables over time, in one chart}
   *
   * @param labels what each thing is called in the legend, when there are several
   * @param names which columns; none for all
   */
  public static Chart overlay(String title, List<String> labels, List<?> things, String... names) {
    return time(title, trajectories(labels, things), List.of(names));
  }

  /**
   * {@return solutions, time series and tables in one phase portrait}
   *
   * @param labels what each thing is called in the legend, when there are several
   * @param names two or three columns
   */
  public static Chart portrait(String title, List<String> labels, List<?> things, String... names) {
    return phase(title, trajectories(labels, things), List.of(names));
  }

  private static List<Trajectory> trajectories(List<String> labels, List<?> things) {
    if (labels.size() != things.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A chart needs one label for each thing, got %d for %d.",
              labels.size(),
              things.size()));
    }
    List<Trajectory> trajectories = new ArrayList<>();
    for (Object thing : things) {
      String label = things.size() == 1 ? "" : labels.get(trajectories.size());
      trajectories.add(
          trajectory(label, thing)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "A chart shows solutions, time series and tables, not "
                              + Things.describe(thing))));
    }
    return trajectories;
  }

  static Optional<Trajectory> trajectory(String label, Object thing) {
    return switch (thing) {
      case Solution solution -> Optional.of(Trajectory.of(label, solution));
      case TimeSeries series -> Optional.of(Trajectory.of(label, series));
      case Table table -> Optional.of(Trajectory.of(label, table));
      case null, default -> Optional.empty();
    };
  }

  static Chart time(String title, List<Trajectory> things, List<String> names) {
    Optional<SpaceGrid> grid = grid(things, names);
    if (grid.isPresent()) {
      return grid.get().chart(title, things.getFirst());
    }
    List<String> columns = new ArrayList<>();
    for (Trajectory thing : things) {
      for (String name : names.isEmpty() ? lines(thing) : names) {
        if (!columns.contains(name) && thing.hasColumn(name)) {
          columns.add(name);
        }
      }
    }
    List<String> drawn = columns.subList(0, Math.min(columns.size(), MOST_LINES));
    Chart chart = Chart.of(title).xAxis(timeName(things));
    chart = drawn.size() == 1 ? chart.yAxis(drawn.getFirst()) : chart;
    int solutions = 0;
    for (Trajectory thing : things) {
      solutions += thing.measured() ? 0 : 1;
      Trajectory fine = thing.fine(100, 500);
      for (String name : drawn) {
        if (thing.hasColumn(name)) {
          List<double[]> xy = fine.complete(List.of(thing.timeName(), name));
          String label = thing.label().isEmpty() ? name : name + " (" + thing.label() + ")";
          chart = drawn(chart, thing, label, solutions > 1, xy).colour(columns.indexOf(name));
        }
      }
    }
    return chart;
  }

  /** What is not a grid, if there is such. */
  private static List<String> lines(Trajectory thing) {
    List<String> others = SpaceGrid.others(thing.names());
    return others.isEmpty() ? thing.names() : others;
  }

  /** The grid that is asked for, or the first one if there is nothing else to draw. */
  private static Optional<SpaceGrid> grid(List<Trajectory> things, List<String> names) {
    if (things.size() > 1 || names.size() > 1) {
      return Optional.empty();
    }
    Trajectory thing = things.getFirst();
    if (names.isEmpty()) {
      boolean only = SpaceGrid.others(thing.names()).isEmpty();
      return only ? SpaceGrid.of(thing.names()).stream().findFirst() : Optional.empty();
    }
    String name = names.getFirst();
    return thing.known().contains(name) ? Optional.empty() : SpaceGrid.named(name, thing.known());
  }

  /** Data say what their time is, a solution calls it t. */
  private static String timeName(List<Trajectory> things) {
    return things.stream()
        .filter(Trajectory::measured)
        .findFirst()
        .orElse(things.getFirst())
        .timeName();
  }

  private static Chart drawn(
      Chart chart, Trajectory thing, String label, boolean again, List<double[]> xy) {
    double[] x = xy.getFirst();
    double[] y = xy.getLast();
    if (thing.measured()) {
      return chart.points(label, x, y);
    }
    return again ? chart.dashed(label, x, y) : chart.line(label, x, y);
  }

  static Chart phase(String title, List<Trajectory> things, List<String> names) {
    List<String> axes = names.isEmpty() ? axes(things.getFirst()) : names;
    if (axes.size() != 2 && axes.size() != 3) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A phase portrait shows two or three columns, got %d: %s",
              axes.size(),
              String.join(" ", axes)));
    }
    boolean spatial = axes.size() == 3;
    Chart chart = Chart.of(title).xAxis(axes.get(0)).yAxis(axes.get(1));
    chart = spatial ? chart.zAxis(axes.get(2)) : chart;
    int solutions = 0;
    for (Trajectory thing : things) {
      solutions += thing.measured() ? 0 : 1;
      String label = thing.label().isEmpty() ? String.join(", ", axes) : thing.label();
      List<double[]> c = thing.fine(2, spatial ? 4000 : 5000).complete(axes);
      if (spatial) {
        chart =
            thing.measured()
                ? chart.points3d(label, c.get(0), c.get(1), c.get(2))
                : chart.line3d(label, c.get(0), c.get(1), c.get(2));
      } else {
        chart = drawn(chart, thing, label, solutions > 1, c);
      }
    }
    return chart;
  }

  private static List<String> axes(Trajectory thing) {
    List<String> names = thing.names();
    return switch (names.size()) {
      case 1 -> List.of(thing.timeName(), names.getFirst());
      case 2, 3 -> names;
      default -> names.subList(0, 2);
    };
  }
}
