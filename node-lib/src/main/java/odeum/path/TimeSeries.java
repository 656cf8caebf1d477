package odeum.path;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import odeum.tensor.Names;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Named values at strictly increasing times. A value that was not measured is NaN. Immutable.
 *
 * <pre>{@code
 * TimeSeries pelts = TimeSeries.readCsv(Path.of("hudson-bay.csv"));
 * TimeSeries data = pelts.select(Map.of("x", "hare", "y", "lynx"));
 * }</pre>
 */
public final class TimeSeries {
  private final String timeName;
  private final double[] times;
  private final List<String> names;
  private final List<double[]> columns;

  private TimeSeries(String timeName, double[] times, List<String> names, List<double[]> columns) {
    this.timeName = timeName;
    this.times = times;
    this.names = List.copyOf(names);
    this.columns = List.copyOf(columns);
  }

  /** {@return a series without columns yet; the times must increase strictly} */
  public static TimeSeries of(double... times) {
    return named("t", times);
  }

  /** {@return a series without columns yet, whose time has another name than t} */
  public static TimeSeries named(String timeName, double... times) {
    if (!isName(timeName)) {
      throw new IllegalArgumentException("The time needs a name, in one line.");
    }
    for (int i = 0; i < times.length; i++) {
      if (!Double.isFinite(times[i])) {
        throw new IllegalArgumentException(
            "Time %s is %s. Every time must be a finite number.".formatted(i, times[i]));
      }
      if (i > 0 && !(times[i] > times[i - 1])) {
        throw new IllegalArgumentException(
            "Times must increase strictly, but time %s is %s after %s. Sort the rows, and keep one per time."
                .formatted(i, times[i], times[i - 1]));
      }
    }
    return new TimeSeries(timeName, times.clone(), List.of(), List.of());
  }

  /** {@return this series with one more column; NaN marks a value that was not measured} */
  public TimeSeries and(String name, double... values) {
    if (!isName(name)) {
      throw new IllegalArgumentException("A column needs a name, in one line.");
    }
    if (name.equals(timeName) || names.contains(name)) {
      throw new IllegalArgumentException("There is a column '%s' already.".formatted(name));
    }
    if (values.length != times.length) {
      throw new IllegalArgumentException(
          "Column '%s' has %s values for %s times.".formatted(name, values.length, times.length));
    }
    for (int i = 0; i < values.length; i++) {
      if (Double.isInfinite(values[i])) {
        throw new IllegalArgumentException(
            "Column '%s' is infinite at %s = %s.".formatted(name, timeName, times[i]));
      }
    }
    List<String> longer = new ArrayList<>(names);
    List<double[]> more = new ArrayList<>(columns);
    longer.add(name);
    more.add(values.clone());
    return new TimeSeries(timeName, times, longer, more);
  }

  /**
   * {@return the numbers of a CSV file} The first line names the columns, the first column is the
   * time. Blank cells, {@code NaN} and {@code NA} are missing values; lines that begin with {@code
   * #} are comments; commas, semicolons or tabs separate.
   *
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static TimeSeries readCsv(Path file) {
    return CsvTable.read(file).series();
  }

  /**
   * {@return some columns of a CSV file, whose first column is the time; others are not looked at}
   *
   * @param columns from the name wanted to the name in the file; no entry means all columns
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static TimeSeries readCsv(Path file, Map<String, String> columns) {
    return CsvTable.read(file).series(columns);
  }

  /**
   * {@return some columns of a CSV file}
   *
   * @param timeColumn the column with the times
   * @param columns from the name wanted to the name in the file; no entry means all columns
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static TimeSeries readCsv(Path file, String timeColumn, Map<String, String> columns) {
    return CsvTable.read(file).series(timeColumn, columns);
  }

  /**
   * {@return the series of a CSV file with many of them, by their names in a column, in the order
   * of their first rows} The time is the first of the other columns.
   *
   * @param idColumn the column that says which series a row belongs to
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static Map<String, TimeSeries> readCsvById(Path file, String idColumn) {
    return byId(CsvTable.read(file).divided(idColumn), CsvTable::series);
  }

  /**
   * {@return some columns of the series of a CSV file with many of them; others are not looked at}
   *
   * @param idColumn the column that says which series a row belongs to; the first other is the time
   * @param columns from the name wanted to the name in the file; no entry means all columns
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static Map<String, TimeSeries> readCsvById(
      Path file, String idColumn, Map<String, String> columns) {
    return byId(CsvTable.read(file).divided(idColumn), table -> table.series(columns));
  }

  /**
   * {@return the series of a CSV file with many of them, by their names in a column, in the order
   * of their first rows}
   *
   * @param idColumn the column that says which series a row belongs to
   * @param timeColumn the column with the times
   * @param columns from the name wanted to the name in the file; no entry means all columns
   * @throws CsvException if there is no such table, saying in which line and column
   */
  public static Map<String, TimeSeries> readCsvById(
      Path file, String idColumn, String timeColumn, Map<String, String> columns) {
    return byId(CsvTable.read(file).divided(idColumn), table -> table.series(timeColumn, columns));
  }

  private static Map<String, TimeSeries> byId(
      Map<String, CsvTable> tables, Function<CsvTable, TimeSeries> reader) {
    Map<String, TimeSeries> series = new LinkedHashMap<>();
    tables.forEach((id, table) -> series.put(id, reader.apply(table)));
    return Collections.unmodifiableMap(series);
  }

  /** {@return the name of the time} */
  public String timeName() {
    return timeName;
  }

  /** {@return how many times there are} */
  public int size() {
    return times.length;
  }

