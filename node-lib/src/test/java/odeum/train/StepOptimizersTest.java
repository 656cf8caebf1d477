package odeum.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import odeum.nn.Parameters;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps against those of PyTorch 2.15 in double precision: five gradients from (1, -2, 0.5). */
class StepOptimizersTest {
  private static final Parameters START = Parameters.of("p", Tensor.vector(1, -2, 0.5));
  private static final List<Tensor> GRADIENTS =
      List.of(
          Tensor.vector(3, -1, 0.5),
          Tensor.vector(0.25, 2, -4),
          Tensor.vector(-1.5, 0.125, 1),
          Tensor.vector(2, -0.75, 0.0625),
          Tensor.vector(0.5, 1, -2));

  static Stream<Arguments> afterFiveSteps() {
    return Stream.of(
        // torch.optim.Adam(lr=0.1)
        of(Adam.of(0.1), 0.7151021717771197, -2.000831111670574, 0.5701883687948204),
        // Adam(lr=0.1, betas=(0.5, 0.75))
        of(
            Adam.of(0.1).withBetas(0.5, 0.75),
            0.7680915325482975,
            -2.026640259347161,
            0.5721273903316112),
        // Adam(lr=0.1) with CosineAnnealingLR(T_max=5)
        of(
            Adam.of(0.1).withSchedule(Schedule.cosine()),
            0.7997519302780385,
            -1.9585976246311654,
            0.4948479675305658),
        // AdamW(lr=0.1, weight_decay=0.05)
        of(
            AdamW.of(0.1).withWeightDecay(0.05),
            0.6938697735335161,
            -1.9524185974991628,
            0.5583488372187602),
        // RMSprop(lr=0.1)
        of(RmsProp.of(0.1), -0.27850883580041674, -2.025611631176407, 0.6742965576562787),
        // RMSprop(lr=0.1, alpha=0.9, momentum=0.5)
        of(
            RmsProp.of(0.1).withAlpha(0.9).withMomentum(0.5),
            0.29013883273237817,
            -1.9291943482012557,
            0.48313528153828456),
        // RMSprop(lr=0.1, alpha=0.8, centered=True)
        of(
            RmsProp.of(0.1).withAlpha(0.8).withCentering(),
            0.6569812353755365,
            -2.003971628630086,
            0.5619345437161725),
        // RMSprop(lr=0.1, alpha=0.8, centered=True, momentum=0.25, weight_decay=0.01)
        of(
            RmsProp.of(0.1).withAlpha(0.8).withCentering().withMomentum(0.25).withWeightDecay(0.01),
            0.5640380115989375,
            -1.963165616146097,
            0.5371499844912054),
        // SGD(lr=0.1)
        of(Sgd.of(0.1), 0.575, -2.1375, 0.9437500000000001),
        // SGD(lr=0.1, momentum=0.9, weight_decay=0.02)
        of(
            Sgd.of(0.1).withMomentum(0.9).withWeightDecay(0.02),
            -0.3541749847072321,
            -2.2172114681935358,
            1.570158837267984),
        // SGD(lr=0.1, momentum=0.9, weight_decay=0.02, nesterov=True)
        of(
            Sgd.of(0.1).withNesterov(0.9).withWeightDecay(0.02),
            -0.6427886113616628,
            -2.3123775669343227,
            1.8954532347126085));
  }

  private static Arguments of(StepOptimizer method, double... expected) {
    return Arguments.of(method, expected);
  }

  @ParameterizedTest
  @MethodSource("afterFiveSteps")
  void stepsAreThoseOfPyTorch(StepOptimizer method, double[] expected) {
    Optimizer.State state = method.start(START, 5);
    for (Tensor gradient : GRADIENTS) {
      state = state.step(Parameters.of("p", gradient));
    }
    for (int i = 0; i < 3; i++) {
      assertEquals(expected[i], state.parameters().flat().at(i), 1e-14);
    }
  }

