package odeum.model;

import java.util.List;
import odeum.path.TimeSeries;

/** What a fit is, in a line: which states, and which data. */
final class FitText {
  private FitText() {}

  /**
   * {@return the line}
   *
   * @param window rows of a window, or 0
   */
  static String of(List<String> states, List<TimeSeries> series, int window) {
    int rows = series.stream().mapToInt(TimeSeries::size).sum();
    return "fit of %s to %s%s rows of %s%s"
        .formatted(
            String.join(", ", states),
            series.size() == 1 ? "" : series.size() + " series, ",
            rows,
            String.join(", ", series.getFirst().names()),
            window > 0 ? " in windows of " + window : "");
  }
}
