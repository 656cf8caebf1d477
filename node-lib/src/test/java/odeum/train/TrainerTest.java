package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

/** The loop and its manners. */
class TrainerTest {
  /** A small network in plain operations, from two inputs to one number. */
  private static final Objective NETWORK =
      (p, s) ->
          s.get("x").matmul(p.get("in")).tanh().matmul(p.get("out")).minus(s.get("y")).square();

  private static final Parameters WEIGHTS =
      Parameters.of("in", RandomKey.of(1).normal(Shape.of(2, 8)))
          .and("out", RandomKey.of(2).normal(Shape.of(8)));

  private static Dataset data() {
    Tensor x = RandomKey.of(3).uniform(Shape.of(50, 2), -1, 1);
    double[] y = new double[50];
    for (int i = 0; i < 50; i++) {
      y[i] = x.get(i, 0) * x.get(i, 1);
    }
    return Dataset.samples("x", x).and("y", Tensor.vector(y));
  }

  private static Trainer<Parameters> network() {
    return Trainer.of(Fit.of(NETWORK, WEIGHTS)).optimizer(Adam.of(0.01)).epochs(60);
  }

  @Test
  void theTrainerIsTheLoopWrittenByHand() {
    Dataset data = data();
    Compiled compiled = NETWORK.compile(WEIGHTS, data);
    Optimizer.State state = Adam.of(0.01).start(WEIGHTS);
    double[] losses = new double[60];
    for (int epoch = 0; epoch < 60; epoch++) {
      Evaluation e = compiled.at(state.parameters(), data.all());
      state = state.step(e.gradient().clipNorm(0.5));
      losses[epoch] = compiled.value(state.parameters(), data.all());
    }
    TrainingResult<Parameters> fit = network().clip(0.5).run(data);
    assertArrayEquals(losses, fit.losses());
    assertTrue(fit.loss() < 0.5 * fit.history().startLoss());
    assertEquals(fit.loss(), compiled.value(fit.best(), data.all()));
    assertEquals(60, fit.epochs());
    assertFalse(fit.interrupted());
  }

  @Test
  void gradientsAreThoseOfFiniteDifferences() {
    Compiled compiled = NETWORK.compile(WEIGHTS, data());
    Batch batch = data().batch(4, 8, 15);
    Evaluation e = compiled.at(WEIGHTS, batch);
    assertEquals(compiled.value(WEIGHTS, batch), e.value());
    for (int i = 0; i < WEIGHTS.size(); i++) {
      double[] up = WEIGHTS.flat().toArray();
      double[] down = up.clone();
      up[i] += 1e-6;
      down[i] -= 1e-6;
      double rise =
          compiled.value(WEIGHTS.withFlat(up), batch)
              - compiled.value(WEIGHTS.withFlat(down), batch);
      assertEquals(rise / 2e-6, e.gradient().flat().at(i), 1e-8);
    }
  }

