package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.ConcatSquash;
import odeum.nn.HyperNetwork;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.nn.TimedLayer;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Drawn;
import odeum.train.Trainable;
import odeum.train.Trainer;
import org.junit.jupiter.api.Test;

class ContinuousNormalizingFlowTest {
  private static final Integrator TIGHT =
      Integrator.adaptive(Solvers.dopri8(), Pid.of(1e-12, 1e-12));

  /** dx/dt = A x + (0.3, -0.2) t. */
  private static final Layer MATRIX = Linear.of(2, 2).withoutBias();

  private static final double[] A = {0.4, -1.1, 0.8, -0.1};

  private static ContinuousNormalizingFlow linear() {
    TimedLayer field =
        TimedLayer.of(
            MATRIX,
            2,
            (t, x, p) -> MATRIX.apply(p, x).plus(t.times(x.constant(Tensor.vector(0.3, -0.2)))));
    return ContinuousNormalizingFlow.of(field)
        .withIntegrator(TIGHT)
        .withSpan(0.5, 2)
        .withBase(0.7)
        .with(Parameters.of("weight", Tensor.of(Shape.of(2, 2), A)));
  }

  /** {@return e^(At) b by its series} */
  private static double[] exponential(double t, double... b) {
    double[] sum = b.clone();
    double[] term = b.clone();
    for (int n = 1; n < 60; n++) {
      double first = (A[0] * term[0] + A[1] * term[1]) * t / n;
      term[1] = (A[2] * term[0] + A[3] * term[1]) * t / n;
      term[0] = first;
      sum[0] += term[0];
      sum[1] += term[1];
    }
    return sum;
  }

  /** {@return what the drift moves a state by, by Simpson's rule} */
  private static double[] drift(double from, double to) {
    double[] sum = new double[2];
    int n = 2000;
    for (int i = 0; i <= n; i++) {
      double s = from + (to - from) * i / n;
      double weight = (i == 0 || i == n ? 1 : i % 2 == 1 ? 4 : 2) * (to - from) / (3.0 * n);
      double[] part = exponential(to - s, 0.3 * s, -0.2 * s);
      sum[0] += weight * part[0];
      sum[1] += weight * part[1];
    }
    return sum;
  }

  private static double expected(double x, double y, double divergence) {
    double[] moved = drift(2, 0.5);
    double[] z = exponential(-1.5, x, y);
    double square = (z[0] + moved[0]) * (z[0] + moved[0]) + (z[1] + moved[1]) * (z[1] + moved[1]);
    return -square / (2 * 0.49) - StrictMath.log(2 * Math.PI * 0.49) - 1.5 * divergence;
  }

  private static Tensor rows(int columns, double... values) {
    return Tensor.of(Shape.of(values.length / columns, columns), values);
  }

  @Test
  void aLinearFlowHasTheDensityOfItsClosedForm() {
    double[] density = linear().logDensity(rows(2, 0.3, -0.8, 1.5, 2, -3, 0.1));
    assertEquals(expected(0.3, -0.8, A[0] + A[3]), density[0], 1e-9);
    assertEquals(expected(1.5, 2, A[0] + A[3]), density[1], 1e-9);
    assertEquals(expected(-3, 0.1, A[0] + A[3]), density[2], 1e-9);
  }

  /** Of a linear field the estimate is v·Av all the way, if the noise is drawn once for a solve. */
  @Test
  void hutchinsonsNoiseStaysTheSameDuringASolve() {
    ContinuousNormalizingFlow flow = linear().withHutchinson(Drawn.normal());
    Dataset data = flow.dataset(rows(2, 0.3, -0.8, 1.5, 2));
    Tensor noise = data.all().field("noise");
    Compiled loss = flow.objective().compile(flow.parameters(), data);
    double sum = 0;
    for (int i = 0; i < 2; i++) {
      double u = noise.get(i, 0);
      double v = noise.get(i, 1);
      double estimate = u * (A[0] * u + A[1] * v) + v * (A[2] * u + A[3] * v);
      sum -= i == 0 ? expected(0.3, -0.8, estimate) : expected(1.5, 2, estimate);
    }
    assertEquals(sum / 2, loss.value(flow.parameters(), data.all()), 1e-9);
    assertEquals(
        expected(0.3, -0.8, A[0] + A[3]), flow.logDensity(rows(2, 0.3, -0.8))[0], 1e-9, "exact");
  }

