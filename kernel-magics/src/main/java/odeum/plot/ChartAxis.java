package odeum.plot;

import java.util.List;
import java.util.Locale;

/** One axis of a {@link Chart}; {@code range} is empty or holds the two ends. */
record ChartAxis(String label, boolean log, List<Double> range) {
  static final ChartAxis PLAIN = new ChartAxis("", false, List.of());

  ChartAxis {
    if (log && !range.isEmpty() && range.getFirst() <= 0) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A logarithmic axis runs between positive numbers, got %s to %s.",
              range.getFirst(),
              range.getLast()));
    }
  }

  /** {@return the range as plotly wants it: exponents on a logarithmic axis} */
  List<Double> ends() {
    return log ? range.stream().map(StrictMath::log10).toList() : range;
  }

  ChartAxis named(String name) {
    return new ChartAxis(name, log, range);
  }

  ChartAxis logarithmic() {
    return new ChartAxis(label, true, range);
  }

  ChartAxis over(double low, double high) {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new IllegalArgumentException(
          "An axis runs from a lower to a higher number, got " + low + " to " + high + ".");
    }
    return new ChartAxis(label, log, List.of(low, high));
  }
}
