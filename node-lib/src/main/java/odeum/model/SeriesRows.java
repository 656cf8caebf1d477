package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;

/**
 * Series as samples of a model that reads them row by row. The fields of a sample:
 *
 * <pre>
 *   times     (rows)           from 0, increasing
 *   y         (rows, columns)  0 where there is no value
 *   measured  (rows, columns)  1 where there is one; only if some are missing
 *   gaps      (rows)           time since the row before; only if samples differ in length
 * </pre>
 *
 * <p>A shorter sample is filled up before its last row, as in {@link Samples}: such rows have no
 * values and no gap, and their times lie inside the last interval.
 */
final class SeriesRows {
  // Beyond this share of a sample's span, differences of times are more than rounding.
  private static final double ROUNDING = 1e-9;

  private final List<TimeSeries> samples;
  private final List<String> columns;
  private final int rows;
  private final List<double[]> times = new ArrayList<>();
  private final List<double[]> gaps = new ArrayList<>();

  SeriesRows(List<TimeSeries> samples) {
    this.samples = List.copyOf(samples);
    this.columns = samples.getFirst().names();
    this.rows = samples.stream().mapToInt(TimeSeries::size).max().orElseThrow();
    for (TimeSeries sample : samples) {
      if (sample.size() < 2) {
        throw new IllegalArgumentException(
            "A series needs rows at two times or more, got %s.".formatted(sample.size()));
      }
      add(sample.times());
    }
    shareTimes();
  }

  /** {@return every run of so many rows of a series, each so many rows after the one before} */
  static List<TimeSeries> windows(TimeSeries series, int length, int every) {
    return IntStream.iterate(0, from -> from + length <= series.size(), from -> from + every)
        .mapToObj(from -> series.rows(from, from + length))
        .toList();
  }

  private int fillers(int size) {
    return rows - size;
  }

  /** The row of a sample that stands for a row of its series: fillers come before the last. */
  private int row(int size, int row) {
    return row == size - 1 ? rows - 1 : row;
  }

  private void add(double[] known) {
    int size = known.length;
    double[] time = new double[rows];
    double[] gap = new double[rows];
    for (int i = 0; i < size; i++) {
      time[row(size, i)] = known[i] - known[0];
      gap[row(size, i)] = i == 0 ? 0 : known[i] - known[i - 1];
    }
    for (int i = 0; i < fillers(size); i++) {
      double share = (i + 1.0) / (fillers(size) + 1);
      time[size - 1 + i] = known[size - 2] - known[0] + gap[rows - 1] * share;
    }
    times.add(time);
    gaps.add(gap);
  }

  /** Samples whose times differ by rounding only get the same, and are solved together. */
  private void shareTimes() {
    double[] first = times.getFirst();
    double rounding = ROUNDING * first[rows - 1];
    boolean same =
        times.stream()
            .allMatch(
                one ->
                    IntStream.range(0, rows)
                        .allMatch(i -> Math.abs(one[i] - first[i]) <= rounding));
    if (same) {
      times.replaceAll(_ -> first);
    }
  }

  Dataset dataset() {
    int width = columns.size();
    List<double[]> values = new ArrayList<>();
    List<double[]> measured = new ArrayList<>();
    for (TimeSeries sample : samples) {
      double[] y = new double[rows * width];
      double[] mask = new double[rows * width];
      for (int column = 0; column < width; column++) {
        double[] known = sample.column(columns.get(column));
        for (int i = 0; i < known.length; i++) {
          int at = row(known.length, i) * width + column;
          mask[at] = Double.isNaN(known[i]) ? 0 : 1;
          y[at] = Double.isNaN(known[i]) ? 0 : known[i];
        }
      }
      values.add(y);
      measured.add(mask);
    }
    Dataset data =
        Dataset.samples("times", stacked(times, Shape.of(rows)))
            .and("y", stacked(values, Shape.of(rows, width)));
    if (measured.stream().flatMapToDouble(Arrays::stream).anyMatch(mask -> mask == 0)) {
      data = data.and("measured", stacked(measured, Shape.of(rows, width)));
    }
    boolean filled = samples.stream().anyMatch(sample -> sample.size() < rows);
    return filled ? data.and("gaps", stacked(gaps, Shape.of(rows))) : data;
  }

  private static Tensor stacked(List<double[]> samples, Shape shape) {
    double[] all = new double[samples.size() * shape.size()];
    for (int i = 0; i < samples.size(); i++) {
      System.arraycopy(samples.get(i), 0, all, i * shape.size(), shape.size());
    }
    return Tensor.of(shape.prepend(samples.size()), all);
  }
}
