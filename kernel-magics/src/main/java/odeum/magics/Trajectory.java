package odeum.magics;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.solver.Solution;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * Named columns over time, wherever they come from.
 *
 * @param label how the user calls it
 * @param measured whether it is data, to be drawn as points
 * @param timeName what the time is called
 * @param times the times
 * @param names the columns that are drawn when none is asked for
 * @param known the columns that can be asked for
 * @param column the values of a column at the times
 * @param solution where they come from, if that is a solution
 */
record Trajectory(
    String label,
    boolean measured,
    String timeName,
    double[] times,
    List<String> names,
    List<String> known,
    Function<String, double[]> column,
    Optional<Solution> solution) {
  static Trajectory of(String label, Solution solution) {
    return new Trajectory(
        label,
        false,
        "t",
        solution.times(),
        solution.stateNames(),
        solution.names(),
        solution::values,
        Optional.of(solution));
  }

  static Trajectory of(String label, TimeSeries series) {
    return new Trajectory(
        label,
        true,
        series.timeName(),
        series.times(),
        series.names(),
        series.names(),
        series::column,
        Optional.empty());
  }

  /** The first numeric column of a table is its time. */
  static Trajectory of(String label, Table table) {
    List<NumericColumn<?>> numbers = table.numericColumns();
    if (numbers.size() < 2) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "'%s' needs a column of times and a column of values, both numbers",
              label));
    }
    List<String> names = numbers.stream().skip(1).map(c -> c.name()).toList();
    return new Trajectory(
        label,
        true,
        numbers.getFirst().name(),
        numbers.getFirst().asDoubleArray(),
        names,
        names,
        name -> table.numberColumn(name).asDoubleArray(),
        Optional.empty());
  }

  /**
   * {@return a solution that kept its steps at this many times, so that its curve has no corners}
   * Fewer than {@code least} saved times were chosen on purpose and stay.
   */
  Trajectory fine(int least, int points) {
    return solution
        .filter(s -> times.length >= least && times.length < points)
        .map(s -> fine(s, points))
        .orElse(this);
  }

  private Trajectory fine(Solution s, int points) {
    double first = times[0];
    double last = times[times.length - 1];
    double[] grid =
        IntStream.range(0, points)
            .mapToDouble(i -> i == points - 1 ? last : first + (last - first) * i / (points - 1))
            .toArray();
    try {
      s.at(first);
    } catch (IllegalStateException _) {
      return this; // It kept nothing between the saved times.
    }
    return new Trajectory(
        label,
        measured,
        timeName,
        grid,
        names,
        known,
        name -> DoubleStream.of(grid).map(t -> s.at(t, name)).toArray(),
        solution);
  }

  /** {@return whether it has a column, a grid or the time of this name} */
  boolean knows(String name) {
    return hasColumn(name) || SpaceGrid.named(name, known).isPresent();
  }

  /** {@return whether it has a column or the time of this name} */
  boolean hasColumn(String name) {
    return known.contains(name) || name.equals(timeName);
  }

  /** {@return the values of a column or of the time} */
  double[] values(String name) {
    return name.equals(timeName) && !known.contains(name) ? times : column.apply(name);
  }

  /** {@return the values of some columns where none of them is missing} */
  List<double[]> complete(List<String> wanted) {
    List<double[]> columns = wanted.stream().map(this::values).toList();
    int[] rows =
        IntStream.range(0, times.length)
            .filter(i -> columns.stream().noneMatch(c -> Double.isNaN(c[i])))
            .toArray();
    return columns.stream().map(c -> IntStream.of(rows).mapToDouble(i -> c[i]).toArray()).toList();
  }
}
