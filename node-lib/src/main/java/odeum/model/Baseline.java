package odeum.model;

import java.util.Arrays;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import odeum.tensor.Tensor;
import org.apache.commons.math3.analysis.interpolation.LinearInterpolator;
import org.apache.commons.math3.analysis.polynomials.PolynomialSplineFunction;
import org.apache.commons.math3.stat.regression.OLSMultipleLinearRegression;

/**
 * Forecasts that cost nothing, with intervals; a model is worth what it adds to them (Hyndman and
 * Athanasopoulos 2021, Forecasting: Principles and Practice, section 5.2). Rows with a missing
 * value are left out.
 *
 * <pre>{@code
 * Forecast naive = Baseline.cycleBefore(seen, years, 11);
 * Forecast told = model.predict(seen, years, 500, RandomKey.of(0));
 * double gain = naive.error("spots", observed) - told.error("spots", observed);
 * }</pre>
 */
public final class Baseline {
  private Baseline() {}

  /** {@return what was ever seen, each row a draw for every time} */
  public static Forecast climatology(TimeSeries seen, double... times) {
    Forecast.requireLater(seen, times);
    Tensor y = complete(seen).values();
    int columns = seen.names().size();
    double[][] draws = new double[y.shape().extent(0)][times.length * columns];
    for (int draw = 0; draw < draws.length; draw++) {
      for (int at = 0; at < draws[draw].length; at++) {
        draws[draw][at] = y.get(draw, at % columns);
      }
    }
    return new Forecast(seen.timeName(), times, seen.names(), draws);
  }

  /**
   * {@return what was seen a cycle before, or as many cycles as it takes, with the errors that the
   * same guess made at the rows that were seen} Between two rows it is straight.
   *
   * @param times increasing, the first after the last row of what was seen
   * @param period how long a cycle is
   */
  public static Forecast cycleBefore(TimeSeries seen, double[] times, double period) {
    Forecast.requireLater(seen, times);
    TimeSeries known = complete(seen);
    double[] at = known.times();
    double[] back = back(at, times, period);
    double longest = Arrays.stream(back).max().orElse(0);
    int[] rows = IntStream.range(0, at.length).filter(i -> at[i] - longest >= at[0]).toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "What was seen, from %s to %s, holds no %s to look back: take a longer series or a shorter cycle."
              .formatted(at[0], at[at.length - 1], longest));
    }
    int columns = seen.names().size();
    double[][] draws = new double[rows.length][times.length * columns];
    for (int j = 0; j < columns; j++) {
      double[] y = known.column(seen.names().get(j));
      PolynomialSplineFunction value = new LinearInterpolator().interpolate(at, y);
      for (int i = 0; i < times.length; i++) {
        double guess = value.value(times[i] - back[i]);
        for (int draw = 0; draw < rows.length; draw++) {
          double error = y[rows[draw]] - value.value(at[rows[draw]] - back[i]);
          draws[draw][i * columns + j] = guess + error;
        }
      }
    }
    return new Forecast(seen.timeName(), times, seen.names(), draws);
  }

  /** {@return the row before, at each row; NaN at the first} */
  public static TimeSeries previous(TimeSeries series) {
    TimeSeries result = TimeSeries.named(series.timeName(), series.times());
    for (String name : series.names()) {
      double[] values = series.column(name);
      double[] before = new double[values.length];
      Arrays.setAll(before, i -> i == 0 ? Double.NaN : values[i - 1]);
      result = result.and(name, before);
    }
    return result;
  }

  /**
   * {@return what an autoregression expects at each row: a constant and a weighted sum of the
   * column's rows before it, by least squares; NaN where one of them is missing}
   *
   * @param known what it is fitted to, column by column
   * @param series what it is asked about
   * @param lags how many rows before
   */
  public static TimeSeries autoregression(TimeSeries known, TimeSeries series, int... lags) {
    if (lags.length == 0 || IntStream.of(lags).anyMatch(lag -> lag < 1)) {
      throw new IllegalArgumentException(
          "An autoregression looks one row or more back, got lags %s."
              .formatted(Arrays.toString(lags)));
    }
    TimeSeries result = TimeSeries.named(series.timeName(), series.times());
    for (String name : series.names()) {
      double[] weights = weights(known.column(name), lags);
      double[] values = series.column(name);
      double[] expected =
          IntStream.range(0, values.length)
              .mapToDouble(i -> weights[0] + product(weights, before(values, lags, i)))
              .toArray();
      result = result.and(name, expected);
    }
    return result;
  }

  private static double[] before(double[] values, int[] lags, int row) {
    return IntStream.of(lags)
        .mapToDouble(lag -> row < lag ? Double.NaN : values[row - lag])
        .toArray();
  }

  private static double product(double[] weights, double[] values) {
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      sum += weights[i + 1] * values[i];
    }
    return sum;
  }

  private static double[] weights(double[] values, int[] lags) {
    int[] rows =
        IntStream.range(0, values.length)
            .filter(i -> Double.isFinite(values[i] + Arrays.stream(before(values, lags, i)).sum()))
            .toArray();
    if (rows.length <= lags.length + 1) {
      throw new IllegalArgumentException(
          "An autoregression of %s lags needs more than %s rows that have all of them, got %s."
              .formatted(lags.length, lags.length + 1, rows.length));
    }
    OLSMultipleLinearRegression regression = new OLSMultipleLinearRegression();
    regression.newSampleData(
        IntStream.of(rows).mapToDouble(i -> values[i]).toArray(),
        IntStream.of(rows).mapToObj(i -> before(values, lags, i)).toArray(double[][]::new));
    return regression.estimateRegressionParameters();
  }

  /** For each time so many whole cycles that what lies so far before it was seen. */
  private static double[] back(double[] at, double[] times, double period) {
    if (!(period > 0 && Double.isFinite(period))) {
      throw new IllegalArgumentException(
          "A cycle has a positive length, got %s.".formatted(period));
    }
    double last = at[at.length - 1];
    return Arrays.stream(times)
        .map(t -> period * Math.max(1, Math.ceil((t - last) / period)))
        .toArray();
  }

  private static TimeSeries complete(TimeSeries seen) {
    Tensor y = seen.values();
    int columns = seen.names().size();
    int[] rows =
        IntStream.range(0, seen.size())
            .filter(i -> IntStream.range(0, columns).noneMatch(j -> Double.isNaN(y.get(i, j))))
            .toArray();
    if (rows.length < 2) {
      throw new IllegalArgumentException(
          "A baseline needs two rows or more without a missing value, got %s. Take fewer columns: series.select(List.of(…))."
              .formatted(rows.length));
    }
    return seen.select(rows);
  }
}
