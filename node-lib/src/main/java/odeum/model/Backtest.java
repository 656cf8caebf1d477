package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;

/**
 * Forecasts from several times on, each made with what was known until then, beside what came
 * (Hyndman and Athanasopoulos 2021, Forecasting: Principles and Practice, section 5.10). Immutable.
 *
 * <pre>{@code
 * Backtest test = Backtest.of(series, series, 11, 1962, 1973)
 *     .with("climatology", (seen, years) -> Baseline.climatology(seen, years))
 *     .with("model", (seen, years) -> model.predict(seen, years, 500, RandomKey.of(0)));
 * System.out.println(test);
 * }</pre>
 */
public final class Backtest {
  private static final double SHARE = 0.8;

  private final TimeSeries known;
  private final TimeSeries observed;
  private final double length;
  private final double[] starts;
  private final Map<String, List<Forecast>> forecasts;

  private Backtest(
      TimeSeries known,
      TimeSeries observed,
      double length,
      double[] starts,
      Map<String, List<Forecast>> forecasts) {
    this.known = known;
    this.observed = observed;
    this.length = length;
    this.starts = starts;
    this.forecasts = forecasts;
  }

  /**
   * {@return a test of forecasts of the observed rows of these times on}
   *
   * @param known what forecasts are made from: of it, the rows before each start
   * @param observed what came
   * @param length how long each forecast is, in units of time
   * @param starts where each begins
   */
  public static Backtest of(
      TimeSeries known, TimeSeries observed, double length, double... starts) {
    Backtest test = new Backtest(known, observed, length, starts.clone(), Map.of());
    for (double start : starts) {
      Forecast.requireLater(known.before(start), test.ahead(start).times());
    }
    if (starts.length == 0) {
      throw new IllegalArgumentException("A test of forecasts needs a time or more to begin at.");
    }
    return test;
  }

  private TimeSeries ahead(double start) {
    TimeSeries until = observed.before(start + length);
    return until.rows(observed.before(start).size(), until.size());
  }

  /**
   * {@return this test with the forecasts of one more method}
   *
   * @param method from what was known, and the times asked for, to a forecast with the names and in
   *     the units of what was observed
   */
  public Backtest with(String name, BiFunction<TimeSeries, double[], Forecast> method) {
    List<Forecast> own = new ArrayList<>();
    for (double start : starts) {
      Forecast forecast = method.apply(known.before(start), ahead(start).times());
      observed.select(forecast.names());
      own.add(forecast);
    }
    Map<String, List<Forecast>> all = new LinkedHashMap<>(forecasts);
    all.put(name, List.copyOf(own));
    return new Backtest(known, observed, length, starts, all);
  }

  /** {@return a method's forecasts, one for each start} */
  public List<Forecast> forecasts(String name) {
    if (!forecasts.containsKey(name)) {
      throw new IllegalArgumentException(
          "There are no forecasts by '%s'. Known: %s."
              .formatted(name, String.join(", ", forecasts.keySet())));
    }
    return forecasts.get(name);
  }

  /** {@return how far a method's means are from what came, the root of the mean square} */
  public double error(String name, String column) {
    List<Forecast> own = forecasts(name);
    return Math.sqrt(
        IntStream.range(0, starts.length)
            .boxed()
            .flatMapToDouble(i -> own.get(i).squares(column, came(i, column)))
            .average()
            .orElse(Double.NaN));
  }

  private double[] came(int start, String column) {
    return ahead(starts[start]).column(column);
  }

  /** {@return how many of the values that came are inside a method's intervals of this share} */
  public int inside(String name, double share, String column) {
    List<Forecast> own = forecasts(name);
    return IntStream.range(0, starts.length)
        .map(i -> own.get(i).inside(share, column, came(i, column)))
        .sum();
  }

  /** {@return how many values came} */
  public int values(String column) {
    return (int)
        IntStream.range(0, starts.length)
            .mapToObj(i -> came(i, column))
            .flatMapToDouble(Arrays::stream)
            .filter(x -> !Double.isNaN(x))
            .count();
  }

  /** {@return a line for each method and column: its error, and how many values are inside 80 %} */
  @Override
  public String toString() {
    int width = forecasts.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (String column : observed.names()) {
      text.append(observed.names().size() > 1 ? column + "\n" : "");
      for (String name : forecasts.keySet()) {
        text.append(
            String.format(
                Locale.ROOT,
                "%-" + Math.max(1, width) + "s  error %.4g, %d of %d inside 80 %%\n",
                name,
                error(name, column),
                inside(name, SHARE, column),
                values(column)));
      }
    }
    return text.toString().stripTrailing();
  }
}
