package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A training that was broken off and goes on gives the bits of one that was not. */
class ResumeTest {
  private static final int EPOCHS = 12;
  private static final Mlp NET = Mlp.of(2, 5, 1);

  /** A network and a number with a limit, which is trained as a function of another. */
  private static final Fit FIT =
      new Fit(
          Objective.leastSquares(
              (p, s) -> NET.apply(p.at("net"), s.get("x")).times(p.get("scale")).minus(s.get("y"))),
          Parameters.of("scale", 2).and("net", NET.initial(RandomKey.of(1))),
          Limits.of("scale", 0, Double.POSITIVE_INFINITY));

  private static Dataset data() {
    Tensor x = RandomKey.of(3).uniform(Shape.of(23, 2), -1, 1);
    double[] y = new double[23];
    for (int i = 0; i < y.length; i++) {
      y[i] = x.get(i, 0) * x.get(i, 1);
    }
    return Dataset.samples("x", x).and("y", Tensor.of(Shape.of(23, 1), y));
  }

  static Stream<Arguments> trainings() {
    List<StepOptimizer> methods =
        List.of(
            Adam.of(0.02),
            AdamW.of(0.02).withSchedule(Schedule.cosine(0.2)),
            RmsProp.of(0.01).withSchedule(Schedule.exponential(0.1)),
            RmsProp.of(0.01).withCentering().withMomentum(0.5),
            Sgd.of(0.05).withMomentum(0.9).withSchedule(Schedule.oneCycle()),
            Sgd.of(0.05).withNesterov(0.9).withWeightDecay(0.01));
    List<Arguments> cases = new ArrayList<>();
    for (StepOptimizer method : methods) {
      for (int batch : new int[] {7, 100}) {
        for (double share : new double[] {0, 0.3}) {
          cases.add(Arguments.of(method, batch, share));
        }
      }
    }
    return cases.stream();
  }

  private static Trainer<Parameters> trainer(Optimizer method, int batch, double validation) {
    Trainer<Parameters> trainer =
        Trainer.of(FIT).optimizer(method).epochs(EPOCHS).batch(batch).seed(9);
    return validation > 0 ? trainer.validation(validation) : trainer;
  }

  @ParameterizedTest
  @MethodSource("trainings")
  void everyStepMethodGoesOnFromEveryEpoch(StepOptimizer method, int batch, double validation) {
    goesOnFromEveryState(trainer(method, batch, validation), EPOCHS + 1);
  }

  @Test
  void wholeBatchMethodsGoOn() {
    goesOnFromEveryState(trainer(Lbfgs.of(), 100, 0), EPOCHS);
    goesOnFromEveryState(trainer(Lbfgs.of(), 100, 0.3).epochs(200), 30);
    goesOnFromEveryState(trainer(LevenbergMarquardt.of(), 100, 0), 1);
    goesOnFromEveryState(trainer(CmaEs.of(), 100, 0.3), 1);
  }

  @Test
  void methodsInTurnGoOn() {
    Trainer<Parameters> trainer =
        trainer(Adam.of(0.02), 7, 0.3)
            .then(Lbfgs.of(), 8)
            .then(LevenbergMarquardt.of(), 5)
            .then(CmaEs.of(), 4)
            .then(RmsProp.of(1e-3), 6);
    goesOnFromEveryState(trainer, EPOCHS + 8 + 6);
  }

  /** Breaks the training off after each state it hands out, and goes on from there. */
  private static void goesOnFromEveryState(Trainer<Parameters> trainer, int atLeast) {
    Dataset data = data();
    List<TrainingState> states = new ArrayList<>();
    TrainingResult<Parameters> whole = trainer.checkpoint(1, states::add).run(data);
    assertTrue(states.size() >= atLeast - 1, states.size() + " states");
    assertEquals(whole.epochs(), states.getLast().epoch());
    for (TrainingState state : states) {
      TrainingResult<Parameters> rest = trainer.seed(1).resume(state).run(data);
      assertSame(whole, rest, state.epoch());
    }
  }

