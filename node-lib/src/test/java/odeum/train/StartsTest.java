package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import odeum.equation.Ode;
import odeum.model.EquationFit;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Trainings from several points, of which the best is kept. */
class StartsTest {
  private static final double FREQUENCY = 4.3;

  /** A sine of unknown frequency: a loss with a minimum in every other place. */
  private static Fit sine(double start, Limits limits) {
    return new Fit(
        Objective.leastSquares((p, s) -> s.get("t").times(p.get("w")).sin().minus(s.get("y"))),
        Parameters.of("w", start),
        limits);
  }

  private static Dataset samples() {
    double[] t = new double[40];
    double[] y = new double[40];
    for (int i = 0; i < t.length; i++) {
      t[i] = i / 8.0;
      y[i] = StrictMath.sin(FREQUENCY * t[i]);
    }
    return Dataset.samples("t", Tensor.vector(t)).and("y", Tensor.vector(y));
  }

  private static Trainer<Parameters> frequency() {
    return Trainer.of(sine(0.7, Limits.of("w", 0.5, 8)))
        .optimizer(LevenbergMarquardt.of())
        .epochs(50)
        .seed(2);
  }

  @Test
  void eightStartsFindWhatOneMisses() {
    TrainingResult<Parameters> one = frequency().run(samples());
    TrainingResult<Parameters> eight = frequency().starts(8).run(samples());
    assertTrue(one.loss() > 0.1, one.toString());
    assertTrue(eight.loss() < 1e-12, eight.toString());
    assertEquals(FREQUENCY, eight.parameter("w"), 1e-6);
    assertEquals(8, eight.starts().size());
    assertEquals(one.loss(), eight.starts().getFirst().loss());
    assertEquals(1, one.starts().size());
    int best = 1;
    for (TrainingStart start : eight.starts()) {
      best = start.loss() < eight.starts().get(best - 1).loss() ? start.number() : best;
    }
    String message = "the best of 8 starts is number %s: %s";
    String own = eight.starts().get(best - 1).message();
    assertEquals(message.formatted(best, own), eight.message());
    assertEquals(eight.loss(), eight.starts().get(best - 1).loss());
    assertEquals(eight.epochs(), eight.starts().get(best - 1).epochs());
  }

  @Test
  void theSpringOfAnEquationIsFoundToo() {
    Ode truth = Ode.parse("x'' = -w^2*x\nparam w = 3\ninit x = 1, x' = 0");
    double[] t = new double[30];
    double[] x = new double[30];
    for (int i = 0; i < t.length; i++) {
      t[i] = i / 3.0;
      x[i] = StrictMath.cos(3 * t[i]);
    }
    EquationFit fit =
        EquationFit.of(
            Ode.parse(truth.source().replace("w = 3", "w = 0.9 in 0.5..5")),
            TimeSeries.of(t).and("x", x));
    assertTrue(Trainer.of(fit).run().loss() > 0.1);
    assertEquals(3, Trainer.of(fit).starts(8).run().parameter("w"), 1e-4);
  }

  @Test
  void theSeedMakesTheBits() {
    TrainingResult<Parameters> one = frequency().starts(4).run(samples());
    TrainingResult<Parameters> two = frequency().starts(4).run(samples());
    assertEquals(losses(one), losses(two));
    assertNotEquals(losses(one), losses(frequency().starts(4).seed(3).run(samples())));
    // More starts begin with the same ones.
    assertEquals(losses(one), losses(frequency().starts(6).run(samples())).subList(0, 4));
  }

  private static List<Double> losses(TrainingResult<?> result) {
    return result.starts().stream().map(TrainingStart::loss).toList();
  }

