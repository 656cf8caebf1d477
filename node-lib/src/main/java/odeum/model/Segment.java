package odeum.model;

import java.util.ArrayList;
import java.util.List;
import odeum.path.TimeSeries;

/**
 * Rows of a series that make a sample.
 *
 * @param rows the rows; the solve starts at the first
 * @param counted the first row that counts in the loss
 */
record Segment(TimeSeries rows, int counted) {
  static Segment whole(TimeSeries series) {
    return new Segment(series, 0);
  }

  /**
   * {@return every run of so many rows that starts where these states are all measured}
   *
   * @param first the first row of the series that counts; runs without one are left out
   */
  static List<Segment> windows(TimeSeries series, int length, List<String> states, int first) {
    List<double[]> columns =
        states.stream().filter(series.names()::contains).map(series::column).toList();
    List<Segment> windows = new ArrayList<>();
    for (int from = 0; from + length <= series.size(); from++) {
      int start = from;
      boolean measured = columns.stream().noneMatch(column -> Double.isNaN(column[start]));
      if (measured && from + length > first) {
        windows.add(new Segment(series.rows(from, from + length), Math.max(0, first - from)));
      }
    }
    return windows;
  }

  boolean hasValues() {
    return rows.rows(counted, rows.size()).missing()
        < (rows.size() - counted) * rows.names().size();
  }

  int size() {
    return rows.size();
  }
}
