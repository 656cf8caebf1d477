package odeum.magics;

import java.util.List;
import java.util.Locale;
import odeum.display.DataTable;
import odeum.display.HtmlTable;
import odeum.path.TimeSeries;
import odeum.plot.MimeBundle;
import odeum.plot.TextTable;
import odeum.solver.Solution;
import tech.tablesaw.api.Table;

/** {@code %data}: which data there are, and the first and last rows of some. */
final class DataMagic implements Magic {
  private static final int MOST_NAMES = 8;
  private static final List<String> TYPES = List.of("Solution", "TimeSeries", "Table");

  @Override
  public Usage usage() {
    return new Usage(
        "data",
        false,
        "[DATA]",
        0,
        1,
        "Lists data sets, or shows one: a name of the list, a .csv file or a variable.",
        List.of(
            DataArgument.TIME,
            DataArgument.COLUMNS,
            Option.toggle("table", "-o gets a tablesaw Table, not a TimeSeries")),
        List.of("%data", "%data sunspots -o sunspots"));
  }

  @Override
  public String resultType(Invocation call) {
    boolean table =
        call.has("table")
            || call.arguments().stream()
                .anyMatch(name -> Datasets.has(name) && !Datasets.entry(name).timed());
    return call.arguments().isEmpty()
        ? "java.util.List<String>"
        : (table ? Table.class : TimeSeries.class).getName();
  }

  @Override
  public Object run(Invocation call, KernelPort kernel) {
    return call.arguments().isEmpty() ? list(call, kernel) : show(call, kernel);
  }

  private static List<String> list(Invocation call, KernelPort kernel) {
    TextTable table = TextTable.of("data", "holds");
    for (Datasets.Entry entry : Datasets.entries()) {
      table = table.row(entry.name(), entry.summary());
    }
    for (KernelPort.Variable variable : kernel.variables()) {
      String type = variable.type().replaceFirst("<.*", "").replaceFirst(".*\\.", "");
      if (TYPES.contains(type)) {
        table = table.row(variable.name(), "a variable: " + text(kernel.evaluate(variable.name())));
      }
    }
    kernel.display(HtmlTable.bundle("", table));
    if (call.has("code")) {
      kernel.display(MimeBundle.of("Datasets.names()"));
    }
    call.output()
        .ifPresent(name -> kernel.declare(name, "java.util.List<String>", Datasets.names()));
    return Datasets.names();
  }

  private static String text(Object value) {
    return switch (value) {
      case Table table ->
          "Table of %s rows, %s".formatted(table.rowCount(), brief(table.columnNames()));
      case Solution solution -> "Solution of " + brief(solution.names());
      case null -> "null";
      default -> value.toString();
    };
  }

  private static String brief(List<String> names) {
    return names.size() <= MOST_NAMES
        ? String.join(" ", names)
        : String.join(" ", names.subList(0, MOST_NAMES - 2)) + " … " + names.getLast();
  }

  private Object show(Invocation call, KernelPort kernel) {
    String name = call.arguments().getFirst();
    boolean bundled = Datasets.has(name) && kernel.variable(name).isEmpty();
    Object value;
    String code;
    if (bundled && !Datasets.entry(name).timed()) {
      refuse(call);
      value = Datasets.table(name);
      code = "Datasets.table(" + JavaCode.string(name) + ")";
    } else {
      DataArgument data = read(call, name, kernel);
      value =
          call.has("table")
              ? odeum.plot.Tables.of(data.series().getFirst())
              : data.series().getFirst();
      code = call.has("table") ? "Tables.of(" + data.code() + ")" : data.code();
    }
    if (call.shows()) {
      MimeBundle table = table(value);
      String source = bundled ? describe(Datasets.entry(name)) : "";
      kernel.display(HtmlTable.below(table, source));
    }
    if (call.has("code")) {
      String variable = call.output().orElse("data");
      String type = value instanceof Table ? Table.class.getName() : "TimeSeries";
      kernel.display(
          MimeBundle.of(String.format(Locale.ROOT, "%s %s = %s;", type, variable, code)));
    }
    call.output().ifPresent(variable -> kernel.declare(variable, resultType(call), value));
    return value;
  }

  /** Here the data are no option. */
  private static DataArgument read(Invocation call, String name, KernelPort kernel) {
    try {
      return DataArgument.of(call, name, kernel);
    } catch (MagicException e) {
      throw new MagicException(e.getMessage().replaceFirst("^-d:? ", ""));
    }
  }

  private static MimeBundle table(Object value) {
    return value instanceof Table table ? DataTable.of(table) : DataTable.of((TimeSeries) value);
  }

  private static String describe(Datasets.Entry entry) {
    return entry.summary() + "\n(" + entry.source() + ")";
  }

  private static void refuse(Invocation call) {
    for (String option : List.of("time", "columns")) {
      if (call.has(option)) {
        throw new MagicException("--%s applies to series, not to a table".formatted(option));
      }
    }
  }
}