  @Test
  void pointsLieWhereTheyMakeSense() {
    Mlp net = Mlp.of(1, 3, 1);
    Limits limits = Limits.of("both", 2, 3).and("low", 0, Double.POSITIVE_INFINITY);
    Parameters own =
        Parameters.of("both", 2.9)
            .and("low", 0)
            .and("rate", -0.01)
            .and("zero", 0)
            .and("net", net.initial(RandomKey.of(0)));
    Trainable<Parameters> model = new Drawn(new Fit((p, s) -> p.get("rate"), own, limits), net);
    boolean positive = false;
    boolean negative = false;
    for (int i = 0; i < 100; i++) {
      Parameters point = RandomStart.of(model, RandomKey.of(i));
      assertTrue(point.get("both") > 2 && point.get("both") < 3, point.toString());
      assertTrue(point.get("low") > 0, point.toString());
      assertTrue(point.get("rate") >= -0.05 && point.get("rate") <= -0.002, point.toString());
      positive |= point.get("zero") > 0;
      negative |= point.get("zero") < 0;
      assertEquals(net.initial(RandomKey.of(i).fold(0)), point.at("net"));
      // Weights that are given are shaken.
      Parameters shaken =
          RandomStart.of(model.withObjective((p, s) -> p.get("rate")), RandomKey.of(i));
      assertEquals(point, shaken);
      Parameters given =
          RandomStart.of(new Fit((p, s) -> p.get("rate"), own, limits), RandomKey.of(i));
      assertNotEquals(own.at("net"), given.at("net"));
      assertTrue(given.at("net").norm() < 5 * own.at("net").norm());
    }
    assertTrue(positive && negative);
  }

  /** A model that draws its net. */
  private record Drawn(Fit fit, Mlp net) implements Trainable<Parameters> {
    @Override
    public Objective objective() {
      return fit.objective();
    }

    @Override
    public Parameters start(RandomKey key) {
      return Parameters.of("both", fit.from().get("both"))
          .and("low", fit.from().get("low"))
          .and("rate", fit.from().get("rate"))
          .and("zero", fit.from().get("zero"))
          .and("net", net.initial(key));
    }

    @Override
    public Parameters with(Parameters parameters) {
      return parameters;
    }

    @Override
    public Limits limits() {
      return fit.limits();
    }
  }

  /** Every state of every start, through a file, goes on to the same bits. */
  private void goesOnFromEveryState(Trainer<Parameters> trainer, Path file, int atLeast) {
    List<TrainingState> states = new ArrayList<>();
    TrainingResult<Parameters> whole = trainer.checkpoint(1, states::add).run(samples());
    assertTrue(states.size() >= atLeast, states.size() + " states");
    for (TrainingState state : states) {
      Checkpoint.save(file, state);
      assertEquals(state, Checkpoint.load(file));
      assertSame(whole, trainer.resume(file).run(samples()));
    }
  }

  private static void assertSame(
      TrainingResult<Parameters> whole, TrainingResult<Parameters> rest) {
    assertArrayEquals(whole.losses(), rest.losses());
    assertArrayEquals(whole.validationLosses(), rest.validationLosses());
    assertEquals(whole.best(), rest.best());
    assertEquals(whole.loss(), rest.loss());
    assertEquals(whole.bestEpoch(), rest.bestEpoch());
    assertEquals(whole.message(), rest.message());
    assertEquals(whole.end(), rest.end());
    assertEquals(losses(whole), losses(rest));
    assertEquals(whole.state().stage(), rest.state().stage());
  }

  @Test
  void aBrokenTrainingGoesOnToTheSameBits(@TempDir Path folder) {
    Path file = folder.resolve("starts.safetensors");
    goesOnFromEveryState(frequency().starts(3), file, 3);
    Trainer<Parameters> steps =
        frequency().optimizer(Adam.of(0.05)).epochs(4).starts(3).batch(15).validation(0.2);
    goesOnFromEveryState(steps, file, 12);
    goesOnFromEveryState(steps.then(Lbfgs.of(), 3).patience(2), file, 9);
  }

  @Test
  void anInterruptKeepsTheBestOfAll() {
    TrainingResult<Parameters> whole =
        frequency().optimizer(Adam.of(0.05)).starts(5).run(samples());
    int most = 0;
    for (int asks : new int[] {1, 60, 130, 190}) {
      int[] asked = {0};
      Trainer<Parameters> trainer = frequency().optimizer(Adam.of(0.05)).starts(5);
      TrainingResult<Parameters> broken = trainer.stopWhen(() -> ++asked[0] > asks).run(samples());
      assertTrue(broken.interrupted());
      assertTrue(broken.starts().size() >= most);
      most = broken.starts().size();
      assertEquals(
          broken.starts().stream().mapToDouble(TrainingStart::loss).min().orElseThrow(),
          broken.loss());
      assertTrue(broken.message().startsWith("interrupted in start " + most + " of 5, after "));
      assertSame(whole, trainer.resume(broken.state()).run(samples()));
    }
    assertTrue(most > 2 && most < 5);
  }

