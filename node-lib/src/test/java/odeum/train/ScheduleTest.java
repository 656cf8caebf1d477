package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import odeum.nn.Parameters;
import org.junit.jupiter.api.Test;

/** Factors of the learning rate; where PyTorch has the same schedule, its values. */
class ScheduleTest {
  private static double[] factors(Schedule schedule, int count, int steps) {
    return IntStream.range(0, count).mapToDouble(i -> schedule.factor(i, steps)).toArray();
  }

  @Test
  void factorsAreThoseOfPyTorch() {
    // CosineAnnealingLR(T_max=10)
    assertArrayEquals(
        new double[] {
          1.0,
          0.9755282581475768,
          0.9045084971874737,
          0.7938926261462366,
          0.6545084971874737,
          0.5,
          0.34549150281252633,
          0.2061073738537635,
          0.09549150281252633,
          0.024471741852423234
        },
        factors(Schedule.cosine(), 10, 10),
        1e-15);
    // OneCycleLR(max_lr=1, total_steps=10)
    assertArrayEquals(
        new double[] {
          0.04,
          0.52,
          1.0,
          0.9504846320134737,
          0.8117456539497631,
          0.6112620219362893,
          0.38874197806371075,
          0.18825834605023697,
          0.049519367986526286,
          4e-06
        },
        factors(Schedule.oneCycle(), 10, 10),
        1e-15);
    // StepLR(step_size=3, gamma=0.5)
    assertArrayEquals(
        new double[] {1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125},
        factors(Schedule.step(3, 0.5), 10, 0));
    // MultiStepLR(milestones=[2, 5, 6], gamma=0.5)
    assertArrayEquals(
        new double[] {1, 1, 0.5, 0.5, 0.5, 0.25, 0.125, 0.125},
        factors(Schedule.multistep(0.5, 2, 5, 6), 8, 0));
    // ExponentialLR(gamma=0.9) is a step of one, or ends at 0.9^5 after five
    double[] decay = {1.0, 0.9, 0.81, 0.729, 0.6561};
    assertArrayEquals(decay, factors(Schedule.step(1, 0.9), 5, 0), 1e-15);
    assertArrayEquals(decay, factors(Schedule.exponential(0.59049), 5, 5), 1e-15);
    // LinearLR(start_factor=1/3, end_factor=1, total_iters=5)
    assertArrayEquals(
        new double[] {1 / 3.0, 0.4666666666666667, 0.6, 0.7333333333333335, 0.8666666666666669, 1},
        factors(Schedule.linear(1 / 3.0, 1), 6, 5),
        1e-15);
  }

  @Test
  void theWarmUpRisesToTheFullRate() {
    double[] factors = factors(Schedule.cosine(0.25), 20, 20);
    assertArrayEquals(
        new double[] {0.2, 0.4, 0.6, 0.8, 1, 1}, java.util.Arrays.copyOf(factors, 6), 1e-15);
    double[] fall = factors(Schedule.cosine(), 15, 15);
    assertArrayEquals(fall, java.util.Arrays.copyOfRange(factors, 5, 20), 1e-15);
  }

  @Test
  void everyNamedScheduleStaysWithinItsRange() {
    for (String name : Schedule.names()) {
      for (int steps : new int[] {1, 2, 3, 17}) {
        for (double factor : factors(Schedule.named(name), steps, steps)) {
          assertTrue(factor >= 0 && factor <= 1, name + " gives " + factor);
        }
      }
    }
    assertEquals(
        "There is no schedule 'cosin'. Known: constant cosine exponential linear one-cycle. Did"
            + " you mean 'cosine'?",
        assertThrows(IllegalArgumentException.class, () -> Schedule.named("cosin")).getMessage());
  }

  @Test
  void aLoopWithoutALengthIsToldToGiveOne() {
    Adam method = Adam.of(0.1).withSchedule(Schedule.cosine());
    Parameters start = Parameters.of("a", 1);
    String message =
        assertThrows(IllegalArgumentException.class, () -> method.start(start)).getMessage();
    assertTrue(
        message.endsWith("must know how many steps there will be: start(parameters, steps)."));
    assertEquals(start, Adam.of(0.1).withSchedule(Schedule.step(2, 0.1)).start(start).parameters());
  }

  @Test
  void theTrainerSpreadsTheScheduleOverAllItsSteps() {
    // The gradient is 1 throughout, so a step is the learning rate.
    Fit slope = Fit.of((p, s) -> p.get("a"), Parameters.of("a", 0));
    Dataset data = Dataset.samples("unused", odeum.tensor.Tensor.vector(1, 2, 3, 4, 5));
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += Schedule.linear(1, 0).factor(i, 12);
    }
    TrainingResult<Parameters> fit =
        Trainer.of(slope)
            .optimizer(Sgd.of(1).withSchedule(Schedule.linear(1, 0)))
            .epochs(4)
            .batch(2)
            .run(data);
    assertEquals(-sum, fit.state().stage().position().at(0), 1e-14);
  }
}