  private static void assertSame(
      TrainingResult<Parameters> whole, TrainingResult<Parameters> rest, int epoch) {
    String where = "from epoch " + epoch;
    assertArrayEquals(whole.losses(), rest.losses(), where);
    assertArrayEquals(whole.validationLosses(), rest.validationLosses(), where);
    assertArrayEquals(whole.history().bests(), rest.history().bests(), where);
    assertEquals(whole.best(), rest.best(), where);
    assertEquals(whole.loss(), rest.loss(), where);
    assertEquals(whole.bestEpoch(), rest.bestEpoch(), where);
    assertEquals(whole.end(), rest.end(), where);
    assertEquals(whole.message(), rest.message(), where);
    assertEquals(whole.state().stage(), rest.state().stage(), where);
  }

  @Test
  void anInterruptedTrainingHandsBackWhereItWas() {
    for (Optimizer method : OptimizersTest.all()) {
      Trainer<Parameters> trainer = trainer(method, 7, 0);
      TrainingResult<Parameters> whole = trainer.run(data());
      int[] asked = {0};
      TrainingResult<Parameters> broken = trainer.stopWhen(() -> ++asked[0] > 9).run(data());
      assertTrue(broken.interrupted());
      assertTrue(broken.epochs() < whole.epochs());
      assertSame(whole, trainer.resume(broken.state()).run(data()), broken.epochs());
    }
  }

  @Test
  void moreEpochsGoOnFromTheEnd() {
    Trainer<Parameters> trainer = trainer(Adam.of(0.02), 7, 0);
    TrainingResult<Parameters> shorter = trainer.epochs(5).run(data());
    assertSame(trainer.run(data()), trainer.resume(shorter.state()).run(data()), 5);
  }

  @Test
  void patienceIsNotForgotten() {
    Trainer<Parameters> trainer = trainer(Adam.of(0.3), 7, 0.3).epochs(200).patience(3);
    TrainingResult<Parameters> whole = trainer.run(data());
    assertEquals(TrainingEnd.NO_PROGRESS, whole.end());
    assertSame(whole, trainer.resume(whole.state()).run(data()), whole.epochs());
    goesOnFromEveryState(trainer, whole.epochs());
  }

  @Test
  void checkpointsComeWhenTheyAreDue() {
    List<Integer> epochs = new ArrayList<>();
    trainer(Adam.of(0.02), 7, 0).checkpoint(5, state -> epochs.add(state.epoch())).run(data());
    assertEquals(List.of(5, 10, 12), epochs);
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    TrainingState state = trainer(Adam.of(0.02), 7, 0).epochs(3).run(data()).state();
    Trainer<Parameters> other = Trainer.of(Fit.rosenbrock()).resume(state);
    assertTrue(
        assertThrows(IllegalArgumentException.class, other::run)
            .getMessage()
            .startsWith("The state to go on from has the parameters (scale()"));
    Trainer<Parameters> another = trainer(RmsProp.of(0.1), 7, 0).resume(state);
    String method =
        assertThrows(IllegalArgumentException.class, () -> another.run(data())).getMessage();
    assertTrue(method.contains("belongs to another training. It had method 1: Adam["), method);
  }

  @Test
  void theSeedMakesTheBits() {
    Trainer<Parameters> trainer = trainer(RmsProp.of(0.01), 7, 0.3);
    assertArrayEquals(trainer.run(data()).losses(), trainer.run(data()).losses());
    assertNotEquals(trainer.run(data()).best(), trainer.seed(10).run(data()).best());
    Trainer<Parameters> random = trainer(CmaEs.of(), 100, 0);
    assertArrayEquals(random.run(data()).losses(), random.run(data()).losses());
    assertNotEquals(random.run(data()).best(), random.seed(10).run(data()).best());
  }
}
