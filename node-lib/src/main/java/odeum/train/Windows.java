package odeum.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.path.TimeSeries;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** Runs of consecutive rows of a series. */
final class Windows {
  private final double[] times;
  private final double[] values;
  private final int columns;
  private final int length;
  private final List<Integer> starts = new ArrayList<>();

  Windows(TimeSeries series, int length) {
    if (series.names().isEmpty()) {
      throw new IllegalArgumentException("The series has no columns, only times.");
    }
    if (length < 2 || length > series.size()) {
      throw new IllegalArgumentException(
          "A window has at least 2 rows and at most those of the series (%s), got %s."
              .formatted(series.size(), length));
    }
    this.times = series.times();
    this.values = series.values().toArray();
    this.columns = series.names().size();
    this.length = length;
    for (int start = 0; start + length <= times.length; start++) {
      if (isComplete(start)) {
        starts.add(start);
      }
    }
    if (starts.isEmpty()) {
      throw new IllegalArgumentException(
          "Every window of %s rows has a missing value. Take shorter windows.".formatted(length));
    }
  }

  private boolean isComplete(int start) {
    for (int i = start * columns; i < (start + length) * columns; i++) {
      if (Double.isNaN(values[i])) {
        return false;
      }
    }
    return true;
  }

  Dataset dataset(boolean fromZero) {
    int count = starts.size();
    double[] y0 = new double[count * columns];
    double[] y = new double[count * length * columns];
    for (int i = 0; i < count; i++) {
      int from = starts.get(i) * columns;
      System.arraycopy(values, from, y0, i * columns, columns);
      System.arraycopy(values, from, y, i * length * columns, length * columns);
    }
    return Dataset.samples("y0", Tensor.of(Shape.of(count, columns), y0))
        .and("times", Tensor.of(Shape.of(count, length), fromZero ? relative() : absolute()))
        .and("y", Tensor.of(Shape.of(count, length, columns), y));
  }

  private double[] absolute() {
    double[] all = new double[starts.size() * length];
    for (int i = 0; i < starts.size(); i++) {
      System.arraycopy(times, starts.get(i), all, i * length, length);
    }
    return all;
  }

  private double[] relative() {
    double[] all = absolute();
    for (int i = 0; i < starts.size(); i++) {
      double start = all[i * length];
      for (int j = 0; j < length; j++) {
        all[i * length + j] -= start;
      }
    }
    // Of evenly spaced times only rounding tells the windows apart.
    double[] first = Arrays.copyOf(all, length);
    double rounding = 1e-9 * first[length - 1];
    for (int i = 0; i < all.length; i++) {
      if (Math.abs(all[i] - first[i % length]) > rounding) {
        return all;
      }
    }
    for (int i = 0; i < starts.size(); i++) {
      System.arraycopy(first, 0, all, i * length, length);
    }
    return all;
  }
}
