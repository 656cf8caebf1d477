package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import odeum.path.TimeSeries;
import org.junit.jupiter.api.Test;

class BaselineTest {
  private static final double NONE = Double.NaN;

  @Test
  void climatologyHasTheQuantilesOfWhatWasSeen() {
    TimeSeries seen = TimeSeries.of(0, 1, 2, 5, 6, 7).and("y", 3, 1, NONE, 5, 2, 4);
    Forecast f = Baseline.climatology(seen, 8, 20);
    assertEquals(5, f.draws());
    assertArrayEquals(new double[] {3, 3}, f.mean("y"));
    assertArrayEquals(new double[] {1, 1}, f.quantile(0, "y"));
    assertArrayEquals(new double[] {2, 2}, f.quantile(0.25, "y"));
    assertArrayEquals(new double[] {5, 5}, f.quantile(1, "y"));
  }

  @Test
  void aCycleBeforeRepeatsItWithTheErrorsThatItMade() {
    // A cycle of 4 that grows by 10 each time.
    double[] times = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    double[] y = {0, 1, 2, 3, 10, 11, 12, 13, 20, 21, 22, 23};
    double[] other = {1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2};
    TimeSeries seen = TimeSeries.named("h", times).and("y", y).and("z", other);
    Forecast f = Baseline.cycleBefore(seen, new double[] {12, 13.5, 15}, 4);
    assertEquals(8, f.draws());
    assertArrayEquals(new double[] {30, 31.5, 33}, f.quantile(0, "y"), 1e-12);
    assertArrayEquals(new double[] {30, 31.5, 33}, f.quantile(1, "y"), 1e-12);
    assertArrayEquals(new double[] {1, 1.5, 2}, f.mean("z"), 1e-12);
    // What lies two cycles ahead is told by two cycles before.
    assertArrayEquals(
        new double[] {30, 40, 42},
        Baseline.cycleBefore(seen, new double[] {12, 16, 18}, 4).mean("y"),
        1e-12);
  }

  @Test
  void itsErrorsAreThoseOfTheRowsThatHaveACycleBeforeThem() {
    TimeSeries seen = TimeSeries.of(0, 1, 2, 3, 4, 5).and("y", 0, 4, NONE, 1, 7, 3);
    // Two before 3 is 1: an error of -3. Two before 4 lies between rows, at 2.5; two before 5 is 3.
    Forecast f = Baseline.cycleBefore(seen, new double[] {6}, 2);
    assertEquals(3, f.draws());
    assertEquals(7 - 3, f.draw(0, "y")[0], 1e-12);
    assertEquals(7 + 4.5, f.draw(1, "y")[0], 1e-12);
    assertEquals(7 + 2, f.draw(2, "y")[0], 1e-12);
  }

  @Test
  void aForecastIsComparedWithWhatCame() {
    TimeSeries seen = TimeSeries.of(0, 1, 2, 3, 4).and("y", 1, 2, 3, 4, 5);
    Forecast f = Baseline.climatology(seen, 5, 6, 7);
    assertEquals(Math.sqrt(2.5), f.error("y", 3 + 1, NONE, 3 - 2), 1e-12);
    // Of five draws 1 .. 5, half lie in 2 .. 4.
    assertEquals(2, f.inside(0.5, "y", 2, 1.9, 4));
    assertEquals(0, f.inside(0.5, "y", NONE, 1.9, 4.1));
    assertEquals(3, f.inside(1, "y", 1, 3, 5));
    Forecast squares = f.map(value -> value * value);
    assertArrayEquals(new double[] {11, 11, 11}, squares.mean("y"), 1e-12);
    assertArrayEquals(new double[] {9, 9, 9}, squares.quantile(0.5, "y"), 1e-12);
    assertArrayEquals(new double[] {5, 6, 7}, squares.times());
    assertTrue(Double.isNaN(f.error("y", NONE, NONE, NONE)));
    assertThrows(IllegalArgumentException.class, () -> f.error("y", 1, 2));
    assertThrows(IllegalArgumentException.class, () -> f.inside(1.5, "y", 1, 2, 3));
  }

  @Test
  void mistakesAreTold() {
    TimeSeries seen = TimeSeries.of(0, 1, 2).and("y", 1, 2, NONE).and("z", NONE, 2, 3);
    assertTold("A baseline needs two rows or more", () -> Baseline.climatology(seen, 3));
    TimeSeries y = seen.select(List.of("y"));
    assertTold("What is known ends at 2", () -> Baseline.climatology(y, 2));
    assertTold("A cycle has a positive length", () -> Baseline.cycleBefore(y, new double[] {3}, 0));
    assertTold(
        "What was seen, from 0.0 to 1.0, holds no 4",
        () -> Baseline.cycleBefore(y, new double[] {3}, 4));
    assertTold("A prediction needs a row or more", () -> Baseline.cycleBefore(y, new double[0], 4));
  }

  private static void assertTold(String start, org.junit.jupiter.api.function.Executable action) {
    String message = assertThrows(IllegalArgumentException.class, action).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void anAutoregressionFindsTheWeightsOfItsLags() {
    double[] times = IntStream.range(0, 30).asDoubleStream().toArray();
    double[] y = new double[30];
    y[0] = 1;
    y[1] = 2;
    for (int i = 2; i < y.length; i++) {
      y[i] = 0.5 + 1.2 * y[i - 1] - 0.9 * y[i - 2];
    }
    TimeSeries series = TimeSeries.of(times).and("y", y);
    double[] expected = Baseline.autoregression(series.rows(0, 15), series, 1, 2).column("y");
    assertTrue(Double.isNaN(expected[0]) && Double.isNaN(expected[1]));
    for (int i = 2; i < y.length; i++) {
      assertEquals(y[i], expected[i], 1e-9);
    }
    double[] gap = y.clone();
    gap[7] = NONE;
    TimeSeries other = TimeSeries.of(times).and("y", gap);
    double[] around = Baseline.autoregression(other, other, 1, 2).column("y");
    assertEquals(y[7], around[7], 1e-9);
    assertTrue(Double.isNaN(around[8]) && Double.isNaN(around[9]));
    assertEquals(y[10], around[10], 1e-9);
    assertEquals(y[3], Baseline.previous(series).column("y")[4]);
    assertTrue(Double.isNaN(Baseline.previous(series).column("y")[0]));
    for (int[] lags : new int[][] {{}, {0}, {14, 2, 3}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Baseline.autoregression(series.rows(0, 15), series, lags));
    }
  }
}
