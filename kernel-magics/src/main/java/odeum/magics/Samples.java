package odeum.magics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import odeum.solver.Ensemble;
import odeum.tensor.Tensor;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;

/** Columns of numbers that are looked at for themselves, not over time. */
record Samples(Map<String, double[]> columns) {

  /** {@return the columns of a thing: an ensemble has its last values} */
  static Optional<Samples> of(String label, Object thing) {
    Map<String, double[]> columns = new LinkedHashMap<>();
    switch (thing) {
      case double[] values -> columns.put(label, values);
      case Tensor tensor when tensor.shape().rank() == 1 -> columns.put(label, tensor.toArray());
      case Tensor tensor when tensor.shape().rank() == 2 -> matrix(label, tensor, columns);
      case Ensemble ensemble ->
          ensemble.get(0).stateNames().forEach(name -> columns.put(name, ensemble.last(name)));
      case Table table -> {
        for (NumericColumn<?> column : table.numericColumns()) {
          columns.put(column.name(), column.asDoubleArray());
        }
      }
      case null, default ->
          Charts.trajectory(label, thing)
              .ifPresent(t -> t.known().forEach(name -> columns.put(name, t.values(name))));
    }
    return columns.isEmpty() ? Optional.empty() : Optional.of(new Samples(columns));
  }

  private static void matrix(String label, Tensor tensor, Map<String, double[]> columns) {
    int rows = tensor.shape().extent(0);
    int width = tensor.shape().extent(1);
    for (int column = 0; column < width; column++) {
      double[] values = new double[rows];
      for (int row = 0; row < rows; row++) {
        values[row] = tensor.at(row * width + column);
      }
      columns.put(label + "[" + column + "]", values);
    }
  }

  /** {@return the columns of several things, those named or all; labels tell equal names apart} */
  static Samples of(List<String> labels, List<?> things, List<String> names) {
    Map<String, double[]> all = new LinkedHashMap<>();
    for (int i = 0; i < things.size(); i++) {
      String label = labels.get(i);
      Object thing = things.get(i);
      Samples own =
          of(label, thing)
              .orElseThrow(
                  () ->
                      new MagicException(
                          String.format(
                              Locale.ROOT,
                              "'%s' is %s, which has no columns of numbers",
                              label,
                              Things.describe(thing))));
      own.columns.forEach(
          (name, values) -> {
            if (names.isEmpty() || names.contains(name)) {
              boolean lone = things.size() == 1 || name.startsWith(label);
              all.put(lone ? name : name + " (" + label + ")", values);
            }
          });
    }
    return new Samples(all);
  }

  List<String> names() {
    return new ArrayList<>(columns.keySet());
  }
}
