package odeum.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.nn.Parameters;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loss that is lost is traced to its operation, whatever the method. */
class TroubleTest {
  static java.util.stream.Stream<Optimizer> methods() {
    return java.util.stream.Stream.of(
        Adam.of(1e-3), Sgd.of(1e-3), Lbfgs.of(), LevenbergMarquardt.of());
  }

  /** At zero the root has a value, but no slope. */
  @ParameterizedTest
  @MethodSource("methods")
  void aGradientThatIsNoNumber(Optimizer method) {
    Fit fit =
        Fit.of(
            Objective.leastSquares((p, s) -> p.get("a").square().sqrt().plus(1)),
            Parameters.of("a", 0));
    TrainingResult<Parameters> result = Trainer.of(fit).optimizer(method).run();
    assertEquals(TrainingEnd.NOT_FINITE, result.end());
    assertTrue(
        result.message().startsWith("the gradient became NaN at epoch 1 (first "),
        result.message());
  }

  @org.junit.jupiter.api.Test
  void aGenerationWithoutALoss() {
    // Only the start itself has a loss.
    Fit fit =
        Fit.of(
            (p, s) -> p.get("a").minus(2).square().unaryMinus().sqrt().plus(p.get("b").square()),
            Parameters.of("a", 2).and("b", 1));
    TrainingResult<Parameters> result = Trainer.of(fit).optimizer(CmaEs.of()).run();
    assertEquals(TrainingEnd.NOT_FINITE, result.end());
    assertTrue(
        result.message().startsWith("the loss became NaN at epoch 10 (first NaN: square root of -"),
        result.message());
  }
}