  @Test
  void patienceIsForEachStartAndABudgetForAll() {
    Trainer<Parameters> impatient = frequency().optimizer(Sgd.of(1e-30)).patience(3).starts(4);
    TrainingResult<Parameters> result = impatient.run(samples());
    assertEquals(4, result.starts().size());
    for (TrainingStart start : result.starts()) {
      assertEquals(TrainingEnd.NO_PROGRESS, start.end());
      assertEquals(3, start.epochs());
    }
    TrainingResult<Parameters> timed =
        frequency()
            .optimizer(Adam.of(1e-3))
            .epochs(1_000)
            .starts(1_000_000)
            .budget(Duration.ofMillis(200))
            .run(samples());
    assertEquals(TrainingEnd.OUT_OF_TIME, timed.end());
    assertTrue(timed.seconds() < 2, timed.seconds() + " s");
  }

  @Test
  void validationDecides() {
    Dataset other =
        Dataset.samples("t", Tensor.vector(1)).and("y", Tensor.vector(StrictMath.sin(2)));
    TrainingResult<Parameters> result = frequency().starts(6).validation(other).run(samples());
    double least = result.starts().stream().mapToDouble(TrainingStart::loss).min().orElseThrow();
    assertEquals(least, result.loss());
    assertEquals(
        sine(0, Limits.NONE)
            .objective()
            .compile(result.best(), other)
            .value(result.best(), other.all()),
        result.loss());
  }

  @Test
  void theListenerHearsOfEachStartAndOfTheBestOfAll() {
    List<TrainingProgress> heard = new ArrayList<>();
    frequency().optimizer(Adam.of(0.05)).epochs(3).starts(3).listener(heard::add).run(samples());
    assertEquals(12, heard.size());
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < heard.size(); i++) {
      assertEquals(i / 4 + 1, heard.get(i).start());
      assertEquals(3, heard.get(i).starts());
      assertEquals(i % 4, heard.get(i).epoch());
      assertTrue(heard.get(i).best() <= best);
      best = heard.get(i).best();
      assertTrue(i == 0 || heard.get(i).seconds() >= heard.get(i - 1).seconds());
    }
  }

  @Test
  void aPointWithoutALossIsPassedOver() {
    Fit root =
        new Fit(
            Objective.leastSquares((p, s) -> p.get("w").minus(1).log()),
            Parameters.of("w", 0.5),
            Limits.of("w", 0, 5));
    Trainer<Parameters> trainer = Trainer.of(root).optimizer(LevenbergMarquardt.of());
    assertThrows(IllegalArgumentException.class, trainer::run);
    TrainingResult<Parameters> result = trainer.starts(3).run();
    assertEquals(2, result.parameter("w"), 1e-6);
    assertEquals(TrainingEnd.NOT_FINITE, result.starts().getFirst().end());
    Fit never =
        new Fit((p, s) -> p.get("w").minus(9).log(), Parameters.of("w", 0.5), Limits.of("w", 0, 5));
    String message =
        assertThrows(IllegalArgumentException.class, Trainer.of(never).starts(3)::run).getMessage();
    assertTrue(
        message.startsWith("The loss is not a number at the start. The first NaN: log of -8.5."),
        message);
  }

  @Test
  void anotherTrainingIsRefused() {
    TrainingState state =
        frequency().optimizer(Adam.of(0.05)).epochs(3).starts(3).run(samples()).state();
    Trainer<Parameters> fewer = frequency().optimizer(Adam.of(0.05)).epochs(3).resume(state);
    assertEquals(
        "The state to go on from is in start 3, but there is only 1.",
        assertThrows(IllegalArgumentException.class, () -> fewer.run(samples())).getMessage());
    String longer =
        assertThrows(IllegalArgumentException.class, () -> fewer.epochs(4).starts(3).run(samples()))
            .getMessage();
    assertTrue(longer.contains("It had epochs of method 1: 3, now 4."), longer);
    assertFalse(fewer.starts(5).run(samples()).starts().size() != 5);
    assertThrows(IllegalArgumentException.class, () -> frequency().starts(0));
  }
}
