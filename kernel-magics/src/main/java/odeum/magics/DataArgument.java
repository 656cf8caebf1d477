package odeum.magics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import odeum.path.TimeSeries;
import odeum.solver.Solution;
import odeum.tensor.Names;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * Data as an option of a magic: the series, and the Java expression that makes it.
 *
 * @param series the data, with {@code --time} and {@code --columns} applied
 * @param code the same as Java
 */
record DataArgument(TimeSeries series, String code) {
  static final Option DATA =
      Option.of("data", Option.Value.TEXT, "DATA", "a .csv file, TimeSeries, Solution or Table")
          .flag("d");
  static final Option TIME =
      Option.of("time", Option.Value.TEXT, "COLUMN", "the column of the times")
          .standard("the first");
  static final Option COLUMNS =
      Option.of("columns", Option.Value.TEXT, "x=hare,y=lynx", "which column is which state");

  /** {@return the data of this call} */
  static DataArgument of(Invocation call, KernelPort kernel) {
    String text =
        call.text("data")
            .orElseThrow(() -> new MagicException("which data? Say -d file.csv or -d variable"));
    Map<String, String> columns = new TreeMap<>(new Values(call, kernel).pairs("columns"));
    Object value = isFile(text) ? Path.of(text) : kernel.evaluate(text);
    return switch (value) {
      case Path path -> csv(path, isFile(text) ? path(path) : text, call, columns, kernel);
      case String path ->
          csv(
              Path.of(path),
              String.format(Locale.ROOT, "Path.of(%s)", text),
              call,
              columns,
              kernel);
      case TimeSeries series -> chosen(call, new DataArgument(series, text), columns);
      case Solution solution -> chosen(call, solution(solution, text), columns);
      case Table table -> table(table, text, call, columns);
      case null, default ->
          throw new MagicException(
              String.format(
                  Locale.ROOT,
                  "-d %s is %s, not data. Give a .csv file, a TimeSeries, a Solution or a Table",
                  text,
                  Things.describe(value)));
    };
  }

  private static boolean isFile(String text) {
    return text.matches("(?i).*\\.(csv|tsv|txt)");
  }

  private static String path(Path path) {
    return String.format(
        Locale.ROOT, "Path.of(%s)", JavaCode.string(path.toString().replace('\\', '/')));
  }

  private static DataArgument csv(
      Path path, String code, Invocation call, Map<String, String> columns, KernelPort kernel) {
    Path file = kernel.directory().resolve(path);
    if (!Files.exists(file)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "-d: there is no file %s in %s.%s",
              path,
              kernel.directory().toAbsolutePath().normalize(),
              nearest(file)));
    }
    if (call.has("time")) {
      String time = call.text("time").orElseThrow();
      return new DataArgument(
          TimeSeries.readCsv(file, time, columns),
          String.format(
              Locale.ROOT,
              "TimeSeries.readCsv(%s, %s, %s)",
              code,
              JavaCode.string(time),
              JavaCode.map(columns)));
    }
    // Of columns that are not asked for nothing is read: remarks are no mistake.
    return columns.isEmpty()
        ? new DataArgument(
            TimeSeries.readCsv(file), String.format(Locale.ROOT, "TimeSeries.readCsv(%s)", code))
        : new DataArgument(
            TimeSeries.readCsv(file, columns),
            String.format(Locale.ROOT, "TimeSeries.readCsv(%s, %s)", code, JavaCode.map(columns)));
  }

  private static String nearest(Path file) {
    Path directory = file.toAbsolutePath().getParent();
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(f -> f.getFileName().toString()).sorted().toList();
      Optional<String> near = Names.nearest(file.getFileName().toString(), names);
      return near.map(" Did you mean %s?"::formatted).orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private static DataArgument chosen(
      Invocation call, DataArgument data, Map<String, String> columns) {
    Optional<String> time = call.text("time");
    if (time.isPresent() && !time.get().equals(data.series.timeName())) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--time %s: the time of these data is '%s'",
              time.get(),
              data.series.timeName()));
    }
    return data.select(columns);
  }

  private DataArgument select(Map<String, String> columns) {
    return columns.isEmpty()
        ? this
        : new DataArgument(
            series.select(columns),
            JavaCode.receiver(code)
                + String.format(Locale.ROOT, ".select(%s)", JavaCode.map(columns)));
  }

  private static DataArgument solution(Solution solution, String expression) {
    String s = JavaCode.receiver(expression);
    TimeSeries series = TimeSeries.of(solution.times());
    StringBuilder code =
        new StringBuilder(String.format(Locale.ROOT, "TimeSeries.of(%s.times())", s));
    for (String name : solution.stateNames()) {
      series = series.and(name, solution.values(name));
      String quoted = JavaCode.string(name);
      code.append(String.format(Locale.ROOT, ".and(%s, %s.values(%s))", quoted, s, quoted));
    }
    return new DataArgument(series, code.toString());
  }

  private static DataArgument table(
      Table table, String expression, Invocation call, Map<String, String> columns) {
    List<String> names = table.numericColumns().stream().map(NumericColumn::name).toList();
    String time = call.text("time").orElse(names.isEmpty() ? "" : names.getFirst());
    if (!names.contains(time)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "-d %s has no column of numbers '%s'. Known: %s.%s",
              expression,
              time,
              String.join(" ", names),
              Names.nearest(time, names).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
    String t = JavaCode.receiver(expression);
    TimeSeries series = TimeSeries.named(time, table.numberColumn(time).asDoubleArray());
    StringBuilder code =
        new StringBuilder(
            String.format(Locale.ROOT, "TimeSeries.named(%s, ", JavaCode.string(time)));
    code.append(column(t, time)).append(')');
    List<String> others = new ArrayList<>(names);
    others.remove(time);
    for (String name : others) {
      series = series.and(name, table.numberColumn(name).asDoubleArray());
      code.append(
          String.format(Locale.ROOT, ".and(%s, %s)", JavaCode.string(name), column(t, name)));
    }
    return new DataArgument(series, code.toString()).select(columns);
  }

  private static String column(String table, String name) {
    return String.format(
        Locale.ROOT, "%s.numberColumn(%s).asDoubleArray()", table, JavaCode.string(name));
  }
}
