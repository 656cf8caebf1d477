package odeum.plot;

import java.util.List;
import java.util.function.Function;
import odeum.path.TimeSeries;
import odeum.solver.Solution;
import tech.tablesaw.api.DoubleColumn;
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
