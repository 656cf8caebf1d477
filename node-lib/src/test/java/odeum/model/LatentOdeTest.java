package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import odeum.nn.GruCell;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.nn.RnnCell;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.apache.commons.math3.distribution.MultivariateNormalDistribution;
import org.junit.jupiter.api.Test;

class LatentOdeTest {
  private static final RandomKey KEY = RandomKey.of(3);
  private static final Integrator EXACT =
      Integrator.adaptive(Solvers.tsit5(), Pid.of(1e-12, 1e-12));

  private static final Integrator FIXED = Integrator.fixed(Solvers.rk4(), 0.5);

  private static LatentOde small() {
    return LatentOde.of(1, 2, RnnCell.of(2, 4), Mlp.of(2, 5, 2), Linear.of(2, 1))
        .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.1));
  }

  /** A data set with chosen noise in place of drawn noise. */
  private static Dataset withNoise(Dataset data, double... noise) {
    return data.and("noise", Tensor.of(Shape.of(1, noise.length), noise));
  }

  /**
   * {@code z' = -a z}, values {@code w z + b + noise}: all is normal, so the exact posterior and
   * the evidence are known. At the exact posterior the bound is the evidence. As the bound is
   * quadratic in the noise, its mean is the one over -1 and 1.
   */
  @Test
  void theBoundIsTheEvidenceAtTheExactPosterior() {
    double a = 0.7;
    double w = 1.3;
    double b = 0.2;
    double s = 0.4;
    double[] times = {0, 0.5, 1.1, 2};
    double[] y = {1.5, 0.9, 1.0, -0.1};
    LatentOde model =
        LatentOde.of(1, 1, RnnCell.of(1, 2), Linear.of(1, 1).withoutBias(), Linear.of(1, 1))
            .withNoise(s)
            .withIntegrator(EXACT);
    double precision = 1;
    double weighted = 0;
    double[][] covariance = new double[4][4];
    for (int i = 0; i < 4; i++) {
      double slope = w * StrictMath.exp(-a * times[i]);
      precision += slope * slope / (s * s);
      weighted += slope * (y[i] - b) / (s * s);
      for (int j = 0; j < 4; j++) {
        covariance[i][j] = slope * w * StrictMath.exp(-a * times[j]) + (i == j ? s * s : 0);
      }
    }
    Parameters p =
        model
            .start(KEY)
            .with("field.weight", Tensor.of(Shape.of(1, 1), -a))
            .with("decoder.weight", Tensor.of(Shape.of(1, 1), w))
            .with("decoder.bias", Tensor.vector(b))
            .with("posterior.weight", Tensor.zeros(Shape.of(2, 2)))
            .with(
                "posterior.bias", Tensor.vector(weighted / precision, -StrictMath.log(precision)));
    Dataset rows =
        Dataset.samples("times", Tensor.of(Shape.of(1, 4), times))
            .and("y", Tensor.of(Shape.of(1, 4, 1), y));
    Dataset up = withNoise(rows, 1);
    Dataset down = withNoise(rows, -1);
    double evidence =
        StrictMath.log(
            new MultivariateNormalDistribution(new double[] {b, b, b, b}, covariance).density(y));
    double bound = (value(model, p, up) + value(model, p, down)) / 2;
    assertEquals(-evidence, bound, 1e-9);
    // Any other posterior costs its divergence from the exact one: more.
    Parameters other = p.with("posterior.bias", Tensor.vector(weighted / precision + 0.3, -2));
    double worse = (value(model, other, up) + value(model, other, down)) / 2;
    double variance = StrictMath.exp(-2);
    double divergence =
        0.5 * (precision * (variance + 0.09) - 1 - StrictMath.log(variance * precision));
    assertEquals(divergence - evidence, worse, 1e-9);
    // Half the weight takes half of the divergence from the standard normal away.
    double m = weighted / precision;
    double prior = 0.5 * (m * m + 1 / precision - 1 + StrictMath.log(precision));
    Dataset half = up.and("weight", Tensor.vector(0.5));
    assertEquals(value(model, p, up) - 0.5 * prior, value(model, p, half), 1e-12);
  }

  private static double value(LatentOde model, Parameters p, Dataset data) {
    return model.objective().compile(p, data).value(p, data.all());
  }

  @Test
  void theGradientIsThatOfTheBound() {
    LatentOde model =
        small()
            .withEncoderField(Mlp.of(4, 4), FIXED)
            .withAnnealing(3)
            .fit(List.of(OdeRnnTest.sine(1, 6), OdeRnnTest.sine(2, 4)));
    Parameters p = model.start(KEY);
    Compiled compiled = model.objective().compile(p, model.data());
    Differences.check(compiled, p, model.data().epoch(2, KEY, 1).getFirst(), 4, 1e-6);
  }

  @Test
  void aMissingValueHasNoInfluence() {
    LatentOde model = small().withEncoderField(Mlp.of(4, 4), FIXED);
    Parameters p = model.start(KEY);
    Dataset rows = model.fit(List.of(OdeRnnTest.sine(1, 7))).data();
    double[] y = rows.all().field("y").toArray();
    double[] measured = rows.all().field("measured").toArray();
    List<Double> losses = new ArrayList<>();
    for (int i = -1; i < y.length; i++) {
      double[] changed = y.clone();
      if (i >= 0) {
        changed[i] += 1;
      }
      Dataset data =
          Dataset.samples("times", rows.all().field("times"))
              .and("y", Tensor.of(Shape.of(1, 7, 1), changed))
              .and("measured", rows.all().field("measured"));
      losses.add(value(model, p, withNoise(data, 0.3, -0.5)));
    }
    for (int i = 0; i < y.length; i++) {
      assertEquals(measured[i] == 0, losses.get(i + 1).equals(losses.getFirst()), "value " + i);
    }
  }

  @Test
  void seriesOfDifferentLengthCostWhatTheyCostAlone() {
    TimeSeries longer = OdeRnnTest.sine(1, 9);
    TimeSeries shorter = OdeRnnTest.sine(2, 5);
    LatentOde model = small().withEncoderField(Mlp.of(4, 4), FIXED).fit(List.of(longer, shorter));
    Parameters p = model.start(KEY);
    double sum = 0;
    for (TimeSeries one : List.of(longer, shorter)) {
      sum += value(model, p, quiet(model.fit(List.of(one)).data()));
    }
    assertEquals(
        sum / 2, value(model, p, quiet(model.fit(List.of(longer, shorter)).data())), 1e-12);
  }

  /** The rows of a data set with a noise of zeros. */
  private static Dataset quiet(Dataset data) {
    Dataset rows = Dataset.samples("times", data.all().field("times"));
    for (String field : List.of("y", "measured", "gaps")) {
      if (data.structure().find(field).isPresent()) {
        rows = rows.and(field, data.all().field(field));
      }
    }
    return rows.and("noise", Tensor.zeros(Shape.of(data.size(), 2)));
  }

  @Test
  void itLearnsInterpolatesForecastsAndFindsWhatIsOdd() {
    List<TimeSeries> series = new ArrayList<>();
    for (int seed = 0; seed < 20; seed++) {
      series.add(wave(seed, 0, 20));
    }
    LatentOde model =
        LatentOde.of(1, 2, GruCell.of(1, 12), Mlp.of(2, 16, 2), Linear.of(2, 1))
            .withAnnealing(60)
            .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.3));
    Trainer<LatentOde> trainer = Trainer.of(model).optimizer(Adam.of(0.02)).epochs(180);
    TrainingResult<LatentOde> fit = trainer.run(series);
    LatentOde trained = fit.model();
    TimeSeries unseen = wave(77, 0, 20);
    TimeSeries rest = wave(77, 20, 30);
    Forecast after = trained.predict(unseen, rest.times(), 200, KEY);
    double[] mean = after.mean("y");
    double[] low = after.quantile(0.05, "y");
    double[] high = after.quantile(0.95, "y");
    double[] y = rest.column("y");
    int inside = 0;
    double error = 0;
    for (int i = 0; i < y.length; i++) {
      inside += low[i] <= y[i] && y[i] <= high[i] ? 1 : 0;
      error += (mean[i] - y[i]) * (mean[i] - y[i]) / y.length;
      assertTrue(low[i] < mean[i] && mean[i] < high[i]);
    }
    assertTrue(error < 0.15 * 2, "mean square error " + error + " of a variance of 2");
    assertTrue(inside >= 6, inside + " of 10 inside of 90 %");
    // A value put elsewhere is the oddest one.
    double[] spoilt = unseen.column("y");
    spoilt[8] += 4;
    double[] odd = trained.anomalies(TimeSeries.of(unseen.times()).and("y", spoilt));
    int oddest = IntStream.range(0, odd.length).reduce(0, (i, j) -> odd[j] > odd[i] ? j : i);
    assertEquals(8, oddest, Arrays.toString(odd));
    assertArrayEquals(
        after.draw(3, "y"), trained.predict(unseen, rest.times(), 200, KEY).draw(3, "y"));
  }

  /** A wave of amplitude 2 and any phase, about 10, with noise. */
  private static TimeSeries wave(int seed, int from, int to) {
    RandomKey key = RandomKey.of(seed);
    double phase = 6.28 * key.uniform(0);
    double[] times = IntStream.range(from, to).mapToDouble(i -> 0.3 * i).toArray();
    double[] y = new double[times.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = 10 + 2 * StrictMath.sin(times[i] + phase) + 0.1 * key.normal(i + from + 1);
    }
    return TimeSeries.of(times).and("y", y);
  }

  @Test
  void trainingRepeatsItsBitsAndDrawsAnew() {
    List<TimeSeries> series = List.of(OdeRnnTest.sine(1, 6), OdeRnnTest.sine(2, 6));
    double[] losses = Trainer.of(small()).epochs(4).run(series).losses();
    assertArrayEquals(losses, Trainer.of(small()).epochs(4).run(series).losses());
    assertNotEquals(losses[0], Trainer.of(small()).epochs(4).seed(1).run(series).losses()[0]);
    LatentOde model = small().fit(series);
    assertNotEquals(
        value(model, model.start(KEY), quiet(model.data())),
        value(model, model.start(KEY), model.data()));
  }

  @Test
  void predictionsBeginWithTheFirstRow() {
    TimeSeries series = OdeRnnTest.sine(1, 6);
    LatentOde model = small().fit(List.of(series));
    LatentOde placed = model.with(model.start(KEY));
    double start = series.times()[0];
    double[] alone = placed.predict(series, new double[] {start}, 3, KEY).mean("y");
    double[] both = placed.predict(series, new double[] {start, start + 1}, 3, KEY).mean("y");
    assertEquals(2, both.length);
    // The draws of noise differ, as there are more of them; the means are as far apart as these.
    assertEquals(alone[0], both[0], 2);
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> placed.predict(series, new double[] {start - 1}, 3, KEY))
            .getMessage();
    assertTrue(message.startsWith("The equation starts at the first row"), message);
    assertThrows(IllegalArgumentException.class, () -> small().withNoise(0));
  }
}
