package odeum.path;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import odeum.tensor.Names;

/**
 * A table of numbers in CSV (RFC 4180 without line breaks inside cells): a line of names, then a
 * line per row. It is strict, for a slip in data must not become a number.
 */
final class CsvTable {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern MISSING = Pattern.compile("|NaN|nan|NA|N/A");
  private static final String SEPARATORS = ",;\t";

  /** One line of the file: its number, counted from 1, and its cells. */
  private record Row(int line, List<String> cells) {}

  private final String file;
  private final List<String> names;
  private final List<Row> rows;

  private CsvTable(String file, List<String> names, List<Row> rows) {
    this.file = file;
    this.names = names;
    this.rows = rows;
  }

  static CsvTable read(Path file) {
    try {
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new CsvException(
          "There is no file %s in %s.".formatted(file, Path.of("").toAbsolutePath()), e);
    } catch (CharacterCodingException e) {
      throw new CsvException("%s is not a text file in UTF-8.".formatted(file), e);
    } catch (IOException e) {
      throw new CsvException("%s cannot be read (%s).".formatted(file, e), e);
    }
  }

  static CsvTable parse(String file, String text) {
    List<Row> rows = new ArrayList<>();
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    char separator = 0;
    int number = 0;
    for (String line : body.split("\r\n|\n|\r", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      separator = separator == 0 ? separator(line) : separator;
      rows.add(new Row(number, cells(file, number, line, separator)));
    }
    if (rows.isEmpty()) {
      throw new CsvException(
          "%s is empty: a first line with column names is needed.".formatted(file));
    }
    Row header = rows.removeFirst();
    checkNames(file, header);
    for (Row row : rows) {
      checkWidth(file, header, row, separator);
    }
    return new CsvTable(file, header.cells(), rows);
  }

  private static char separator(String header) {
    boolean quoted = false;
    for (char c : header.toCharArray()) {
      quoted ^= c == '"';
      if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        return c;
      }
    }
    return ',';
  }

  private static List<String> cells(String file, int number, String line, char separator) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder cell = new StringBuilder();
      int start = skipBlanks(line, at, separator);
      if (start < line.length() && line.charAt(start) == '"') {
        at = quotedCell(file, number, line, start, cell);
        at = skipBlanks(line, at, separator);
        if (at < line.length() && line.charAt(at) != separator) {
          throw new CsvException(
              "%s, line %s: after a closing quote a separator must follow, got '%s'."
                  .formatted(file, number, line.charAt(at)));
        }
        cells.add(cell.toString());
      } else {
        int end = line.indexOf(separator, at);
        end = end < 0 ? line.length() : end;
        cells.add(line.substring(at, end).strip());
        at = end;
      }
      if (at >= line.length()) {
        return cells;
      }
      at++;
    }
  }

  private static int skipBlanks(String line, int from, char separator) {
    int at = from;
    while (at < line.length()
        && line.charAt(at) != separator
        && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Reads a cell that begins with a quote; a doubled quote inside stands for one. */
  private static int quotedCell(
      String file, int number, String line, int start, StringBuilder cell) {
    int at = start + 1;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c != '"') {
        cell.append(c);
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        cell.append(c);
        at++;
      } else {
        return at + 1;
      }
      at++;
    }
    throw new CsvException("%s, line %s: a quote is not closed.".formatted(file, number));
  }

  private static void checkNames(String file, Row header) {
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

  private static void checkWidth(String file, Row header, Row row, char separator) {
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
    return series(names.getFirst(), Map.of());
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

  private double number(Row row, int column) {
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

  private CsvException at(Row row, int column, String what) {
    return new CsvException(
        "%s, line %s, column '%s': %s".formatted(file, row.line(), names.get(column), what));
  }

  /** {@return a name as a CSV cell} */
  static String quoted(String name) {
    boolean plain =
        name.equals(name.strip())
            && !name.startsWith("#")
            && name.chars().noneMatch(c -> c == '"' || SEPARATORS.indexOf(c) >= 0);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
