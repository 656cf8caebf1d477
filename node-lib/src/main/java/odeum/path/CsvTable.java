package odeum.path;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import odeum.tensor.Names;

/**
 * A table of numbers in CSV: a line of names, then a line per row. It is strict, for a slip in data
 * must not become a number.
 */
final class CsvTable {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern MISSING = Pattern.compile("|NaN|nan|NA|N/A");

  private final String file;
  private final List<String> names;
  private final List<CsvLines.Row> rows;

  private CsvTable(String file, List<String> names, List<CsvLines.Row> rows) {
    this.file = file;
    this.names = names;
    this.rows = rows;
  }

  static CsvTable read(Path file) {
    if (Files.notExists(file)) {
      throw new CsvException(
          "There is no file %s in %s.".formatted(file, Path.of("").toAbsolutePath()));
    }
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (CharacterCodingException e) {
      throw new CsvException("%s is not a text file in UTF-8.".formatted(file), e);
    } catch (IOException e) {
      throw new CsvException("%s cannot be read (%s).".formatted(file, e), e);
    }
  }

  static CsvTable parse(String file, String text) {
    CsvLines lines = new CsvLines(file);
    List<CsvLines.Row> rows = lines.read(text);
    if (rows.isEmpty()) {
      throw new CsvException(
          "%s is empty: a first line with column names is needed.".formatted(file));
    }
    CsvLines.Row header = rows.removeFirst();
    checkNames(file, header);
    for (CsvLines.Row row : rows) {
      checkWidth(file, header, row, lines.separator());
    }
    return new CsvTable(file, header.cells(), rows);
  }

