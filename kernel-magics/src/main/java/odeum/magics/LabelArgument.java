package odeum.magics;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import odeum.equation.Ode;
import odeum.model.Classifier;
import odeum.model.NeuralOde;
import odeum.model.UniversalDifferentialEquation;
import odeum.path.Labelled;
import odeum.plot.Tables;
import odeum.tensor.Names;
import tech.tablesaw.api.Table;

/**
 * Samples of classes as the data of a training: {@code --label COLUMN}.
 *
 * @param data the samples
 * @param code the Java that makes them
 */
record LabelArgument(Labelled data, String code) {
  static final Option LABEL =
      Option.of("label", Option.Value.TEXT, "COLUMN", "a column of classes: each row is a sample");

  /** {@return whether classes are to be told apart} */
  static boolean isMeant(Invocation call, KernelPort kernel) {
    Optional<String> data = call.text("data");
    return call.has("label")
        || data.flatMap(kernel::variable).isPresent()
            && kernel.evaluate(data.get()) instanceof Labelled;
  }

  /** {@return the training of a classifier by this model} */
  static FitArgument fit(Invocation call, KernelPort kernel, Object model, FitWays ways) {
    refuse(
        call, "id", "makes each row a sample; no model reads a class for each series (--id) yet");
    refuse(call, "time", "makes each row a sample, which has no time");
    refuse(call, "window", "makes each row a sample, so there are no windows");
    if (ways.loss().isPresent()) {
      throw new MagicException(
          "--label makes the cross entropy small, so --loss can only be an Objective");
    }
    LabelArgument argument = of(call, kernel);
    Labelled data = argument.data;
    String name = call.arguments().getFirst();
    Classifier classifier =
        switch (model) {
          case Ode system -> Classifier.of(system, data);
          case NeuralOde node -> Classifier.of(node, data);
          case UniversalDifferentialEquation known -> Classifier.of(known, data);
          default ->
              throw new MagicException(
                  String.format(
                      Locale.ROOT,
                      "--label is for equations, a NeuralOde or a UniversalDifferentialEquation;"
                          + " '%s' is %s",
                      name,
                      Things.describe(model)));
        };
    String typed = SystemArgument.typed(name, kernel, model.getClass());
    return new FitArgument(
        ways.applied(classifier),
        String.format(Locale.ROOT, "Classifier.of(%s, %s)%s", typed, argument.code, ways.code()),
        Classifier.class.getName(),
        Optional.empty(),
        data.names().size() == 2 ? Optional.of(new RegionChart(name, data)) : Optional.empty(),
        "");
  }

  private static void refuse(Invocation call, String option, String why) {
    if (call.has(option)) {
      throw new MagicException("--label " + why);
    }
  }

  private static LabelArgument of(Invocation call, KernelPort kernel) {
    String text =
        call.text("data")
            .orElseThrow(() -> new MagicException("which data? Say -d file.csv or -d variable"));
    Map<String, String> columns = new TreeMap<>(new Values(call, kernel).pairs("columns"));
    String label = call.text("label").orElse("");
    if (Datasets.has(text) && kernel.variable(text).isEmpty()) {
      String code = String.format(Locale.ROOT, "Datasets.table(%s)", JavaCode.string(text));
      return table(text, Datasets.table(text), code, label, columns);
    }
    Object value = DataArgument.isFile(text) ? Path.of(text) : kernel.evaluate(text);
    String quoted = JavaCode.string(label);
    return switch (value) {
      case Labelled samples -> labelled(samples, text, label, columns);
      case Path path -> {
        String written =
            DataArgument.isFile(text) ? DataArgument.path(path) : JavaCode.receiver(text);
        String more = columns.isEmpty() ? "" : ", " + JavaCode.map(columns);
        yield new LabelArgument(
            Labelled.readCsv(DataArgument.existing(path, kernel), label, columns),
            String.format(Locale.ROOT, "Labelled.readCsv(%s, %s%s)", written, quoted, more));
      }
      case Table table -> table(text, table, text, label, columns);
      case null, default ->
          throw new MagicException(
              String.format(
                  Locale.ROOT,
                  "--label needs rows: a .csv file, a Table or a Labelled, but -d %s is %s",
                  text,
                  Things.describe(value)));
    };
  }

  private static LabelArgument table(
      String name, Table table, String code, String label, Map<String, String> columns) {
    requireColumn(name, label, table.columnNames());
    String made =
        String.format(Locale.ROOT, "Tables.labelled(%s, %s)", code, JavaCode.string(label));
    return selected(Tables.labelled(table, label), made, columns);
  }

  private static LabelArgument labelled(
      Labelled samples, String text, String label, Map<String, String> columns) {
    if (!label.isEmpty() && !label.equals(samples.labelName())) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "--label %s: the class of these data is '%s'",
              label,
              samples.labelName()));
    }
    return selected(samples, text, columns);
  }

  private static LabelArgument selected(
      Labelled samples, String code, Map<String, String> columns) {
    return columns.isEmpty()
        ? new LabelArgument(samples, code)
        : new LabelArgument(
            samples.select(columns),
            String.format(
                Locale.ROOT, "%s.select(%s)", JavaCode.receiver(code), JavaCode.map(columns)));
  }

  private static void requireColumn(String data, String name, List<String> names) {
    if (!names.contains(name)) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "-d %s has no column '%s'. Known: %s.%s",
              data,
              name,
              String.join(" ", names),
              Names.nearest(name, names).map(" Did you mean '%s'?"::formatted).orElse("")));
    }
  }
}
