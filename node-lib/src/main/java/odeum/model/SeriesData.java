package odeum.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import odeum.path.TimeSeries;
import odeum.train.Dataset;

/**
 * The series a model is trained on, if it was given some, and the unit it learns them in.
 *
 * @param series with only the columns that count
 * @param unit of the first series it was given; a trained model keeps it
 * @param window how many rows a sample has, or 0 for whole series
 * @param every how many rows lie between the starts of two windows
 */
record SeriesData(List<TimeSeries> series, Optional<Standard> unit, int window, int every) {
  static final SeriesData NONE = new SeriesData(List.of(), Optional.empty(), 0, 1);

  SeriesData {
    series = List.copyOf(series);
  }

  SeriesData withWindow(int rows, int apart) {
    if (rows < 2 || apart < 1) {
      throw new IllegalArgumentException(
          "A window needs two rows or more, and the next one starts a row or more later, got %s and %s."
              .formatted(rows, apart));
    }
    return new SeriesData(series, unit, rows, apart);
  }

  SeriesData with(List<TimeSeries> others, int columns) {
    if (others.isEmpty()) {
      throw new IllegalArgumentException("A fit needs a series or more, got none.");
    }
    List<String> names = names(others.getFirst(), columns);
    List<TimeSeries> used = others.stream().map(one -> one.select(names)).toList();
    return new SeriesData(used, unit.or(() -> Optional.of(Standard.of(used))), window, every);
  }

  private List<String> names(TimeSeries first, int columns) {
    List<String> names = unit.map(Standard::names).orElse(first.names());
    if (names.size() != columns) {
      throw new IllegalArgumentException(
          "The model is one of %s columns, the series has %s (%s). Take some of them: series.select(List.of(…))."
              .formatted(columns, names.size(), String.join(" ", names)));
    }
    return names;
  }

  /** {@return the unit of a series to compute with; its columns must be those of the training} */
  Standard unit(TimeSeries given, int columns) {
    List<String> names = names(given, columns);
    return unit.orElseGet(() -> Standard.none(names));
  }

  Dataset dataset() {
    if (series.isEmpty()) {
      throw new IllegalStateException(
          "This model brings no data: train it with run(series) or run(dataset).");
    }
    List<TimeSeries> samples =
        series.stream()
            .map(unit.orElseThrow()::in)
            .flatMap(
                one ->
                    window > 0 ? SeriesRows.windows(one, window, every).stream() : Stream.of(one))
            .filter(one -> one.missing() < one.size() * one.names().size())
            .toList();
    if (samples.isEmpty()) {
      throw new IllegalArgumentException(
          "There is no window of %s rows with a value in it: the longest series has %s rows."
              .formatted(window, series.stream().mapToInt(TimeSeries::size).max().orElse(0)));
    }
    return new SeriesRows(samples).dataset();
  }

  Map<String, String> facts() {
    return Map.of("window", window == 0 ? "whole series" : window + " rows, every " + every);
  }
}