  private static void checkNames(String file, CsvLines.Row header) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < header.cells().size(); i++) {
      String name = header.cells().get(i);
      if (name.isEmpty()) {
        throw new CsvException(
            "%s, line %s: column %s has no name.".formatted(file, header.line(), i + 1));
      }
      if (!TimeSeries.isName(name)) {
        throw new CsvException(
            "%s, line %s: the name of column %s has control characters."
                .formatted(file, header.line(), i + 1));
      }
      if (!seen.add(name)) {
        throw new CsvException(
            "%s, line %s: two columns are named '%s'.".formatted(file, header.line(), name));
      }
    }
    if (header.cells().stream().allMatch(name -> NUMBER.matcher(name).matches())) {
      throw new CsvException(
          "%s, line %s: the first line must name the columns, got numbers. Put a line like 't,x' first."
              .formatted(file, header.line()));
    }
  }

  private static void checkWidth(
      String file, CsvLines.Row header, CsvLines.Row row, char separator) {
    if (row.cells().size() != header.cells().size()) {
      String hint = separator == ',' ? " Decimals need a point, not a comma." : "";
      throw new CsvException(
          "%s, line %s: %s cells, but %s columns are named in line %s.%s"
              .formatted(
                  file,
                  row.line(),
                  row.cells().size(),
                  header.cells().size(),
                  header.line(),
                  row.cells().size() > header.cells().size() ? hint : ""));
    }
  }

  TimeSeries series() {
    return series(Map.of());
  }

  TimeSeries series(Map<String, String> columns) {
    return series(names.getFirst(), columns);
  }

  TimeSeries series(String timeColumn, Map<String, String> columns) {
    int time = position(timeColumn);
    columns.values().stream().sorted().forEach(this::position);
    if (columns.containsValue(timeColumn)) {
      throw new CsvException("Column '%s' is the time, so no value.".formatted(timeColumn));
    }
    TimeSeries series = TimeSeries.named(timeColumn, times(time));
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (columns.isEmpty() ? column != time : columns.containsValue(name)) {
        series = series.and(name, numbers(column));
      }
    }
    if (series.names().isEmpty()) {
      throw new CsvException(
          "%s has only one column: values are needed beside the time.".formatted(file));
    }
    return columns.isEmpty() ? series : series.select(columns);
  }

  /** {@return the rows as samples of classes} */
  Labelled labelled(String labelColumn, Map<String, String> columns) {
    int label = position(labelColumn);
    columns.values().stream().sorted().forEach(this::position);
    if (columns.containsValue(labelColumn)) {
      throw new CsvException("Column '%s' is the class, so no number.".formatted(labelColumn));
    }
    if (rows.isEmpty()) {
      throw new CsvException("%s has no rows.".formatted(file));
    }
    List<String> labels = new ArrayList<>();
    for (CsvLines.Row row : rows) {
      if (row.cells().get(label).isEmpty()) {
        throw at(row, label, "the class is missing.");
      }
      labels.add(row.cells().get(label));
    }
    Labelled result = Labelled.named(labelColumn, labels);
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      if (columns.isEmpty() ? column != label : columns.containsValue(name)) {
        result = result.and(name, complete(column));
      }
    }
    return columns.isEmpty() ? result : result.select(columns);
  }

  private double[] complete(int column) {
    double[] values = numbers(column);
    for (int i = 0; i < values.length; i++) {
      if (Double.isNaN(values[i])) {
        throw at(rows.get(i), column, "the value is missing: a sample needs all its numbers.");
      }
    }
    return values;
  }

  static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  /** {@return the rows of each value of a column, in the order of their first rows} */
  Map<String, CsvTable> divided(String idColumn) {
    int id = position(idColumn);
    Map<String, List<CsvLines.Row>> groups = new LinkedHashMap<>();
    for (CsvLines.Row row : rows) {
      String value = row.cells().get(id);
      if (value.isEmpty()) {
        throw at(row, id, "the name of the series is missing.");
      }
      groups
          .computeIfAbsent(value, _ -> new ArrayList<>())
          .add(new CsvLines.Row(row.line(), without(row.cells(), id)));
    }
    if (groups.isEmpty()) {
      throw new CsvException("%s has no rows.".formatted(file));
    }
    Map<String, CsvTable> tables = new LinkedHashMap<>();
    groups.forEach(
        (value, group) -> tables.put(value, new CsvTable(file, without(names, id), group)));
    return tables;
  }

  private static List<String> without(List<String> cells, int position) {
    List<String> fewer = new ArrayList<>(cells);
    fewer.remove(position);
    return fewer;
  }

  private int position(String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new CsvException(
          "%s has no column '%s'. Known: %s.%s"
              .formatted(
                  file,
                  name,
                  String.join(" ", names),
                  Names.nearest(name, names).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    return position;
  }

  private double[] times(int column) {
    double[] times = numbers(column);
    for (int i = 0; i < times.length; i++) {
      if (Double.isNaN(times[i])) {
        throw at(rows.get(i), column, "the time is missing.");
      }
      if (i > 0 && !(times[i] > times[i - 1])) {
        throw at(
            rows.get(i),
            column,
            "times must increase strictly, but %s follows %s. Sort the rows, and keep one per time."
                .formatted(times[i], times[i - 1]));
      }
    }
    return times;
  }

  private double[] numbers(int column) {
    double[] values = new double[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = number(rows.get(i), column);
    }
    return values;
  }

  private double number(CsvLines.Row row, int column) {
    String cell = row.cells().get(column);
    if (MISSING.matcher(cell).matches()) {
      return Double.NaN;
    }
    if (!NUMBER.matcher(cell).matches()) {
      String hint = cell.contains(",") ? " Decimals need a point, not a comma." : "";
      String shown = cell.length() > 40 ? cell.substring(0, 40) + "…" : cell;
      throw at(row, column, "'%s' is not a number.%s".formatted(shown, hint));
    }
    double value = Double.parseDouble(cell);
    if (!Double.isFinite(value)) {
      throw at(row, column, "%s is too large for a double.".formatted(cell));
    }
    return value;
  }

  private CsvException at(CsvLines.Row row, int column, String what) {
    return new CsvException(
        "%s, line %s, column '%s': %s".formatted(file, row.line(), names.get(column), what));
  }
}
