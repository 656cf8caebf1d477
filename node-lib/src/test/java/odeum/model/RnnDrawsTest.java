package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import odeum.nn.Activation;
import odeum.nn.Cell;
import odeum.nn.GruCell;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.nn.RnnCell;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class RnnDrawsTest {
  private static final RandomKey KEY = RandomKey.of(5);
  private static final Integrator FINE = Integrator.fixed(Solvers.rk4(), 0.1);

  /** The state is the last value, decays by {@code dh/dt = -rate h}, and is what is expected. */
  private static OdeRnn decaying(double rate) {
    Cell cell = RnnCell.of(1, 1).withActivation(Activation.IDENTITY);
    OdeRnn model = OdeRnn.of(1, cell, Linear.of(1, 1).withoutBias()).withIntegrator(FINE);
    Parameters zero = model.start(KEY);
    return model.with(
        Parameters.of(zero.structure(), Tensor.zeros(Shape.of(zero.size())))
            .with("cell.weight_ih", one(1))
            .with("drift.weight", one(-rate))
            .with("output.weight", one(1)));
  }

  /** It expects the same always, whatever it sees. */
  private static OdeRnn stubborn(double expected) {
    return decaying(0)
        .with(
            decaying(0)
                .parameters()
                .with("output.weight", one(0))
                .with("output.bias", Tensor.vector(expected)));
  }

  private static Tensor one(double value) {
    return Tensor.of(Shape.of(1, 1), value);
  }

  /** {@code x(n) = f x(n-1) + e(n)}, e uniform in (-1, 1). */
  private static double[] process(double f, double start, RandomKey key, int rows) {
    double[] x = new double[rows];
    for (int i = 0; i < rows; i++) {
      x[i] = f * (i == 0 ? start : x[i - 1]) + 2 * key.uniform(i) - 1;
    }
    return x;
  }

  private static TimeSeries yearly(double... y) {
    return TimeSeries.of(IntStream.range(0, y.length).asDoubleStream().toArray()).and("y", y);
  }

  @Test
  void ofWhatIgnoresItsInputTheQuantilesAreThoseOfTheErrors() {
    double[] y = process(0, 0, KEY, 41);
    Forecast f = stubborn(7).predict(yearly(y), new double[] {41, 42}, 40_000, KEY);
    double[] errors = Arrays.copyOfRange(y, 1, 41);
    TreeMap<Double, Integer> counts = new TreeMap<>();
    for (double drawn : f.draw(1, "y")) {
      assertTrue(Arrays.stream(errors).anyMatch(e -> Math.abs(e - drawn) < 1e-12));
    }
    for (int draw = 0; draw < f.draws(); draw++) {
      counts.merge(Math.rint(f.draw(draw, "y")[0] * 1e9), 1, Integer::sum);
    }
    assertEquals(40, counts.size());
    // Each of the 40 is drawn 1000 times, with a standard deviation of 31.
    counts.values().forEach(count -> assertEquals(1000, count, 5 * 31));
    Arrays.sort(errors);
    for (double q : new double[] {0.1, 0.5, 0.9}) {
      double told = f.quantile(q, "y")[1];
      int rank = (int) (q * 39);
      assertTrue(errors[rank - 1] - 1e-12 <= told && told <= errors[rank + 2] + 1e-12, "" + q);
    }
  }

  /**
   * The mean and the variance of an autoregression's bootstrap are known: with errors e drawn each
   * time, {@code x f^k + mean(e) (1 - f^k) / (1 - f)} and {@code var(e) (1 - f^2k) / (1 - f^2)}.
   */
  @Test
  void anAutoregressionHasTheMeanAndTheVarianceOfItsBootstrap() {
    double f = StrictMath.exp(-0.5);
    double[] y = process(f, 0, KEY, 120);
    int draws = 20_000;
    double[] times = IntStream.range(120, 126).asDoubleStream().toArray();
    Forecast told = decaying(0.5).predict(yearly(y), times, draws, KEY);
    double[] errors = IntStream.range(1, 120).mapToDouble(i -> y[i] - f * y[i - 1]).toArray();
    double mean = Arrays.stream(errors).average().orElseThrow();
    double variance = Arrays.stream(errors).map(e -> (e - mean) * (e - mean)).average().orElse(0);
    double power = 1;
    for (int k = 0; k < times.length; k++) {
      power *= f;
      double expected = power * y[119] + mean * (1 - power) / (1 - f);
      double spread = variance * (1 - power * power) / (1 - f * f);
      double found = told.mean("y")[k];
      int at = k;
      double square =
          IntStream.range(0, draws)
              .mapToDouble(d -> told.draw(d, "y")[at] - found)
              .map(d -> d * d)
              .average()
              .orElseThrow();
      assertEquals(expected, found, 5 * Math.sqrt(spread / draws), "mean " + k);
      assertEquals(spread, square, 5 * spread * Math.sqrt(2.0 / draws), "variance " + k);
    }
  }

  @Test
  void intervalsHoldAsManyFuturesAsTheySay() {
    double f = StrictMath.exp(-0.5);
    double[] y = process(f, 0, KEY, 600);
    double[] times = IntStream.range(600, 606).asDoubleStream().toArray();
    Forecast told = decaying(0.5).predict(yearly(y), times, 2000, KEY);
    double[] low = told.quantile(0.1, "y");
    double[] high = told.quantile(0.9, "y");
    int[] inside = new int[times.length];
    for (int future = 0; future < 2000; future++) {
      double[] x = process(f, y[599], RandomKey.of(1000 + future), times.length);
      for (int k = 0; k < x.length; k++) {
        inside[k] += low[k] <= x[k] && x[k] <= high[k] ? 1 : 0;
      }
    }
    // Two quantiles of 600 errors put the share off by 0.02, 2000 draws and 2000 futures by 0.02.
    for (int k = 0; k < inside.length; k++) {
      assertEquals(0.8, inside[k] / 2000.0, 0.08, "after " + (k + 1));
    }
  }

  /** After an hour values are off by 1, after three by 10: also where rows between have none. */
  @Test
  void errorsAreThoseAfterALikeGap() {
    double[] times = new double[160];
    double[] y = new double[160];
    double t = 0;
    for (int i = 0; i < 160; i++) {
      // Rows of a group of four: after one, after three, after one without a value, after two.
      t += i % 4 == 1 ? 3 : i % 4 == 3 ? 2 : 1;
      times[i] = t;
      double off = i % 4 == 0 ? 1 : 10;
      y[i] = i % 4 == 2 ? Double.NaN : i % 8 < 4 ? 5 + off : 5 - off;
    }
    TimeSeries seen = TimeSeries.of(times).and("y", y);
    OdeRnn model = stubborn(5);
    double[] ahead = {t + 1, t + 4, t + 4.9};
    Forecast f = model.predict(seen, ahead, 50, KEY);
    // Known up to the row without a value, the first gap is three though the row is but two away.
    TimeSeries open = seen.rows(0, 159);
    Forecast after = model.predict(open, new double[] {open.times()[158] + 2}, 50, KEY);
    for (int draw = 0; draw < 50; draw++) {
      double[] off = Arrays.stream(f.draw(draw, "y")).map(v -> Math.abs(v - 5)).toArray();
      assertArrayEquals(new double[] {1, 10, 1}, off, 1e-12);
      assertEquals(10, Math.abs(after.draw(draw, "y")[0] - 5), 1e-12);
    }
  }

  /** Two columns with gaps, read by a network as it comes. */
  private static TimeSeries two(int rows) {
    double[] a = new double[rows];
    double[] b = new double[rows];
    double[] times = new double[rows];
    for (int i = 0; i < rows; i++) {
      times[i] = i + 0.5 * KEY.uniform(i);
      a[i] = i % 5 == 3 ? Double.NaN : 3 + StrictMath.sin(i) + KEY.normal(i);
      b[i] = i % 5 == 3 || i % 7 == 2 ? Double.NaN : StrictMath.cos(i) * 2;
    }
    return TimeSeries.named("h", times).and("a", a).and("b", b);
  }

  private static OdeRnn network(Cell cell) {
    OdeRnn model = OdeRnn.of(2, cell, Mlp.of(4, 5, 4)).fit(List.of(two(60)));
    return model.with(model.start(KEY));
  }

  @Test
  void theFirstTimeIsTheForecastAndTheErrorsOfOneRow() {
    for (int inputs : new int[] {2, 4, 5}) {
      OdeRnn model = network(GruCell.of(inputs, 4));
      for (int rows : new int[] {18, 19}) { // the last row with and without values
        TimeSeries seen = two(rows);
        double time = rows + 1.5;
        TimeSeries expected = model.forecast(seen, time);
        TimeSeries before = model.predict(seen);
        Forecast f = model.predict(seen, new double[] {time}, 40, KEY);
        assertEquals(List.of("a", "b"), f.names());
        assertEquals("h", f.series().timeName());
        for (int draw = 0; draw < 40; draw++) {
          double a = f.draw(draw, "a")[0] - expected.column("a")[0];
          double b = f.draw(draw, "b")[0] - expected.column("b")[0];
          assertTrue(
              IntStream.range(1, rows)
                  .anyMatch(
                      i ->
                          Math.abs(seen.column("a")[i] - before.column("a")[i] - a) < 1e-9
                              && Math.abs(seen.column("b")[i] - before.column("b")[i] - b) < 1e-9),
              "draw " + draw);
        }
      }
    }
  }

  @Test
  void aDrawGoesOnFromWhatItObserved() {
    OdeRnn model = network(GruCell.of(5, 4)).withIntegrator(FINE);
    TimeSeries seen = two(20);
    Forecast f = model.predict(seen, new double[] {21, 23, 23.5}, 30, KEY);
    for (int draw : new int[] {0, 17}) {
      TimeSeries path = TimeSeries.named("h", 21, 23, 23.5);
      double[][] values = {f.draw(draw, "a"), f.draw(draw, "b")};
      TimeSeries longer = TimeSeries.named("h", with(seen.times(), path.times()));
      longer = longer.and("a", with(seen.column("a"), values[0]));
      longer = longer.and("b", with(seen.column("b"), values[1]));
      // What is left at its second and third time is an error again.
      double[] errors = residuals(longer, model.predict(longer), "a");
      double[] known = Arrays.copyOfRange(errors, 1, 20);
      for (int k = 20; k < 23; k++) {
        double left = errors[k];
        assertTrue(Arrays.stream(known).anyMatch(e -> Math.abs(e - left) < 1e-9), "row " + k);
      }
    }
  }

  private static double[] with(double[] some, double[] more) {
    return IntStream.range(0, some.length + more.length)
        .mapToDouble(i -> i < some.length ? some[i] : more[i - some.length])
        .toArray();
  }

  private static double[] residuals(TimeSeries series, TimeSeries expected, String name) {
    return IntStream.range(0, series.size())
        .mapToDouble(i -> series.column(name)[i] - expected.column(name)[i])
        .toArray();
  }

  @Test
  void theSameKeyGivesTheSameBitsOnAnyThread() {
    OdeRnn model = network(GruCell.of(4, 4));
    double[] times = {31, 32, 34};
    List<List<Double>> all =
        IntStream.range(0, 6)
            .parallel()
            .mapToObj(_ -> model.predict(two(30), times, 100, KEY))
            .map(f -> Arrays.stream(f.quantile(0.3, "b")).boxed().toList())
            .toList();
    assertEquals(1, all.stream().distinct().count());
    Forecast one = model.predict(two(30), times, 100, KEY);
    assertEquals(all.getFirst(), Arrays.stream(one.quantile(0.3, "b")).boxed().toList());
    Forecast other = model.predict(two(30), times, 100, RandomKey.of(6));
    assertNotEquals(one.draw(0, "a")[0], other.draw(0, "a")[0]);
    assertNotEquals(one.draw(0, "a")[0], one.draw(1, "a")[0]);
    // More times change nothing before them.
    double[] fewer = model.predict(two(30), new double[] {31, 32}, 100, KEY).draw(9, "a");
    assertArrayEquals(Arrays.copyOf(one.draw(9, "a"), 2), fewer);
  }

  @Test
  void mistakesAreTold() {
    OdeRnn model = network(GruCell.of(4, 4));
    assertTold(model, two(30), "What is known ends at 29", 29);
    assertTold(model, two(30), "Times must increase strictly", 31, 31);
    assertTold(model, two(30), "A prediction needs a row or more", new double[0]);
    assertTold(model, two(12), "The draws take up the errors of known rows: after the first", 13);
    assertTold(model, two(30).rows(0, 0), "A prediction needs a row or more", 13);
    assertTold(model, two(30).select(List.of("a")), "There is no column 'b'", 31);
    assertThrows(
        IllegalArgumentException.class, () -> model.predict(two(30), new double[] {31}, 0, KEY));
  }

  private static void assertTold(OdeRnn model, TimeSeries seen, String start, double... times) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> model.predict(seen, times, 5, KEY))
            .getMessage();
    assertTrue(message.startsWith(start), message);
    assertEquals(1, message.lines().count());
  }
}
