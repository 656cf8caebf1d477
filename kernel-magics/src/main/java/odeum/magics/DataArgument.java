package odeum.magics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import odeum.path.TimeSeries;
import odeum.plot.Tables;
import odeum.solver.Solution;
import odeum.tensor.Names;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/**
 * Data as an option of a magic: the series, and the Java expression that makes it or them.
 *
 * @param series one or several, with {@code --time}, {@code --id} and {@code --columns} applied
 * @param code the same as Java
 */
record DataArgument(List<TimeSeries> series, String code) {
  static final Option DATA =
      Option.of("data", Option.Value.TEXT, "DATA", "a .csv file, a name of %data, or a variable")
          .flag("d");
  static final Option TIME =
      Option.of("time", Option.Value.TEXT, "COLUMN", "the column of the times")
          .standard("the first");
  static final Option ID =
      Option.of("id", Option.Value.TEXT, "COLUMN", "the column that tells many series apart");
  static final Option COLUMNS =
      Option.of("columns", Option.Value.TEXT, "x=hare,y=lynx", "which column is which state");

  DataArgument {
    series = List.copyOf(series);
  }

  private DataArgument(TimeSeries one, String code) {
    this(List.of(one), code);
  }

  /** {@return the data of this call} */
  static DataArgument of(Invocation call, KernelPort kernel) {
    String text =
        call.text("data")
            .orElseThrow(() -> new MagicException("which data? Say -d file.csv or -d variable"));
    return of(call, text, kernel);
  }

  /** {@return the data of this name: a data set, a file or a Java expression} */
  static DataArgument of(Invocation call, String text, KernelPort kernel) {
    Map<String, String> columns = new TreeMap<>(new Values(call, kernel).pairs("columns"));
    if (Datasets.has(text) && kernel.variable(text).isEmpty()) {
      return bundled(call, text, columns);
    }
    Object value = isFile(text) ? Path.of(text) : kernel.evaluate(text);
    return switch (value) {
      case Path path ->
          csv(path, new Source(isFile(text) ? path(path) : text, call, columns), kernel);
      case String path -> {
        String code = String.format(Locale.ROOT, "Path.of(%s)", text);
        yield csv(Path.of(path), new Source(code, call, columns), kernel);
      }
      case Table table -> table(table, new Source(text, call, columns));
      case TimeSeries series -> chosen(call, new DataArgument(series, text), columns, true);
      case Solution solution -> chosen(call, solution(solution, text), columns, true);
      case List<?> list
          when !list.isEmpty() && list.stream().allMatch(TimeSeries.class::isInstance) ->
          chosen(
              call,
              new DataArgument(list.stream().map(TimeSeries.class::cast).toList(), text),
              columns,
              false);
      case null, default ->
          throw new MagicException(
              String.format(
                  Locale.ROOT,
                  "-d %s is %s, not data. Give a .csv file, a TimeSeries, a Solution or a Table",
                  text,
                  Things.describe(value)));
    };
  }

  private static DataArgument bundled(Invocation call, String name, Map<String, String> columns) {
    String quoted = JavaCode.string(name);
    return call.has("id")
        ? table(Datasets.table(name), new Source("Datasets.table(" + quoted + ")", call, columns))
        : chosen(
            call,
            new DataArgument(Datasets.series(name), "Datasets.series(" + quoted + ")"),
            columns,
            true);
  }

  /** Where data come from: the Java for it, and what the call says of its columns. */
  private record Source(String code, Invocation call, Map<String, String> columns) {
    Optional<String> time() {
      return call.text("time");
    }

    Optional<String> id() {
      return call.text("id");
    }
  }

  private static boolean isFile(String text) {
    return text.matches("(?i).*\\.(csv|tsv|txt)");
  }

  private static String path(Path path) {
    return String.format(
        Locale.ROOT, "Path.of(%s)", JavaCode.string(path.toString().replace('\\', '/')));
  }

