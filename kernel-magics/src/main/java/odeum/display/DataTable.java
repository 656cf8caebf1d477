package odeum.display;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
    List<Part> parts =
        columns.stream()
            .limit(COLUMNS)
            .map(column -> new Part(column.name(), rows -> cells(column, rows)))
            .toList();
    String size = "%s rows × %s columns".formatted(table.rowCount(), columns.size());
    String name = table.name() == null || table.name().isBlank() ? "" : table.name() + ": ";
    return HtmlTable.bundle(name + size, rows(parts, columns.size() > COLUMNS, table.rowCount()));
  }

  private static List<String> cells(Column<?> column, int[] rows) {
    return column instanceof NumericColumn<?> numbers
        ? NumberText.column(
            IntStream.of(rows)
                .mapToDouble(i -> numbers.isMissing(i) ? Double.NaN : numbers.getDouble(i))
                .toArray())
        : IntStream.of(rows).mapToObj(i -> column.isMissing(i) ? "" : column.getString(i)).toList();
  }

  private static MimeBundle table(
      String caption, String first, double[] times, List<String> names, List<double[]> columns) {
    int width = Math.min(names.size(), COLUMNS);
    List<Part> parts = new ArrayList<>(List.of(Part.of(first, times)));
    for (int i = 0; i < width; i++) {
      parts.add(Part.of(names.get(i), columns.get(i)));
    }
    return HtmlTable.bundle(caption, rows(parts, names.size() > width, times.length));
  }

  /** A column: its name, and its cells for the rows that are shown. */
  private record Part(String name, Function<int[], List<String>> cells) {
    static Part of(String name, double[] values) {
      return new Part(
          name,
          rows -> NumberText.column(IntStream.of(rows).mapToDouble(i -> values[i]).toArray()));
    }
  }

  private static TextTable rows(List<Part> parts, boolean cut, int size) {
    boolean whole = size <= WHOLE;
    int[] shown =
        whole
            ? IntStream.range(0, size).toArray()
            : IntStream.concat(IntStream.range(0, EDGE), IntStream.range(size - EDGE, size))
                .toArray();
    List<List<String>> columns = parts.stream().map(part -> part.cells().apply(shown)).toList();
    TextTable table = new TextTable(ended(parts.stream().map(Part::name).toList(), cut), List.of());
    for (int i = 0; i < shown.length; i++) {
      if (!whole && i == EDGE) {
        table = table.row(ended(parts.stream().map(_ -> "…").toList(), cut).toArray());
      }
      int row = i;
      List<String> cells = columns.stream().map(column -> column.get(row)).toList();
      table = table.row(ended(cells, cut).toArray());
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
