package odeum.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import odeum.nn.Parameters;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method on problems whose answers are known. */
class OptimizersTest {
  static Stream<Arguments> nistStarts() {
    List<Arguments> cases = new ArrayList<>();
    for (NistProblems.Problem problem : NistProblems.all()) {
      problem.starts().forEach(start -> cases.add(Arguments.of(problem, start)));
    }
    return cases.stream();
  }

  static Stream<Arguments> nistNearStarts() {
    return NistProblems.all().stream().map(p -> Arguments.of(p, p.starts().getLast()));
  }

  @ParameterizedTest
  @MethodSource("nistStarts")
  void levenbergMarquardtFindsTheCertifiedAnswers(NistProblems.Problem problem, Parameters start) {
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.of(problem.objective(), start))
            .optimizer(LevenbergMarquardt.of().withTolerance(1e-14))
            .epochs(2000)
            .run(problem.data());
    assertEquals(TrainingEnd.CONVERGED, fit.end(), fit.message());
    for (String name : start.structure().names()) {
      double certified = problem.certified().get(name);
      assertEquals(certified, fit.parameter(name), 1e-7 * Math.abs(certified), name);
    }
    double sum = fit.loss() * problem.y().size();
    assertEquals(problem.sumOfSquares(), sum, 1e-9 * problem.sumOfSquares());
  }

  @ParameterizedTest
  @MethodSource("nistNearStarts")
  void lbfgsFindsThemFromTheNearerStarts(NistProblems.Problem problem, Parameters start) {
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.of(problem.objective(), start))
            .optimizer(Lbfgs.of().withTolerance(0))
            .epochs(5000)
            .run(problem.data());
    double sum = fit.loss() * problem.y().size();
    assertEquals(problem.sumOfSquares(), sum, 1e-6 * problem.sumOfSquares());
  }

  @ParameterizedTest
  @MethodSource("wholeBatch")
  void rosenbrocksValleyIsFollowedToItsEnd(WholeBatchOptimizer method) {
    TrainingResult<Parameters> fit = Trainer.of(Fit.rosenbrock()).optimizer(method).run();
    assertEquals(1, fit.parameter("a"), 1e-6);
    assertEquals(1, fit.parameter("b"), 1e-6);
    assertTrue(fit.epochs() < 60, fit.message());
    for (int i = 1; i < fit.epochs(); i++) {
      assertTrue(fit.losses()[i] <= fit.losses()[i - 1], "every iteration lowers the loss");
    }
  }

  @Test
  void cmaEsFollowsRosenbrocksValleyWithoutGradients() {
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.rosenbrock()).optimizer(CmaEs.of()).epochs(400).run();
    assertEquals(1, fit.parameter("a"), 1e-6);
    assertEquals(1, fit.parameter("b"), 1e-6);
    assertEquals(TrainingEnd.CONVERGED, fit.end());
  }

  @Test
  void cmaEsLeavesPoorMinima() {
    // Rastrigin's function in four dimensions: a minimum near every whole number, the best at zero.
    Objective egg =
        (p, s) ->
            p.flat().square().minus(p.flat().times(2 * Math.PI).cos().times(10)).plus(10).sum();
    Parameters start = Parameters.of("p", Tensor.vector(2.2, -3.1, 1.9, 3.8));
    Trainer<Parameters> trainer = Trainer.of(Fit.of(egg, start)).epochs(500);
    assertTrue(trainer.optimizer(Lbfgs.of()).run().loss() > 10);
    CmaEs method = CmaEs.of().withSigma(2).withPopulation(200);
    assertEquals(0, trainer.optimizer(method).run().loss(), 1e-9);
  }

  static List<WholeBatchOptimizer> wholeBatch() {
    return List.of(Lbfgs.of(), LevenbergMarquardt.of());
  }

  @Test
  void adamDoesWhatThePaperSays() {
    double[] gradients = {3, -1, 0.5, 2};
    double m = 0;
    double v = 0;
    double expected = 1;
    Optimizer.State state = Adam.of(0.01).start(Parameters.of("a", 1));
    for (int t = 1; t <= gradients.length; t++) {
      double g = gradients[t - 1];
      m = 0.9 * m + 0.1 * g;
      v = 0.999 * v + 0.001 * g * g;
      double corrected = m / (1 - StrictMath.pow(0.9, t));
      double scale = Math.sqrt(v / (1 - StrictMath.pow(0.999, t)));
      expected -= 0.01 * corrected / (scale + 1e-8);
      Optimizer.State before = state;
      state = state.step(Parameters.of("a", g));
      assertEquals(expected, state.parameters().get("a"), 1e-14);
      assertEquals(state.parameters(), before.step(Parameters.of("a", g)).parameters());
    }
  }

  @Test
  void momentumAddsUp() {
    Optimizer.State state = Sgd.of(0.1).withMomentum(0.5).start(Parameters.of("a", 1));
    state = state.step(Parameters.of("a", 1)).step(Parameters.of("a", 1));
    assertEquals(1 - 0.1 - 0.15, state.parameters().get("a"), 1e-15);
  }

  @ParameterizedTest
  @MethodSource("stepByStep")
  void straightLinesAreFoundFromBatches(StepOptimizer method) {
    double[] x = new double[64];
    double[] y = new double[64];
    for (int i = 0; i < x.length; i++) {
      x[i] = i / 32.0 - 1;
      y[i] = 2 * x[i] - 0.5;
    }
    Objective line =
        (p, s) -> s.get("x").times(p.get("slope")).plus(p.get("shift")).minus(s.get("y")).square();
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.of(line, Parameters.of("slope", 0).and("shift", 0)))
            .optimizer(method)
            .epochs(200)
            .batch(10)
            .seed(3)
            .run(Dataset.samples("x", Tensor.vector(x)).and("y", Tensor.vector(y)));
    assertEquals(2, fit.parameter("slope"), 1e-3);
    assertEquals(-0.5, fit.parameter("shift"), 1e-3);
  }

  static List<StepOptimizer> stepByStep() {
    return List.of(
        Adam.of(0.02),
        AdamW.of(0.02).withWeightDecay(0),
        RmsProp.of(0.02).withSchedule(Schedule.cosine()),
        RmsProp.of(0.01).withCentering().withMomentum(0.5).withSchedule(Schedule.linear(1, 0)),
        Sgd.of(0.1),
        Sgd.of(0.1).withSchedule(Schedule.oneCycle()),
        Sgd.of(0.02).withMomentum(0.9),
        Sgd.of(0.02).withNesterov(0.9));
  }

  static List<Optimizer> all() {
    return List.of(
        Adam.of(0.02),
        RmsProp.of(0.02).withSchedule(Schedule.cosine()),
        Sgd.of(0.05).withMomentum(0.5),
        Lbfgs.of(),
        LevenbergMarquardt.of(),
        CmaEs.of());
  }

  @ParameterizedTest
  @MethodSource("all")
  void limitsHoldAndAreReached(Optimizer method) {
    // Without limits the minimum lies at (3, -3, 3, 0.5).
    Objective bowl =
        Objective.leastSquares(
            (p, s) -> p.flat().minus(p.flat().constant(Tensor.vector(3, -3, 3, 0.5))));
    Parameters start = Parameters.of("a", 1).and("b", 2).and("c", 1).and("d", 0.9);
    Limits limits =
        Limits.of("a", 0, 2)
            .and("b", -1, Double.POSITIVE_INFINITY)
            .and("c", Double.NEGATIVE_INFINITY, 2.5)
            .and("d", 0, 1);
    boolean[] inside = {true};
    TrainingResult<Parameters> fit =
        Trainer.of(new Fit(bowl, start, limits))
            .optimizer(method)
            .epochs(2000)
            .listener(
                now ->
                    limits
                        .intervals()
                        .forEach(
                            (name, interval) ->
                                inside[0] &= interval.contains(now.parameters().get(name))))
            .run();
    assertEquals(2, fit.parameter("a"), 1e-5);
    assertEquals(-1, fit.parameter("b"), 1e-5);
    assertEquals(2.5, fit.parameter("c"), 1e-5);
    assertEquals(0.5, fit.parameter("d"), 1e-5);
    assertTrue(inside[0], "a parameter left its limits");
  }

  @ParameterizedTest
  @MethodSource("all")
  void aStartOnALimitCanLeaveIt(Optimizer method) {
    Objective bowl = Objective.leastSquares((p, s) -> p.flat().minus(0.5));
    Parameters start = Parameters.of("a", 0).and("b", 2).and("c", 0);
    Limits limits = Limits.of("a", 0, 1).and("b", -1, 2).and("c", 0, Double.POSITIVE_INFINITY);
    TrainingResult<Parameters> fit =
        Trainer.of(new Fit(bowl, start, limits)).optimizer(method).epochs(3000).run();
    assertEquals(0.5, fit.parameter("a"), 1e-3);
    assertEquals(0.5, fit.parameter("b"), 1e-3);
    assertEquals(0.5, fit.parameter("c"), 1e-3);
  }

  @Test
  void aStartOutsideOfTheLimitsIsRefused() {
    Fit fit = new Fit((p, s) -> p.get("a").square(), Parameters.of("a", 7), Limits.of("a", 0, 5));
    assertEquals(
        "The start of 'a' is 7.0, outside of its limits 0.0..5.0.",
        assertThrows(IllegalArgumentException.class, () -> Trainer.of(fit).run()).getMessage());
  }

  @Test
  void levenbergMarquardtNeedsResiduals() {
    Trainer<Parameters> trainer =
        Trainer.of(Fit.of((p, s) -> p.get("a").square(), Parameters.of("a", 7)))
            .optimizer(LevenbergMarquardt.of());
    assertEquals(
        "Levenberg-Marquardt needs a loss that is a mean of squares (Objective.leastSquares). Use"
            + " Lbfgs, or Adam.",
        assertThrows(IllegalArgumentException.class, trainer::run).getMessage());
  }
}
