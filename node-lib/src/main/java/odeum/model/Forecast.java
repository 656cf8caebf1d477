package odeum.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;

/**
 * What a model expects at some times, as many draws of it. Immutable.
 *
 * <pre>{@code
 * Forecast f = model.predict(series, times, 200, RandomKey.of(0));
 * double[] low = f.quantile(0.05, "y");                   // nine of ten observations lie
 * double[] high = f.quantile(0.95, "y");                  // between these
 * }</pre>
 */
public final class Forecast {
  private final String timeName;
  private final double[] times;
  private final List<String> names;

  /** For each draw the values, row by row. */
  private final double[][] draws;

  Forecast(String timeName, double[] times, List<String> names, double[][] draws) {
    this.timeName = timeName;
    this.times = times.clone();
    this.names = List.copyOf(names);
    this.draws = draws;
  }

  /** What is told ahead: some times, increasing, after what is known. */
  static void requireLater(TimeSeries seen, double... times) {
    if (times.length == 0 || seen.size() == 0) {
      throw new IllegalArgumentException(
          "A prediction needs a row or more to go on from and a time or more, got %s and %s."
              .formatted(seen.size(), times.length));
    }
    double last = seen.times()[seen.size() - 1];
    if (times[0] <= last) {
      throw new IllegalArgumentException(
          "What is known ends at %s, and %s does not lie after it. Take later times, or fewer rows."
              .formatted(last, times[0]));
    }
    TimeSeries.named(seen.timeName(), times);
  }

  /** {@return the times} */
  public double[] times() {
    return times.clone();
  }

  /** {@return the names of the columns} */
  public List<String> names() {
    return names;
  }

  /** {@return how many draws there are} */
  public int draws() {
    return draws.length;
  }

  /** {@return a column of one draw} */
  public double[] draw(int index, String name) {
    int column = column(name);
    double[] values = new double[times.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = draws[index][i * names.size() + column];
    }
    return values;
  }

  /** {@return the mean of a column's draws at each time} */
  public double[] mean(String name) {
    return each(name, values -> Arrays.stream(values).sum() / values.length);
  }

  /**
   * {@return a quantile of a column's draws at each time} Between two draws it is linear, as in
   * numpy.
   *
   * @param q from 0, the least draw, to 1, the greatest; 0.5 is the median
   */
  public double[] quantile(double q, String name) {
    if (!(q >= 0 && q <= 1)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "A quantile lies between 0 and 1, got %s.", q));
    }
    Percentile percentile = new Percentile().withEstimationType(Percentile.EstimationType.R_7);
    return each(
        name,
        values ->
            q == 0
                ? Arrays.stream(values).min().orElseThrow()
                : percentile.evaluate(values, 100 * q));
  }

  /** {@return the same with other values, as squares in place of roots that a model has learnt} */
  public Forecast map(DoubleUnaryOperator change) {
    double[][] changed =
        Arrays.stream(draws)
            .map(draw -> Arrays.stream(draw).map(change).toArray())
            .toArray(double[][]::new);
    return new Forecast(timeName, times, names, changed);
  }

  /**
   * {@return how far the means are from what came, the root of the mean square}
   *
   * @param observed a value for each time; NaN, which does not count, where there is none
   */
  public double error(String name, double... observed) {
    return Math.sqrt(squares(name, observed).average().orElse(Double.NaN));
  }

  /** The squares of what the means are off by, where there was a value. */
  DoubleStream squares(String name, double... observed) {
    requireOneForEachTime(observed);
    double[] mean = mean(name);
    return measured(observed).mapToDouble(i -> (mean[i] - observed[i]) * (mean[i] - observed[i]));
  }

  /**
   * {@return how many of the values that came are inside the interval in the middle of the draws}
   *
   * @param share of the draws that the interval holds at each time; 0.8 is from the quantile of 0.1
   *     to that of 0.9
   * @param observed a value for each time; NaN, which does not count, where there is none
   */
  public int inside(double share, String name, double... observed) {
    requireOneForEachTime(observed);
    double[] low = quantile((1 - share) / 2, name);
    double[] high = quantile((1 + share) / 2, name);
    return (int)
        measured(observed).filter(i -> low[i] <= observed[i] && observed[i] <= high[i]).count();
  }

  private static IntStream measured(double[] observed) {
    return IntStream.range(0, observed.length).filter(i -> !Double.isNaN(observed[i]));
  }

  private void requireOneForEachTime(double[] observed) {
    if (observed.length != times.length) {
      throw new IllegalArgumentException(
          "A forecast of %s times is compared with as many values, got %s. Missing ones are NaN."
              .formatted(times.length, observed.length));
    }
  }

  private double[] each(String name, ToDoubleFunction<double[]> summary) {
    int column = column(name);
    double[] result = new double[times.length];
    for (int i = 0; i < result.length; i++) {
      int at = i * names.size() + column;
      result[i] = summary.applyAsDouble(Arrays.stream(draws).mapToDouble(d -> d[at]).toArray());
    }
    return result;
  }

  private int column(String name) {
    int column = names.indexOf(name);
    if (column < 0) {
      throw new IllegalArgumentException(
          "There is no column '%s'. Known: %s.".formatted(name, String.join(" ", names)));
    }
    return column;
  }

  /** {@return the means as a series} */
  public TimeSeries series() {
    TimeSeries result = TimeSeries.named(timeName, times);
    for (String name : names) {
      result = result.and(name, mean(name));
    }
    return result;
  }

  @Override
  public String toString() {
    return "Forecast of %s at %s times, %s draws"
        .formatted(String.join(", ", names), times.length, draws.length);
  }
}
