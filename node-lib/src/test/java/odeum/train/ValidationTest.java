package odeum.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Samples that are held back decide which parameters are best, and when it is enough. */
class ValidationTest {
  private static final Mlp NET = Mlp.of(1, 20, 1);
  private static final Fit FIT =
      Fit.of(
          Objective.leastSquares((p, s) -> NET.apply(p, s.get("x")).minus(s.get("y"))),
          NET.initial(RandomKey.of(2)));

  /** Noise around a line: a network learns the noise when it is trained for long. */
  private static Dataset noise(int seed) {
    Tensor x = RandomKey.of(seed).uniform(Shape.of(20, 1), -1, 1);
    double[] y = RandomKey.of(seed + 1).normal(Shape.of(20)).toArray();
    for (int i = 0; i < 20; i++) {
      y[i] = 0.5 * y[i] + x.at(i);
    }
    return Dataset.samples("x", x).and("y", Tensor.of(Shape.of(20, 1), y));
  }

  static List<Optimizer> methods() {
    return List.of(Adam.of(0.05), Lbfgs.of(), LevenbergMarquardt.of());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void theBestIsThatOfTheValidation(Optimizer method) {
    Dataset held = noise(50);
    List<Parameters> seen = new ArrayList<>();
    TrainingResult<Parameters> fit =
        Trainer.of(FIT)
            .optimizer(method)
            .epochs(150)
            .validation(held)
            .listener(now -> seen.add(now.parameters()))
            .run(noise(10));
    Compiled compiled = FIT.objective().compile(FIT.from(), held);
    double[] losses = fit.validationLosses();
    assertEquals(fit.epochs(), losses.length);
    double least = compiled.value(FIT.from(), held.all());
    int at = 0;
    for (int i = 0; i < losses.length; i++) {
      assertEquals(compiled.value(seen.get(i + 1), held.all()), losses[i]);
      if (losses[i] < least) {
        least = losses[i];
        at = i + 1;
      }
    }
    assertEquals(at, fit.bestEpoch());
    assertEquals(least, fit.loss());
    assertEquals(seen.get(at), fit.best());
    assertTrue(at < fit.epochs(), "it never learnt the noise");
    double last = fit.losses()[fit.epochs() - 1];
    assertTrue(last < fit.losses()[Math.max(0, at - 1)], "it learnt nothing more");
  }

  @Test
  void patienceLooksAtTheValidation() {
    TrainingResult<Parameters> fit =
        Trainer.of(FIT)
            .optimizer(Adam.of(0.05))
            .epochs(2000)
            .validation(noise(50))
            .patience(20)
            .run(noise(10));
    assertEquals(TrainingEnd.NO_PROGRESS, fit.end());
    assertEquals(fit.bestEpoch() + 20, fit.epochs());
  }

  @Test
  void aShareIsHeldBackByTheSeed() {
    Dataset data = noise(10);
    Trainer<Parameters> trainer =
        Trainer.of(FIT).optimizer(Adam.of(0.01)).epochs(5).validation(0.25).seed(3);
    Dataset.Split split = data.split(0.25, RandomKey.of(3).fold(2));
    TrainingResult<Parameters> expected =
        Trainer.of(FIT)
            .optimizer(Adam.of(0.01))
            .epochs(5)
            .validation(split.validation())
            .run(split.training());
    TrainingResult<Parameters> fit = trainer.run(data);
    assertArrayEquals(expected.losses(), fit.losses());
    assertArrayEquals(expected.validationLosses(), fit.validationLosses());
    assertThrows(IllegalArgumentException.class, () -> trainer.validation(1.0));
    assertEquals(0, Trainer.of(FIT).epochs(2).run(data).validationLosses().length);
  }

  @Test
  void gradientsAreCutEntryByEntry() {
    Parameters gradient = Parameters.of("g", Tensor.vector(3, -0.5, -7));
    assertEquals(Tensor.vector(2, -0.5, -2), gradient.clipValue(2).flat());
    Objective slope = (p, s) -> p.get("a").times(5).plus(p.get("b").times(0.5));
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.of(slope, Parameters.of("a", 0).and("b", 0)))
            .optimizer(Sgd.of(1))
            .epochs(1)
            .clipValue(2)
            .run();
    assertEquals(-2, fit.parameter("a"));
    assertEquals(-0.5, fit.parameter("b"));
  }
}
