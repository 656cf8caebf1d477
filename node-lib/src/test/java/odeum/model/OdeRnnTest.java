package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.nn.GruCell;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.nn.RnnCell;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.train.Dataset;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;

class OdeRnnTest {
  private static final RandomKey KEY = RandomKey.of(3);

  /** A sine at irregular times, every sixth value missing. */
  static TimeSeries sine(int seed, int rows) {
    RandomKey key = RandomKey.of(seed);
    double[] times = new double[rows];
    double[] values = new double[rows];
    double t = key.uniform(1000);
    for (int i = 0; i < rows; i++) {
      t += 0.1 + 0.5 * key.uniform(i);
      times[i] = t;
      values[i] = i % 6 == 4 ? Double.NaN : StrictMath.sin(2 * t) + 5;
    }
    return TimeSeries.of(times).and("y", values);
  }

  private static OdeRnn small() {
    return OdeRnn.of(1, GruCell.of(2, 5), Mlp.of(5, 6, 5))
        .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.5));
  }

  private static double loss(OdeRnn model, Parameters p, List<TimeSeries> series) {
    Dataset data = model.fit(series).data();
    return model.objective().compile(p, data).value(p, data.all());
  }

  @Test
  void theGradientIsThatOfTheLoss() {
    OdeRnn model = small().fit(List.of(sine(1, 7), sine(2, 5)));
    Parameters p = model.start(KEY);
    Differences.check(model.objective().compile(p, model.data()), p, model.data().all(), 5, 1e-7);
  }

  @Test
  void itLearnsIrregularSeriesOfDifferentLength() {
    List<TimeSeries> series = new ArrayList<>();
    for (int seed = 0; seed < 12; seed++) {
      series.add(sine(seed, 12 + seed % 3));
    }
    Trainer<OdeRnn> trainer = Trainer.of(small()).epochs(150);
    TrainingResult<OdeRnn> fit = trainer.run(series);
    assertTrue(fit.loss() < 0.1 * fit.history().startLoss(), fit.toString());
    assertArrayEquals(fit.losses(), trainer.run(series).losses());
    // Unseen series: the next value is told better than by the present one.
    TimeSeries unseen = sine(100, 13);
    double[] told = fit.model().predict(unseen).column("y");
    double[] y = unseen.column("y");
    double error = 0;
    double naive = 0;
    for (int i = 6; i < y.length; i++) {
      if (!Double.isNaN(y[i]) && !Double.isNaN(y[i - 1])) {
        error += (told[i] - y[i]) * (told[i] - y[i]);
        naive += (y[i - 1] - y[i]) * (y[i - 1] - y[i]);
      }
    }
    assertTrue(error < 0.5 * naive, error + " against " + naive);
  }

  @Test
  void aMissingValueHasNoInfluence() {
    OdeRnn model = small();
    Parameters p = model.start(KEY);
    Dataset data = model.fit(List.of(sine(1, 7), sine(2, 7))).data();
    double[] y = data.all().field("y").toArray();
    double[] measured = data.all().field("measured").toArray();
    double before = model.objective().compile(p, data).value(p, data.all());
    for (int i = 0; i < y.length; i++) {
      boolean missing = measured[i] == 0;
      double[] changed = y.clone();
      changed[i] += 1;
      Dataset other =
          Dataset.samples("times", data.all().field("times"))
              .and("y", Tensor.of(data.all().field("y").shape(), changed))
              .and("measured", data.all().field("measured"));
      double after = model.objective().compile(p, other).value(p, other.all());
      assertEquals(missing, before == after, "value " + i);
    }
  }

  @Test
  void seriesOfDifferentLengthCostWhatTheyCostAlone() {
    OdeRnn model = small().fit(List.of(sine(1, 9), sine(2, 5)));
    Parameters p = model.start(KEY);
    double one = loss(model, p, List.of(sine(1, 9)));
    double two = loss(model, p, List.of(sine(2, 5)));
    double both = loss(model, p, List.of(sine(1, 9), sine(2, 5)));
    assertEquals((one + two) / 2, both, 1e-14);
  }

  @Test
  void forecastsAreThePredictionsOfRowsWithoutValues() {
    TimeSeries series = sine(1, 9);
    OdeRnn model = small().fit(List.of(series));
    OdeRnn placed = model.with(model.start(KEY));
    TimeSeries head = series.rows(0, 6);
    double[] rest = Arrays.copyOfRange(series.times(), 6, 9);
    double[] told = placed.forecast(head, rest).column("y");
    assertEquals(placed.predict(series).column("y")[6], told[0], 1e-12);
    // Rows in between change nothing but how the interval is cut.
    OdeRnn fine = placed.withIntegrator(Integrator.fixed(Solvers.rk4(), 0.01));
    assertEquals(
        fine.forecast(head, rest[2]).column("y")[0],
        fine.forecast(head, rest).column("y")[2],
        1e-9);
    double[] odd = placed.anomalies(series);
    assertTrue(Double.isNaN(odd[0]) && Double.isNaN(odd[4]) && odd[3] > 0);
    double spread = (placed.predict(series).column("y")[3] - series.column("y")[3]);
    double[] values = Arrays.stream(series.column("y")).filter(v -> !Double.isNaN(v)).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertEquals(spread * spread / variance, odd[3], 1e-12);
  }

  @Test
  void windowsOfOneSeriesAreSamples() {
    OdeRnn model = small().withWindow(5, 2).fit(List.of(sine(1, 12)));
    assertEquals(4, model.data().size());
    assertEquals(0, model.data().all().field("times").get(3, 0));
    assertThrows(IllegalArgumentException.class, () -> small().withWindow(1, 1));
    assertThrows(
        IllegalArgumentException.class,
        () -> small().withWindow(20, 1).fit(List.of(sine(1, 12))).data());
  }

  @Test
  void mistakesAreTold() {
    String message =
        assertThrows(
                IllegalArgumentException.class, () -> OdeRnn.of(2, RnnCell.of(3, 4), Mlp.of(4, 4)))
            .getMessage();
    assertTrue(message.startsWith("A cell that reads 2 columns has 2 inputs (values), 4"), message);
    TimeSeries two = TimeSeries.of(0, 1).and("a", 1, 2).and("b", 1, 2);
    assertThrows(IllegalArgumentException.class, () -> small().fit(List.of(two)));
    assertThrows(IllegalStateException.class, () -> small().data());
    assertNotEquals(small().facts(), small().withWindow(4).facts());
  }
}
