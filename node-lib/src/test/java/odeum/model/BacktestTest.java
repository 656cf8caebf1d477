package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.path.TimeSeries;
import org.junit.jupiter.api.Test;

class BacktestTest {
  private static final TimeSeries OBSERVED =
      TimeSeries.named("year", 0, 1, 2, 3, 4, 5, 6, 7).and("y", 1, 2, 3, 4, 6, Double.NaN, 9, 1);

  private static final Backtest TEST =
      Backtest.of(OBSERVED.thinned(0, odeum.tensor.RandomKey.of(0)), OBSERVED, 2, 4, 6)
          .with("climatology", Baseline::climatology)
          .with("last", (seen, years) -> Baseline.cycleBefore(seen, years, 1));

  @Test
  void eachForecastKnowsWhatWasBeforeIt() {
    List<Forecast> told = TEST.forecasts("climatology");
    assertEquals(2, told.size());
    assertArrayEquals(new double[] {4, 5}, told.get(0).times());
    assertArrayEquals(new double[] {2.5, 2.5}, told.get(0).mean("y"));
    assertArrayEquals(new double[] {6, 7}, told.get(1).times());
    assertArrayEquals(new double[] {3.2, 3.2}, told.get(1).mean("y"), 1e-12);
  }

  @Test
  void errorsAndIntervalsCountWhatCame() {
    double squares = 3.5 * 3.5 + 5.8 * 5.8 + 2.2 * 2.2;
    assertEquals(Math.sqrt(squares / 3), TEST.error("climatology", "y"), 1e-12);
    assertEquals(3, TEST.values("y"));
    // Of 1 2 3 4 the middle 80 % are 1.3 to 3.7, of 1 2 3 4 6 they are 1.4 to 5.2.
    assertEquals(0, TEST.inside("climatology", 0.8, "y"));
    // All of what was seen: the last 1 is no less than the least.
    assertEquals(1, TEST.inside("climatology", 1, "y"));
    String text = TEST.toString();
    assertTrue(text.startsWith("climatology  error 4.112, 0 of 3 inside 80 %"), text);
    assertEquals(2, text.lines().count());
  }

  @Test
  void whatDoesNotFitIsNamed() {
    assertThrows(IllegalArgumentException.class, () -> Backtest.of(OBSERVED, OBSERVED, 2));
    assertThrows(IllegalArgumentException.class, () -> Backtest.of(OBSERVED, OBSERVED, 2, 0));
    assertThrows(IllegalArgumentException.class, () -> Backtest.of(OBSERVED, OBSERVED, 2, 9));
    String text =
        assertThrows(IllegalArgumentException.class, () -> TEST.forecasts("lats")).getMessage();
    assertEquals("There are no forecasts by 'lats'. Known: climatology, last.", text);
    TimeSeries other = OBSERVED.select(java.util.Map.of("z", "y"));
    assertThrows(
        IllegalArgumentException.class,
        () -> Backtest.of(other, OBSERVED, 2, 4).with("climatology", Baseline::climatology));
  }
}