  @Test
  void samplesAreDistributedAsTheClosedFormSays() {
    int count = 20_000;
    Tensor samples =
        linear()
            .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.1))
            .sample(count, RandomKey.of(4));
    double[] center = drift(0.5, 2);
    double[] first = exponential(1.5, 0.7, 0);
    double[] second = exponential(1.5, 0, 0.7);
    double[] mean = new double[2];
    double[] covariance = new double[3];
    for (int i = 0; i < count; i++) {
      double x = samples.get(i, 0) - center[0];
      double y = samples.get(i, 1) - center[1];
      mean[0] += x / count;
      mean[1] += y / count;
      covariance[0] += x * x / count;
      covariance[1] += x * y / count;
      covariance[2] += y * y / count;
    }
    double xx = first[0] * first[0] + second[0] * second[0];
    double xy = first[0] * first[1] + second[0] * second[1];
    double yy = first[1] * first[1] + second[1] * second[1];
    double error = 4 / Math.sqrt(count);
    assertEquals(0, mean[0], error * Math.sqrt(xx));
    assertEquals(0, mean[1], error * Math.sqrt(yy));
    assertEquals(xx, covariance[0], 1.5 * error * xx);
    assertEquals(xy, covariance[1], 1.5 * error * Math.sqrt(xx * yy));
    assertEquals(yy, covariance[2], 1.5 * error * yy);
  }

  private static ContinuousNormalizingFlow random() {
    HyperNetwork field = HyperNetwork.of(2, 8, 8);
    Parameters start = field.initial(RandomKey.of(7));
    double[] larger = start.flat().toArray();
    for (int i = 0; i < larger.length; i++) {
      larger[i] *= 4;
    }
    return ContinuousNormalizingFlow.of(field).withSpan(0, 3).with(start.withFlat(larger));
  }

  @Test
  void thereAndBackAgain() {
    ContinuousNormalizingFlow flow = random().withIntegrator(TIGHT);
    Tensor x = RandomKey.of(1).normal(Shape.of(50, 2));
    Tensor back = flow.fromBase(flow.toBase(x));
    assertArrayEquals(x.toArray(), back.toArray(), 1e-9);
    double moved = 0;
    Tensor z = flow.toBase(x);
    for (int i = 0; i < 100; i++) {
      moved = Math.max(moved, Math.abs(z.at(i) - x.at(i)));
    }
    assertTrue(moved > 0.5, "the flow moves points by " + moved);
    Tensor path = flow.path(z, 0, 1, 3);
    assertEquals(Shape.of(50, 3, 2), path.shape());
    assertEquals(x.get(9, 1), path.get(9, 2, 1), 1e-9);
    assertEquals(flow.withSpan(0, 1).fromBase(z).get(9, 1), path.get(9, 1, 1), 1e-9);
  }

  @Test
  void theDensityIsOneInAll() {
    ContinuousNormalizingFlow flow = random();
    int n = 81;
    double step = 0.2;
    double[] grid = new double[2 * n * n];
    for (int i = 0; i < n * n; i++) {
      grid[2 * i] = (i / n - n / 2) * step;
      grid[2 * i + 1] = (i % n - n / 2) * step;
    }
    double sum = 0;
    for (double log : flow.logDensity(rows(2, grid))) {
      sum += StrictMath.exp(log) * step * step;
    }
    assertEquals(1, sum, 1e-3);
  }

  private static void derivativeAgrees(
      Trainable<ContinuousNormalizingFlow> model, Parameters at, Dataset data, double allowed) {
    Compiled loss = model.objective().compile(at, data);
    double[] gradient = loss.at(at, data.all()).gradient().flat().toArray();
    double[] direction = RandomKey.of(8).normal(Shape.of(at.size())).toArray();
    double along = 0;
    double h = 1e-4;
    double[] ahead = at.flat().toArray();
    double[] behind = at.flat().toArray();
    for (int i = 0; i < direction.length; i++) {
      along += direction[i] * gradient[i];
      ahead[i] += h * direction[i];
      behind[i] -= h * direction[i];
    }
    double difference =
        loss.value(at.withFlat(ahead), data.all()) - loss.value(at.withFlat(behind), data.all());
    assertEquals(difference / (2 * h), along, allowed * (1 + Math.abs(along)));
    assertTrue(Math.abs(along) > 1e-3, "a derivative to see: " + along);
  }

  @Test
  void gradientsAgreeWithDifferences() {
    Tensor x = RandomKey.of(1).normal(Shape.of(6, 2));
    Integrator steps = Integrator.fixed(Solvers.dopri5(), 0.25);
    ContinuousNormalizingFlow flow = random().withIntegrator(steps);
    derivativeAgrees(flow, flow.parameters(), flow.dataset(x), 1e-6);
    for (Drawn noise : List.of(Drawn.rademacher(), Drawn.normal())) {
      ContinuousNormalizingFlow estimated = flow.withHutchinson(noise);
      derivativeAgrees(estimated, flow.parameters(), estimated.dataset(x), 1e-6);
    }
    FlowMatching matching = FlowMatching.of(flow).withWidth(0.1);
    derivativeAgrees(matching, flow.parameters(), matching.dataset(x), 1e-6);
    ContinuousNormalizingFlow backsolved =
        random().withIntegrator(TIGHT).withAdjoint(Adjoint.backsolve());
    derivativeAgrees(backsolved, flow.parameters(), backsolved.dataset(x), 1e-5);
  }

  @Test
  void gradientsOfConditionalFlowsAgreeToo() {
    Tensor x = RandomKey.of(1).normal(Shape.of(6, 2));
    Tensor contexts = RandomKey.of(2).normal(Shape.of(6, 3));
    for (TimedLayer field :
        List.of(HyperNetwork.of(2, 6, 5).withContext(3), ConcatSquash.of(2, 6, 2).withContext(3))) {
      ContinuousNormalizingFlow flow =
          ContinuousNormalizingFlow.of(field)
              .withIntegrator(Integrator.fixed(Solvers.dopri5(), 0.25))
              .withHutchinson(Drawn.rademacher());
      derivativeAgrees(flow, flow.parameters(), flow.dataset(x, contexts), 1e-6);
    }
  }

  @Test
  void aFlowForOneContextIsThatOfRowsWithIt() {
    TimedLayer field = ConcatSquash.of(2, 6, 2).withContext(1);
    ContinuousNormalizingFlow flow = ContinuousNormalizingFlow.of(field).withIntegrator(TIGHT);
    Tensor x = rows(2, 0.1, 0.2, 0.3, 0.4);
    double[] both = flow.logDensity(x, rows(1, -1, 2));
    assertEquals(both[0], flow.given(-1).logDensity(x)[0], 1e-10);
    assertEquals(both[1], flow.given(2).logDensity(x)[1], 1e-10);
    double[] of2 = flow.given(2).logDensity(x);
    assertTrue(Math.abs(of2[0] - both[0]) > 1e-3);
    double mean = -(both[0] + both[1]) / 2;
    assertEquals(mean, flow.negativeLogLikelihood(x, rows(1, -1, 2)), 1e-15);
    assertEquals(-(of2[0] + of2[1]) / 2, flow.given(2).negativeLogLikelihood(x), 1e-15);
    assertArrayEquals(
        new double[] {Math.exp(of2[0]), Math.exp(of2[1])}, flow.given(2).density(x), 1e-15);
    double[] ofMinus1 = flow.given(-1).logDensity(x);
    int[] likeliest = {ofMinus1[0] > of2[0] ? 1 : 0, ofMinus1[1] > of2[1] ? 1 : 0};
    assertArrayEquals(likeliest, flow.likeliest(x, rows(1, 2, -1)));
    assertArrayEquals(new int[] {0, 0}, flow.likeliest(x, rows(1, 2, 2)));
    assertThrows(IllegalArgumentException.class, () -> flow.likeliest(x, rows(2, 2, -1)));
    Tensor drawn = flow.sample(rows(1, -1, 2), RandomKey.of(3));
    Tensor second = flow.given(2).sample(2, RandomKey.of(3));
    assertEquals(Shape.of(2, 2), drawn.shape());
    assertEquals(second.get(1, 0), drawn.get(1, 0), 1e-10);
    assertTrue(Math.abs(second.get(0, 0) - drawn.get(0, 0)) > 1e-3);
    assertThrows(IllegalArgumentException.class, () -> flow.sample(x, RandomKey.of(3)));
    Tensor z = flow.given(2).toBase(x);
    assertArrayEquals(x.toArray(), flow.given(2).fromBase(z).toArray(), 1e-10);
    String text = assertThrows(IllegalStateException.class, () -> flow.logDensity(x)).getMessage();
    assertTrue(text.contains("given(...)"), text);
  }

  /** A context is carried in the state, yet large values of it change no step and no bit. */
  @Test
  void theContextDoesNotChooseTheSteps() {
    HyperNetwork field = HyperNetwork.of(2, 6, 5);
    TimedLayer told =
        new TimedLayer() {
          @Override
          public int dimension() {
            return 2;
          }

          @Override
          public int context() {
            return 3;
          }

          @Override
          public Parameters initial(RandomKey key) {
            return field.initial(key);
          }

          @Override
          public Tracer apply(Traced p, Tracer t, Tracer x, Tracer context) {
            return field.apply(p, t, x, context.slice(0, 0, 0));
          }

          @Override
          public Tracer divergence(Traced p, Tracer t, Tracer x, Tracer context) {
            return field.divergence(p, t, x, context.slice(0, 0, 0));
          }
        };
    Tensor x = RandomKey.of(1).normal(Shape.of(6, 2));
    double[] alone = ContinuousNormalizingFlow.of(field).withSpan(0, 5).logDensity(x);
    double[] with =
        ContinuousNormalizingFlow.of(told).withSpan(0, 5).given(1e6, 0, -3).logDensity(x);
    assertArrayEquals(alone, with);
  }

  @Test
  void trainingByLikelihoodMakesTheDataLikelier() {
    Tensor x = FlowMatchingTest.moons(200);
    ContinuousNormalizingFlow flow =
        ContinuousNormalizingFlow.of(HyperNetwork.of(2, 16, 8))
            .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.25));
    double before = FlowMatchingTest.mean(flow.logDensity(x));
    ContinuousNormalizingFlow fit =
        Trainer.of(flow.fit(x)).optimizer(Adam.of(1e-2)).epochs(60).run().model();
    double after = FlowMatchingTest.mean(fit.logDensity(x));
    assertTrue(after > before + 0.3, before + " became " + after);
    double other = FlowMatchingTest.mean(fit.logDensity(FlowMatchingTest.moons(50)));
    assertEquals(after, other, 0.2, "other points of the same distribution");
  }

  @Test
  void levelsHaveProbabilities() {
    ContinuousNormalizingFlow flow =
        ContinuousNormalizingFlow.of(ConcatSquash.of(1, 8, 1)).withLevels(4, 0.02);
    Dataset data = flow.dataset(rows(1, 0, 1, 2, 3));
    Compiled loss = flow.objective().compile(flow.parameters(), data);
    double all = 0;
    int draws = 200;
    for (int seed = 0; seed < draws; seed++) {
      for (int level = 0; level < 4; level++) {
        Batch one =
            flow.dataset(rows(1, level)).epoch(1, RandomKey.of(4L * seed + level)).getFirst();
        all += StrictMath.exp(-loss.value(flow.parameters(), one)) / draws;
      }
    }
    assertEquals(1, all, 0.02, "but for what lies beyond the squeezed ends");
    for (double level : flow.sample(100, RandomKey.of(1)).toArray()) {
      assertTrue(level == Math.rint(level) && level >= 0 && level <= 3, "level " + level);
    }
    derivativeAgrees(flow.withIntegrator(TIGHT), flow.parameters(), data, 1e-6);
  }

  /** A flow that moves nothing, from normal numbers with deviation 2. */
  private static ContinuousNormalizingFlow resting() {
    TimedLayer still = TimedLayer.of(MATRIX, 2, (t, x, p) -> MATRIX.apply(p, x));
    return ContinuousNormalizingFlow.of(still)
        .with(Parameters.of("weight", Tensor.zeros(Shape.of(2, 2))))
        .withBase(2);
  }

  /** With v = 0.1 + 0.8 (k + u) / 5, y = log(v / (1 - v)) and dy/dk = 0.8 / 5 / (v (1 - v)). */
  @Test
  void theDensityOfLevelsHasTheClosedFormOfTheirLogit() {
    Tensor levels = rows(2, 0, 4, 2, 1, 3, 0);
    double[] found = resting().withLevels(5, 0.1).logDensity(levels);
    double[] noise = RandomKey.of(0).uniform(levels.shape(), 0, 1).toArray();
    for (int i = 0; i < 3; i++) {
      double log = 0;
      for (int j = 0; j < 2; j++) {
        double v = 0.1 + 0.8 * (levels.get(i, j) + noise[2 * i + j]) / 5;
        double y = StrictMath.log(v / (1 - v));
        log += -y * y / 8 - StrictMath.log(2 * Math.sqrt(2 * Math.PI));
        log += StrictMath.log(0.8 / 5 / (v * (1 - v)));
      }
      assertEquals(log, found[i], 1e-12);
    }
  }

  @Test
  void theBaseOfDataHasTheirMeansAndDeviations() {
    ContinuousNormalizingFlow flow = resting().withBaseOf(rows(2, 1, 7, 2, 7, 6, 7));
    double deviation = Math.sqrt((4 + 1 + 9) / 3.0);
    double expected = -0.5 * (4 / (deviation * deviation) + 0.25);
    expected -= StrictMath.log(2 * Math.PI * deviation);
    assertEquals(
        expected, flow.logDensity(rows(2, 5, 7.5))[0], 1e-12, "a constant has deviation 1");

    Tensor levels =
        Tensor.of(Shape.of(400, 2), RandomKey.of(3).uniform(Shape.of(800), 0, 5).toArray());
    Tensor whole = FlowData.each(levels, Math::floor);
    double own =
        FlowMatchingTest.mean(resting().withLevels(5, 0.1).withBaseOf(whole).logDensity(whole));
    double uniform = 2 * StrictMath.log(0.2);
    assertTrue(own < uniform && own > uniform - 0.2, "uniform levels, nearly: " + own);
    double wide = FlowMatchingTest.mean(resting().withLevels(5, 0.1).logDensity(whole));
    assertTrue(wide < own - 0.1, wide + " and " + own);
  }

  @Test
  void whatDoesNotFitIsSaidInALine() {
    ContinuousNormalizingFlow flow = ContinuousNormalizingFlow.of(HyperNetwork.of(2, 4, 4));
    String levels =
        assertThrows(
                IllegalArgumentException.class,
                () -> flow.withLevels(4, 0.1).given().logDensity(Tensor.vector(1, 2)))
            .getMessage();
    assertTrue(levels.contains("points have shape (points, 2), got (2)"), levels);
    assertThrows(IllegalArgumentException.class, () -> flow.withBaseOf(rows(3, 1, 2, 3)));
    String text =
        assertThrows(IllegalArgumentException.class, () -> flow.logDensity(rows(3, 1, 2, 3)))
            .getMessage();
    assertTrue(text.contains("points have shape (points, 2)"), text);
    assertThrows(IllegalArgumentException.class, () -> flow.withBase(-1));
    assertThrows(IllegalArgumentException.class, () -> flow.withSpan(1, 1));
    assertThrows(IllegalArgumentException.class, () -> flow.given(1));
    assertThrows(IllegalArgumentException.class, () -> flow.with(Parameters.of("a", 1)));
    assertTrue(flow.toString().contains("hypernetwork(2, width 4, hidden 4)"), flow.toString());
    assertEquals("exact", flow.facts().get("divergence"));
  }
}
