package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import odeum.model.Comparison;
import odeum.plot.Chart;
import odeum.plot.Tables;
import odeum.tensor.Tensor;
import tech.tablesaw.api.Table;

/** Charts of numbers that are no paths over time. */
final class SampleCharts {
  private static final int MOST = 6;

  private SampleCharts() {}

  static Chart histogram(String title, List<String> labels, List<?> things, List<String> names) {
    Samples samples = Samples.of(labels, things, names);
    Chart chart = Chart.of(title).yAxis("count");
    chart = samples.columns().size() == 1 ? chart.xAxis(samples.names().getFirst()) : chart;
    for (String name : samples.names().stream().limit(MOST).toList()) {
      chart = chart.histogram(name, samples.columns().get(name));
    }
    return chart;
  }

  static Chart density(String title, List<String> labels, List<?> things, List<String> names) {
    Map<String, double[]> columns = Samples.of(labels, things, names).columns();
    if (columns.size() != 2) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "A density needs two columns, got %d: %s",
              columns.size(),
              String.join(" ", columns.keySet())));
    }
    List<String> axes = new ArrayList<>(columns.keySet());
    return Chart.of(title)
        .xAxis(axes.get(0))
        .yAxis(axes.get(1))
        .density("density", columns.get(axes.get(0)), columns.get(axes.get(1)));
  }

  static Chart lines(String title, List<String> labels, List<?> things) {
    Map<String, double[]> columns = Samples.of(labels, things, List.of()).columns();
    Chart chart = Chart.of(title).xAxis("index");
    for (Map.Entry<String, double[]> column : columns.entrySet()) {
      double[] index = IntStream.range(0, column.getValue().length).asDoubleStream().toArray();
      chart = chart.line(column.getKey(), index, column.getValue());
    }
    return chart;
  }

  static Chart bars(String title, Table table, List<String> names) {
    List<String> labels = labels(table);
    List<String> columns =
        names.isEmpty() ? table.numericColumns().stream().map(c -> c.name()).toList() : names;
    Chart chart = Chart.of(title).xAxis(table.column(0).name());
    chart = columns.size() == 1 ? chart.yAxis(columns.getFirst()) : chart;
    for (String name : columns) {
      chart = chart.bars(name, labels, table.numberColumn(name).asDoubleArray());
    }
    return chart;
  }

  static Chart bars(String title, Comparison comparison, List<String> names) {
    List<String> columns = names.isEmpty() ? List.of("evaluations") : names;
    return bars(title, Tables.of(comparison), columns);
  }

  private static List<String> labels(Table table) {
    boolean set =
        table.columnNames().contains("setting") && repeats(table.stringColumn(0).asList());
    return IntStream.range(0, table.rowCount())
        .mapToObj(row -> table.getString(row, 0) + (set ? " " + table.getString(row, 1) : ""))
        .toList();
  }

  private static boolean repeats(List<String> names) {
    return names.stream().distinct().count() < names.size();
  }

  static Chart matrix(String title, double[][] values) {
    double[] rows = IntStream.range(0, values.length).asDoubleStream().toArray();
    int width = values.length == 0 ? 0 : values[0].length;
    double[] columns = IntStream.range(0, width).asDoubleStream().toArray();
    return Chart.of(title).xAxis("column").yAxis("row").heatMap("value", columns, rows, values);
  }

  /** {@return the pictures of a tensor of shape {@code (count, height, width)}} */
  static double[][][] pictures(Tensor tensor) {
    if (tensor.shape().rank() != 3) {
      throw new IllegalArgumentException(
          "Pictures are a tensor of shape (count, height, width), got " + tensor.shape() + ".");
    }
    int count = tensor.shape().extent(0);
    int high = tensor.shape().extent(1);
    int wide = tensor.shape().extent(2);
    double[][][] pictures = new double[count][high][wide];
    for (int i = 0; i < tensor.size(); i++) {
      pictures[i / (high * wide)][i / wide % high][i % wide] = tensor.at(i);
    }
    return pictures;
  }

  static double[][] rows(Tensor tensor) {
    int wide = tensor.shape().extent(1);
    double[][] rows = new double[tensor.shape().extent(0)][wide];
    for (int i = 0; i < tensor.size(); i++) {
      rows[i / wide][i % wide] = tensor.at(i);
    }
    return rows;
  }

  /** {@return what stands above pictures: texts, or numbers without a point zero} */
  static String[] texts(Object labels) {
    return switch (labels) {
      case String[] texts -> texts.clone();
      case int[] numbers ->
          IntStream.of(numbers).mapToObj(Integer::toString).toArray(String[]::new);
      case double[] numbers ->
          java.util.Arrays.stream(numbers).mapToObj(Text::brief).toArray(String[]::new);
      case List<?> list -> list.stream().map(String::valueOf).toArray(String[]::new);
      case Tensor tensor -> texts(tensor.toArray());
      case null, default ->
          throw new MagicException(
              "Labels are an array or a list of texts or numbers, not " + Things.describe(labels));
    };
  }
}
