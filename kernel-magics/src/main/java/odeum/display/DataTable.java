package odeum.display;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;
import odeum.solver.Ensemble;
import odeum.solver.Solution;
import odeum.train.TrainingHistory;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** The first and last rows of data, with how much there is of it. */
public final class DataTable {
  private static final int WHOLE = 12;
  private static final int EDGE = 5;
  private static final int COLUMNS = 12;

  private DataTable() {}

  /** {@return what was solved and how it went, above its first and last rows} */
  public static MimeBundle of(Solution solution) {
    List<String> names = solution.names();
    List<double[]> columns = names.stream().map(solution::values).toList();
    return table(solution.summary(), "t", solution.times(), names, columns);
  }

  /** {@return the columns of a series; what is missing stays empty} */
  public static MimeBundle of(TimeSeries series) {
    List<double[]> columns = series.names().stream().map(series::column).toList();
    return table(series.toString(), series.timeName(), series.times(), series.names(), columns);
  }

  /** {@return the mean of each value of an ensemble over time, with the middle nine tenths} */
  public static MimeBundle of(Ensemble ensemble) {
    List<String> names = new ArrayList<>();
    List<double[]> columns = new ArrayList<>();
    for (String name : ensemble.names()) {
      names.addAll(List.of(name + " mean", name + " 5 %", name + " 95 %"));
      columns.add(ensemble.mean(name));
      columns.add(ensemble.quantile(0.05, name));
      columns.add(ensemble.quantile(0.95, name));
    }
    return table(ensemble.toString(), "t", ensemble.times(), names, columns);
  }

  /** {@return the losses of the first and last epochs} */
  public static MimeBundle of(TrainingHistory history) {
    double[] epochs = IntStream.rangeClosed(1, history.size()).asDoubleStream().toArray();
    double[] validation = history.validationLosses();
    List<String> names = new ArrayList<>(List.of("loss"));
    List<double[]> columns = new ArrayList<>(List.of(history.losses()));
    if (!DoubleStream.of(validation).allMatch(Double::isNaN)) {
      names.add("validation");
      columns.add(validation);
    }
    names.add("best");
    columns.add(history.bests());
    return table(history.toString(), "epoch", epochs, names, columns);
  }

  /** {@return a table of tablesaw's} */
  public static MimeBundle of(Table table) {
    List<Column<?>> columns = table.columns();
    int width = Math.min(columns.size(), COLUMNS);
    List<String> head = columns.stream().limit(width).map(Column::name).toList();
    IntFunction<List<String>> row =
        i -> columns.stream().limit(width).map(column -> cell(column, i)).toList();
    String size = "%s rows × %s columns".formatted(table.rowCount(), columns.size());
    String name = table.name() == null || table.name().isBlank() ? "" : table.name() + ": ";
    return HtmlTable.bundle(name + size, rows(head, columns.size() > width, table.rowCount(), row));
  }

  private static String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    return column instanceof NumericColumn<?> numbers
        ? NumberText.brief(numbers.getDouble(row))
        : column.getString(row);
  }

  private static MimeBundle table(
      String caption, String first, double[] times, List<String> names, List<double[]> columns) {
    int width = Math.min(names.size(), COLUMNS);
    List<String> head = new ArrayList<>(List.of(first));
    head.addAll(names.subList(0, width));
    IntFunction<List<String>> row =
        i -> {
          List<String> cells = new ArrayList<>(List.of(NumberText.brief(times[i])));
          columns.stream().limit(width).forEach(column -> cells.add(number(column[i])));
          return cells;
        };
    return HtmlTable.bundle(caption, rows(head, names.size() > width, times.length, row));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "" : NumberText.brief(value);
  }

  private static TextTable rows(
      List<String> head, boolean cut, int size, IntFunction<List<String>> row) {
    TextTable table = new TextTable(ended(head, cut), List.of());
    boolean whole = size <= WHOLE;
    for (int i = 0; i < (whole ? size : EDGE); i++) {
      table = table.row(ended(row.apply(i), cut).toArray());
    }
    if (whole) {
      return table;
    }
    table = table.row(ended(head.stream().map(_ -> "…").toList(), cut).toArray());
    for (int i = size - EDGE; i < size; i++) {
      table = table.row(ended(row.apply(i), cut).toArray());
    }
    return table;
  }

  private static List<String> ended(List<String> cells, boolean cut) {
    List<String> all = new ArrayList<>(cells);
    if (cut) {
      all.add("…");
    }
    return all;
  }
}
