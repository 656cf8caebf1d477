package odeum.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.HyperNetwork;
import odeum.nn.Layer;
import odeum.nn.Parameters;
import odeum.nn.TimedLayer;
import odeum.path.Labelled;
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
import org.junit.jupiter.api.Test;

class FlowMatchingTest {
  private static final double SPAN = 2;

  static Tensor moons(int count) {
    Labelled moons = Examples.moons(count, 0.1, RandomKey.of(count));
    double[] x = moons.column("x");
    double[] y = moons.column("y");
    double[] rows = new double[2 * x.length];
    for (int i = 0; i < x.length; i++) {
      rows[2 * i] = x[i];
      rows[2 * i + 1] = y[i];
    }
    return Tensor.of(Shape.of(x.length, 2), rows);
  }

  static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private record Numbers() implements Layer {
    @Override
    public Parameters initial(RandomKey key) {
      return Parameters.of("mean", 0.0).and("deviation", 2.0);
    }

    @Override
    public Tracer apply(Traced p, Tracer x) {
      throw new UnsupportedOperationException();
    }
  }

  /**
   * What matching learns of data that are normal: with the line at s the mean over all lines
   * through x is {@code m + (s d² - (1 - s)) / ((1 - s)² + s² d²) (x - s m)}.
   */
  private static final TimedLayer GAUSSIAN =
      TimedLayer.of(
          new Numbers(),
          1,
          (t, x, p) -> {
            Tracer s = t.times(1 / SPAN);
            Tracer rest = s.unaryMinus().plus(1);
            Tracer variance = p.get("deviation").square();
            Tracer all = rest.square().plus(s.square().times(variance));
            Tracer factor = s.times(variance).minus(rest).div(all);
            Tracer mean = p.get("mean");
            return x.minus(s.times(mean)).times(factor).plus(mean).times(1 / SPAN);
          });

  private static ContinuousNormalizingFlow gaussian() {
    return ContinuousNormalizingFlow.of(GAUSSIAN).withSpan(0, SPAN);
  }

  private static final Parameters TRUE = Parameters.of("mean", 1.5).and("deviation", 1.0);

  private static Tensor normal(int count) {
    double[] values = RandomKey.of(6).normal(Shape.of(count, 1)).toArray();
    for (int i = 0; i < count; i++) {
      values[i] += 1.5;
    }
    return Tensor.of(Shape.of(count, 1), values);
  }

  @Test
  void theFieldThatMatchesBestCarriesTheBaseToTheData() {
    double[] density =
        gaussian()
            .with(TRUE.with("deviation", 0.6))
            .withIntegrator(Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-12)))
            .logDensity(Tensor.of(Shape.of(2, 1), new double[] {0.2, 1.7}));
    double scale = -StrictMath.log(0.6 * Math.sqrt(2 * Math.PI));
    assertEquals(scale - 1.3 * 1.3 / 0.72, density[0], 1e-9);
    assertEquals(scale - 0.2 * 0.2 / 0.72, density[1], 1e-9);
  }

  /** With deviation 1 what remains is the integral of 1 / ((1 - s)² + s²), half of pi. */
  @Test
  void theLossOfTheBestFieldIsTheVarianceOfTheLines() {
    FlowMatching matching = FlowMatching.of(gaussian());
    int count = 40_000;
    Dataset data = matching.dataset(normal(count));
    Compiled loss = matching.objective().compile(TRUE, data);
    // The squares' own variance is below 2 (pi / 2)² 2.
    assertEquals(Math.PI / 2, loss.value(TRUE, data.all()), 4 * 3.2 / Math.sqrt(count));
    double wrong = loss.value(TRUE.with("mean", 1.2), data.all());
    assertTrue(wrong > Math.PI / 2 + 0.05, "a field with another mean: " + wrong);
    double[] gradient = loss.at(TRUE, data.all()).gradient().flat().toArray();
    assertEquals(0, gradient[0], 0.05);
    assertEquals(0, gradient[1], 0.05);
  }

  @Test
  void trainingFindsTheBestField() {
    Parameters found =
        Trainer.of(FlowMatching.of(gaussian()).fit(normal(2_000)))
            .optimizer(Adam.of(5e-2))
            .batch(500)
            .epochs(60)
            .run()
            .model()
            .parameters();
    assertEquals(1.5, found.get("mean"), 0.1);
    assertEquals(1, Math.abs(found.get("deviation")), 0.1);
  }

  @Test
  void likelihoodTrainsOnWhatMatchingFound() {
    ContinuousNormalizingFlow flow =
        ContinuousNormalizingFlow.of(HyperNetwork.of(2, 32, 8))
            .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.25));
    Tensor x = moons(100);
    ContinuousNormalizingFlow matched =
        Trainer.of(FlowMatching.of(flow).fit(x)).optimizer(Adam.of(1e-2)).epochs(250).run().model();
    double before = mean(flow.logDensity(x));
    double after = mean(matched.logDensity(x));
    assertTrue(after > before + 0.3, before + " became " + after);
    ContinuousNormalizingFlow finished =
        Trainer.of(matched.fit(x)).optimizer(Adam.of(3e-3)).epochs(30).run().model();
    assertTrue(mean(finished.logDensity(x)) > after + 0.02, "likelihood goes on from there");
    assertEquals(matched.parameters().structure(), finished.parameters().structure());
  }

  @Test
  void aWidthOfOneOrMoreIsRefused() {
    FlowMatching matching = FlowMatching.of(gaussian());
    assertThrows(IllegalArgumentException.class, () -> matching.withWidth(1));
    assertThrows(IllegalArgumentException.class, () -> matching.withWidth(-0.1));
    assertEquals("flow matching, width 0.2", matching.withWidth(0.2).facts().get("loss"));
  }
}