  @Test
  void theSameSeedGivesTheSameBitsOnAnyNumberOfThreads() throws Exception {
    Dataset data = data();
    Trainer<Parameters> trainer = network().batch(8).seed(5);
    double[] losses = trainer.run(data).losses();
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<double[]>> runs = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        runs.add(() -> trainer.run(data).losses());
      }
      for (Future<double[]> run : threads.invokeAll(runs)) {
        assertArrayEquals(losses, run.get());
      }
    }
    assertFalse(Arrays.equals(losses, trainer.seed(6).run(data).losses()));
  }

  @Test
  void oneCompiledObjectiveServesManyThreads() throws Exception {
    Dataset data = data();
    Compiled compiled = NETWORK.compile(WEIGHTS, data);
    Evaluation expected = compiled.at(WEIGHTS, data.all());
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Callable<Evaluation>> runs = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        runs.add(() -> compiled.at(WEIGHTS, data.all()));
      }
      for (Future<Evaluation> run : threads.invokeAll(runs)) {
        assertEquals(expected, run.get());
      }
    }
  }

  @Test
  void anEpochShowsEverySampleOnce() {
    Dataset data = data();
    Set<Tensor> seen = new HashSet<>();
    int samples = 0;
    for (Batch batch : data.epoch(8, RandomKey.of(0))) {
      for (int i = 0; i < batch.size(); i++) {
        seen.add(batch.sample(i));
        samples++;
      }
    }
    assertEquals(50, seen.size());
    assertEquals(50, samples);
    int count = 0;
    for (Batch batch : data.batches(32, 7, RandomKey.of(0))) {
      assertEquals(32, batch.size());
      assertEquals(Shape.of(32, 2), batch.field("x").shape());
      count++;
    }
    assertEquals(7, count);
  }

  @Test
  void stoppingKeepsTheBest() {
    int[] asked = {0};
    TrainingResult<Parameters> fit = network().stopWhen(() -> ++asked[0] > 20).run(data());
    assertTrue(fit.interrupted());
    assertEquals(19, fit.epochs());
    assertEquals(network().epochs(19).run(data()).best(), fit.best());
    assertEquals(
        "interrupted after 19 of 60 epochs. The parameters of epoch 19 were kept.", fit.message());
  }

  @Test
  void aLossThatIsNoNumberEndsTheTrainingAndIsReported() {
    // The smaller a is, the longer the step: it ends below zero, where there is no logarithm.
    Objective objective = (p, s) -> p.get("a").log();
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.of(objective, Parameters.of("a", 1)))
            .optimizer(Sgd.of(0.1))
            .epochs(50)
            .run();
    assertEquals(TrainingEnd.NOT_FINITE, fit.end());
    assertTrue(
        fit.message()
            .matches(
                "the loss became NaN at epoch %s \\(first NaN: log of -[\\d.]+\\)\\. The parameters of epoch %s were kept\\."
                    .formatted(fit.epochs() + 1, fit.bestEpoch())),
        fit.message());
    assertTrue(fit.epochs() > 1 && Double.isFinite(fit.loss()), fit.message());
  }

  @Test
  void aGradientThatIsNoNumberIsReportedByEveryMethod() {
    // At zero the root has a value, but no finite slope.
    Objective objective = Objective.leastSquares((p, s) -> p.get("a").sqrt().minus(1));
    for (Optimizer method : OptimizersTest.all()) {
      if (method instanceof CmaEs) {
        continue; // it needs no gradient
      }
      TrainingResult<Parameters> fit =
          Trainer.of(Fit.of(objective, Parameters.of("a", 0))).optimizer(method).run();
      assertEquals(TrainingEnd.NOT_FINITE, fit.end(), method.name());
      assertTrue(fit.message().startsWith("the gradient became "), fit.message());
      assertEquals(Parameters.of("a", 0), fit.best());
    }
  }

  @Test
  void theOperationOfAGradientIsNamed() {
    Fit fit = Fit.of((p, s) -> p.get("a").sqrt(), Parameters.of("a", 0));
    assertEquals(
        "the gradient became infinite at epoch 1 (first infinite value: division of 0.5 by 0). The"
            + " parameters of the start were kept.",
        Trainer.of(fit).run().message());
  }

  @Test
  void aStartWithoutALossIsRefused() {
    Fit fit = Fit.of((p, s) -> p.get("a").log(), Parameters.of("a", -1));
    assertEquals(
        "The loss is not a number at the start. The first NaN: log of -1. Start from other"
            + " parameters than these:\n"
            + "a  -1.0",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(fit).run()).getMessage());
  }

  @Test
  void patienceAndBudgetEndIt() {
    Fit stuck = Fit.of((p, s) -> p.get("a").square(), Parameters.of("a", 0));
    TrainingResult<Parameters> fit = Trainer.of(stuck).epochs(500).patience(5).run();
    assertEquals(TrainingEnd.NO_PROGRESS, fit.end());
    assertEquals(5, fit.epochs());
    fit = network().budget(Duration.ZERO).run(data());
    assertEquals(TrainingEnd.OUT_OF_TIME, fit.end());
    assertEquals(WEIGHTS, fit.best());
  }

  @Test
  void methodsTakeTurnsAndTheListenerHearsOfEveryEpoch() {
    List<String> heard = new ArrayList<>();
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.rosenbrock())
            .optimizer(Adam.of(0.01))
            .epochs(3)
            .then(Lbfgs.of(), 2)
            .listener(p -> heard.add(p.epoch() + "/" + p.epochs() + " " + p.optimizer()))
            .run();
    assertEquals(
        List.of("0/5 adam", "1/5 adam", "2/5 adam", "3/5 adam", "4/5 lbfgs", "5/5 lbfgs"), heard);
    assertEquals("all 5 epochs done.", fit.message());
    assertArrayEquals(fit.history().bests(), sortedMinimum(fit));
  }

  private static double[] sortedMinimum(TrainingResult<?> fit) {
    double least = fit.history().startLoss();
    double[] minimum = fit.losses();
    for (int i = 0; i < minimum.length; i++) {
      least = Math.min(least, minimum[i]);
      minimum[i] = least;
    }
    return minimum;
  }

  @Test
  void jacobiansAreThoseOfTheResiduals() {
    NistProblems.Problem problem = NistProblems.misra1a();
    Parameters point = problem.starts().getLast();
    Compiled compiled = problem.objective().compile(point, problem.data());
    Tensor jacobian = compiled.jacobian(point, problem.data().all());
    Tensor residuals = compiled.residuals(point, problem.data().all());
    Evaluation e = compiled.at(point, problem.data().all());
    for (int column = 0; column < 2; column++) {
      double sum = 0;
      for (int row = 0; row < residuals.size(); row++) {
        sum += 2 * residuals.at(row) * jacobian.get(row, column) / residuals.size();
      }
      double expected = e.gradient().flat().at(column);
      assertEquals(expected, sum, 1e-12 * Math.abs(expected));
    }
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    Compiled compiled = NETWORK.compile(WEIGHTS, data());
    assertThrows(
        IllegalArgumentException.class, () -> compiled.at(Parameters.of("a", 1), data().all()));
    assertThrows(IllegalArgumentException.class, () -> compiled.at(WEIGHTS, Fit.NOTHING.all()));
    assertEquals(
        "A loss is one number, but the objective gives shape (8). Take its mean() or sum().",
        assertThrows(
                IllegalArgumentException.class,
                () -> Fit.of((p, s) -> p.get("out"), WEIGHTS).objective().compile(WEIGHTS, data()))
            .getMessage());
  }
}
