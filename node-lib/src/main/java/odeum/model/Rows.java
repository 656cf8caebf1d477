package odeum.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Cell;
import odeum.path.TimeSeries;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * The rows of a series while a model is traced; see {@link SeriesRows}.
 *
 * @param times shape {@code (rows)}
 * @param y values, shape {@code (rows, columns)}; zero where there is none
 * @param measured 1 where there is a value, in the shape of y
 * @param gaps time since the row before, shape {@code (rows)}
 */
record Rows(Tracer times, Tracer y, Optional<Tracer> measured, Tracer gaps) {
  static Rows of(Traced sample) {
    Tracer times = sample.get("times");
    Tracer y = sample.get("y");
    Optional<Tracer> measured = field(sample, "measured");
    if (y.shape().rank() != 2 || y.shape().extent(0) != times.shape().size()) {
      throw new IllegalArgumentException(
          "A series has values y of shape (rows, columns) at times of shape (rows), got %s and %s."
              .formatted(y.shape(), times.shape()));
    }
    Tracer known = measured.map(mask -> Tracer.where(mask, y, y.constant(0))).orElse(y);
    return new Rows(times, known, measured, field(sample, "gaps").orElseGet(() -> gaps(times)));
  }

  static Optional<Tracer> field(Traced sample, String name) {
    return sample.structure().find(name).isPresent()
        ? Optional.of(sample.get(name))
        : Optional.empty();
  }

  private static Tracer gaps(Tracer times) {
    int rows = times.shape().size();
    Tracer later = times.slice(0, 1, rows).minus(times.slice(0, 0, rows - 1));
    return later.pad(0, 1, 0);
  }

  int size() {
    return times.shape().size();
  }

  int columns() {
    return y.shape().extent(1);
  }

  /** {@return 1 where a row has a value, shape {@code (rows)}} */
  Optional<Tracer> seen() {
    return measured.map(mask -> mask.max(1));
  }

  /** {@return how many values there are from a row on} */
  Tracer count(int from) {
    return measured
        .map(mask -> mask.slice(0, from, size()).sum())
        .orElseGet(() -> y.constant((size() - from) * columns()));
  }

  /** {@return these numbers, one per value, and zero where there is no value} */
  Tracer ofValues(Tracer numbers) {
    return measured.map(mask -> Tracer.where(mask, numbers, numbers.constant(0))).orElse(numbers);
  }

  /** {@return what a cell of this many inputs is shown, shape {@code (rows, inputs)}} */
  Tracer inputs(int wanted) {
    List<Tracer> parts = new ArrayList<>(List.of(y));
    if (wanted >= 2 * columns()) {
      parts.add(measured.orElseGet(() -> y.constant(Tensor.full(y.shape(), 1))));
    }
    if (wanted == 2 * columns() + 1) {
      parts.add(gaps.reshape(Shape.of(size(), 1)));
    }
    return Tracer.concatenate(1, parts);
  }

  /** {@return for each row the mean of its measured values' numbers; NaN where there are none} */
  static double[] meansOfMeasured(TimeSeries series, Tensor numbers) {
    double[] sums = new double[series.size()];
    double[] counts = new double[series.size()];
    for (int column = 0; column < series.names().size(); column++) {
      double[] values = series.column(series.names().get(column));
      for (int row = 0; row < values.length; row++) {
        boolean measured = !Double.isNaN(values[row]);
        sums[row] += measured ? numbers.get(row, column) : 0;
        counts[row] += measured ? 1 : 0;
      }
    }
    for (int row = 0; row < sums.length; row++) {
      sums[row] = counts[row] == 0 ? Double.NaN : sums[row] / counts[row];
    }
    return sums;
  }

  static void requireInputs(Cell cell, int columns) {
    int inputs = cell.inputs();
    if (inputs != columns && inputs != 2 * columns && inputs != 2 * columns + 1) {
      throw new IllegalArgumentException(
          "A cell that reads %s columns has %s inputs (values), %s (and whether each was measured) or %s (and the time since the row before), got %s."
              .formatted(columns, columns, 2 * columns, 2 * columns + 1, inputs));
    }
  }
}