  /** {@return the times} */
  public double[] times() {
    return times.clone();
  }

  /** {@return the names of the columns in their order} */
  public List<String> names() {
    return names;
  }

  /** {@return a column; NaN marks a missing value} */
  public double[] column(String name) {
    return columns.get(position(name)).clone();
  }

  /** Whether a name can stand in the first line of a CSV file. */
  static boolean isName(String name) {
    return !name.isEmpty() && name.chars().noneMatch(Character::isISOControl);
  }

  private int position(String name) {
    int position = names.indexOf(name);
    if (position < 0) {
      throw new IllegalArgumentException(
          "There is no column '%s'. Known: %s.%s"
              .formatted(
                  name,
                  String.join(" ", names),
                  Names.nearest(name, names).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    return position;
  }

  /** {@return the values, shape {@code (times, columns)}; NaN marks a missing one} */
  public Tensor values() {
    double[] values = new double[times.length * names.size()];
    for (int column = 0; column < names.size(); column++) {
      for (int i = 0; i < times.length; i++) {
        values[i * names.size() + column] = columns.get(column)[i];
      }
    }
    return Tensor.of(Shape.of(times.length, names.size()), values);
  }

  /** {@return how many values were not measured} */
  public int missing() {
    return (int) columns.stream().flatMapToDouble(Arrays::stream).filter(Double::isNaN).count();
  }

  /** {@return the columns of these names, in this order} */
  public TimeSeries select(List<String> wanted) {
    TimeSeries result = named(timeName, times);
    for (String name : wanted) {
      result = result.and(name, columns.get(position(name)));
    }
    return result;
  }

  /**
   * {@return some columns under other names, in the order they have here}
   *
   * @param columns from the new name to the present one
   */
  public TimeSeries select(Map<String, String> columns) {
    columns.values().stream().sorted().forEach(this::position);
    TimeSeries result = named(timeName, times);
    for (int column = 0; column < names.size(); column++) {
      String present = names.get(column);
      // A Map may come in any order: the series gives one, and names of one column are sorted.
      List<String> wanted =
          columns.keySet().stream().filter(n -> columns.get(n).equals(present)).sorted().toList();
      for (String name : wanted) {
        result = result.and(name, this.columns.get(column));
      }
    }
    return result;
  }

  /** {@return the rows {@code from .. to-1}} */
  public TimeSeries rows(int from, int to) {
    TimeSeries result = named(timeName, Arrays.copyOfRange(times, from, to));
    for (int column = 0; column < names.size(); column++) {
      result = result.and(names.get(column), Arrays.copyOfRange(columns.get(column), from, to));
    }
    return result;
  }

  /** {@return the rows of earlier times} */
  public TimeSeries before(double time) {
    return rows(0, (int) Arrays.stream(times).filter(t -> t < time).count());
  }

  /**
   * {@return this series without some of its rows}
   *
   * @param share how likely a row is left out, from 0 to 1
   * @param chance which ones are
   */
  public TimeSeries thinned(double share, RandomKey chance) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("A share lies between 0 and 1, got %s.".formatted(share));
    }
    return select(
        IntStream.range(0, times.length).filter(i -> chance.uniform(i) >= share).toArray());
  }

  /** {@return the rows of these numbers, which must increase} */
  public TimeSeries select(int[] rows) {
    TimeSeries result = named(timeName, IntStream.of(rows).mapToDouble(i -> times[i]).toArray());
    for (int column = 0; column < names.size(); column++) {
      double[] values = columns.get(column);
      double[] kept = IntStream.of(rows).mapToDouble(i -> values[i]).toArray();
      result = result.and(names.get(column), kept);
    }
    return result;
  }

  /**
   * {@return the same with other values, as roots in place of counts} Missing ones stay missing.
   */
  public TimeSeries map(DoubleUnaryOperator change) {
    TimeSeries result = named(timeName, times);
    for (int column = 0; column < names.size(); column++) {
      double[] values =
          Arrays.stream(columns.get(column))
              .map(x -> Double.isNaN(x) ? x : change.applyAsDouble(x))
              .toArray();
      result = result.and(names.get(column), values);
    }
    return result;
  }

  /** {@return this series as CSV: readable again to the same bits} */
  public String toCsv() {
    StringBuilder text = new StringBuilder(CsvLines.quoted(timeName));
    names.forEach(name -> text.append(',').append(CsvLines.quoted(name)));
    text.append('\n');
    for (int i = 0; i < times.length; i++) {
      text.append(times[i]);
      for (double[] column : columns) {
        text.append(',').append(Double.isNaN(column[i]) ? "" : Double.toString(column[i]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TimeSeries that
        && timeName.equals(that.timeName)
        && names.equals(that.names)
        && Arrays.equals(times, that.times)
        && IntStream.range(0, names.size())
            .allMatch(i -> Arrays.equals(columns.get(i), that.columns.get(i)));
  }

  @Override
  public int hashCode() {
    int hash = 31 * timeName.hashCode() + Arrays.hashCode(times);
    for (double[] column : columns) {
      hash = 31 * hash + Arrays.hashCode(column);
    }
    return hash;
  }

  /** {@return what there is, in one line} */
  @Override
  public String toString() {
    String span =
        times.length == 0
            ? "no times"
            : String.format(
                Locale.ROOT,
                "%s times, %s = %s .. %s",
                times.length,
                timeName,
                brief(times[0]),
                brief(times[times.length - 1]));
    String gaps = missing() == 0 ? "" : ", %s values missing".formatted(missing());
    return "TimeSeries %s: %s%s".formatted(String.join(" ", names), span, gaps);
  }

  private static String brief(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