  private static DataArgument csv(Path path, Source source, KernelPort kernel) {
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
    Map<String, String> columns = source.columns;
    String map = JavaCode.map(columns);
    String time = source.time().map(name -> ", " + JavaCode.string(name)).orElse("");
    if (source.id().isPresent()) {
      String id = source.id().get();
      Map<String, TimeSeries> all =
          source.time().isPresent()
              ? TimeSeries.readCsvById(file, id, source.time().get(), columns)
              : TimeSeries.readCsvById(file, id, columns);
      return new DataArgument(
          List.copyOf(all.values()),
          String.format(
              Locale.ROOT,
              "List.copyOf(TimeSeries.readCsvById(%s, %s%s, %s).values())",
              source.code,
              JavaCode.string(id),
              time,
              map));
    }
    if (source.time().isPresent()) {
      return new DataArgument(
          TimeSeries.readCsv(file, source.time().get(), columns),
          String.format(Locale.ROOT, "TimeSeries.readCsv(%s%s, %s)", source.code, time, map));
    }
    // Of columns that are not asked for nothing is read: remarks are no mistake.
    return columns.isEmpty()
        ? new DataArgument(
            TimeSeries.readCsv(file),
            String.format(Locale.ROOT, "TimeSeries.readCsv(%s)", source.code))
        : new DataArgument(
            TimeSeries.readCsv(file, columns),
            String.format(Locale.ROOT, "TimeSeries.readCsv(%s, %s)", source.code, map));
  }

  /** {@return which file of the folder may be meant, as an end of a message} */
  static String nearest(Path file) {
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
      Invocation call, DataArgument data, Map<String, String> columns, boolean one) {
    Optional<String> time = call.text("time");
    String name = data.series.getFirst().timeName();
    if (time.isPresent() && !time.get().equals(name)) {
      throw new MagicException(
          String.format(
              Locale.ROOT, "--time %s: the time of these data is '%s'", time.get(), name));
    }
    if (call.has("id")) {
      throw new MagicException(
          "--id tells the rows of a .csv file or a Table apart. Of several series give a list: -d"
              + " \"List.of(first, second)\"");
    }
    return columns.isEmpty() ? data : one ? data.select(columns) : data.selectEach(columns);
  }

  private DataArgument select(Map<String, String> columns) {
    return select(columns, ".select(%s)");
  }

  private DataArgument selectEach(Map<String, String> columns) {
    return select(columns, ".stream().map(series -> series.select(%s)).toList()");
  }

  private DataArgument select(Map<String, String> columns, String call) {
    return columns.isEmpty()
        ? this
        : new DataArgument(
            series.stream().map(one -> one.select(columns)).toList(),
            JavaCode.receiver(code) + String.format(Locale.ROOT, call, JavaCode.map(columns)));
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

  private static DataArgument table(Table table, Source source) {
    List<String> ids = source.id().stream().toList();
    List<String> names =
        table.numericColumns().stream()
            .map(NumericColumn::name)
            .filter(name -> !ids.contains(name))
            .toList();
    String time = source.time().orElse(names.isEmpty() ? "" : names.getFirst());
    requireColumn(source, time, names, "column of numbers");
    String quoted = JavaCode.string(time);
    if (source.id().isEmpty()) {
      String code = String.format(Locale.ROOT, "Tables.series(%s, %s)", source.code, quoted);
      return new DataArgument(Tables.series(table, time), code).select(source.columns);
    }
    String id = source.id().get();
    requireColumn(source, id, table.columnNames(), "column");
    String code =
        String.format(
            Locale.ROOT, "Tables.seriesBy(%s, %s, %s)", JavaCode.string(id), source.code, quoted);
    return new DataArgument(Tables.seriesBy(id, table, time), code).selectEach(source.columns);
  }

  private static void requireColumn(Source source, String name, List<String> names, String what) {
    if (!names.contains(name)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "-d %s has no %s '%s'. Known: %s.%s",
              source.code,
              what,
              name,
              String.join(" ", names),
              Names.nearest(name, names).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
  }
}