  @ParameterizedTest
  @MethodSource("afterFiveSteps")
  void memoryIsAllThereIsToAMethod(StepOptimizer method, double[] expected) {
    Optimizer.State state = method.start(START, 5);
    for (Tensor gradient : GRADIENTS) {
      Optimizer.State restored = method.restore(state.parameters(), state.memory(), 5);
      assertEquals(state.memory(), restored.memory());
      Optimizer.State before = state;
      state = state.step(Parameters.of("p", gradient));
      assertEquals(state.parameters(), restored.step(Parameters.of("p", gradient)).parameters());
      assertEquals(
          state.parameters(),
          before.step(Parameters.of("p", gradient)).parameters(),
          "a state was changed by its step");
    }
    assertEquals(expected[0], state.parameters().flat().at(0), 1e-14);
  }

  @ParameterizedTest
  @MethodSource("afterFiveSteps")
  void settingsStayWhenAnotherIsChanged(StepOptimizer method, double[] expected) {
    Schedule schedule = Schedule.linear(1, 0.5);
    StepOptimizer changed = method.withLearningRate(7).withSchedule(schedule);
    assertEquals(7, changed.learningRate());
    assertEquals(schedule, changed.schedule());
    assertEquals(method, changed.withLearningRate(0.1).withSchedule(method.schedule()));
    assertTrue(Double.isFinite(expected[0]));
  }

  @Test
  void bowlsAreRolledDown() {
    // f = (p0 - 3)^2 + 10 (p1 + 1)^2 + (p2)^2 / 2
    for (StepOptimizer method :
        List.of(
            Adam.of(0.05),
            AdamW.of(0.05).withWeightDecay(0),
            RmsProp.of(0.05),
            RmsProp.of(0.01).withCentering().withMomentum(0.9),
            Sgd.of(0.02).withMomentum(0.9),
            Sgd.of(0.02).withNesterov(0.9))) {
      StepOptimizer scheduled = method.withSchedule(Schedule.cosine(0.05));
      Optimizer.State state = scheduled.start(START, 2000);
      for (int i = 0; i < 2000; i++) {
        Tensor p = state.parameters().flat();
        Tensor gradient = Tensor.vector(2 * (p.at(0) - 3), 20 * (p.at(1) + 1), p.at(2));
        state = state.step(Parameters.of("p", gradient));
      }
      assertEquals(3, state.parameters().flat().at(0), 1e-4, method.toString());
      assertEquals(-1, state.parameters().flat().at(1), 1e-4, method.toString());
      assertEquals(0, state.parameters().flat().at(2), 1e-4, method.toString());
    }
  }

  @Test
  void weightsDecayWithoutAGradient() {
    Optimizer.State state = AdamW.of(0.1).withWeightDecay(0.5).start(Parameters.of("p", 2));
    state = state.step(Parameters.of("p", 0)).step(Parameters.of("p", 0));
    assertEquals(2 * 0.95 * 0.95, state.parameters().get("p"), 1e-15);
  }

  @Test
  void foreignMemoriesAreRefused() {
    OptimizerMemory memory = Adam.of(0.1).start(START).memory();
    assertEquals(
        "The memory has no 'momentum', only: steps mean square. Was it saved by another method?",
        message(() -> Sgd.of(0.1).restore(START, memory, 0)));
    assertEquals(
        "'mean' should have shape (1), but was saved with (3). Were there other parameters?",
        message(() -> Adam.of(0.1).restore(Parameters.of("p", 1), memory, 0)));
  }

  @Test
  void methodsHaveNames() {
    for (String name : Optimizers.names()) {
      assertEquals(name, Optimizers.named(name).name());
    }
    assertEquals(
        "There is no optimizer 'adamm'. Known: adam adamw rmsprop sgd lbfgs lm cmaes. Did you mean"
            + " 'adam'?",
        message(() -> Optimizers.named("adamm")));
  }

  private static String message(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(IllegalArgumentException.class, call).getMessage();
  }
}
