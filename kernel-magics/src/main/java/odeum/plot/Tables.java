package odeum.plot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import odeum.model.Comparison;
import odeum.path.Labelled;
import odeum.path.TimeSeries;
import odeum.solver.Solution;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Solutions and time series as tablesaw tables: the times, then a column for each value. */
public final class Tables {
  private Tables() {}

  /** {@return a table of the saved times: {@code t}, the states, then the lets} */
  public static Table of(Solution solution) {
    return table("solution", "t", solution.times(), solution.names(), solution::values);
  }

  /** {@return a table of the times and the columns; what is missing stays missing} */
  public static Table of(TimeSeries series) {
    return table("series", series.timeName(), series.times(), series.names(), series::column);
  }

  /** {@return a table with a row for each compared solver; what failed has missing numbers} */
  public static Table of(Comparison comparison) {
    List<Comparison.Row> rows = comparison.rows();
    return Table.create(
        "comparison",
        StringColumn.create("solver", rows.stream().map(Comparison.Row::solver)),
        StringColumn.create("setting", rows.stream().map(Comparison.Row::setting)),
        numbers("steps", rows, Comparison.Row::steps),
        numbers("rejected", rows, Comparison.Row::rejected),
        numbers("evaluations", rows, Comparison.Row::evaluations),
        numbers("seconds", rows, Comparison.Row::seconds),
        numbers("error", rows, Comparison.Row::error),
        StringColumn.create("result", rows.stream().map(Comparison.Row::result)));
  }

  private static DoubleColumn numbers(
      String name, List<Comparison.Row> rows, ToDoubleFunction<Comparison.Row> value) {
    return DoubleColumn.create(name, rows.stream().mapToDouble(value).toArray());
  }

  /** {@return the columns of numbers of a table as a series, one of them the time} */
  public static TimeSeries series(Table table, String time) {
    TimeSeries series = TimeSeries.named(time, table.numberColumn(time).asDoubleArray());
    for (NumericColumn<?> column : table.numericColumns()) {
      if (!column.name().equals(time)) {
        series = series.and(column.name(), column.asDoubleArray());
      }
    }
    return series;
  }

  /**
   * {@return the series of a table that holds several, told apart by a column} They come in the
   * order of their first rows.
   *
   * @param id the column that says which series a row belongs to
   */
  public static List<TimeSeries> seriesBy(String id, Table table, String time) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < table.rowCount(); row++) {
      rows.computeIfAbsent(table.getString(row, id), _ -> new ArrayList<>()).add(row);
    }
    return rows.values().stream()
        .map(
            own -> {
              int[] positions = own.stream().mapToInt(row -> row).toArray();
              return series(table.rows(positions).removeColumns(id), time);
            })
        .toList();
  }

  /**
   * {@return the rows of a table as samples of classes, with its columns of numbers}
   *
   * @param label the column of the classes
   */
  public static Labelled labelled(Table table, String label) {
    Labelled samples = Labelled.named(label, table.column(label).asStringColumn().asList());
    for (NumericColumn<?> column : table.numericColumns()) {
      if (!column.name().equals(label)) {
        samples = samples.and(column.name(), column.asDoubleArray());
      }
    }
    return samples;
  }

  private static Table table(
      String title,
      String timeName,
      double[] times,
      List<String> names,
      Function<String, double[]> values) {
    Table table = Table.create(title, DoubleColumn.create(timeName, times));
    for (String name : names) {
      table.addColumns(DoubleColumn.create(name, values.apply(name)));
    }
    return table;
  }
}
