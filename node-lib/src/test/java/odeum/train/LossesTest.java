package odeum.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.nn.Chain;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Losses against PyTorch 2.15 and by hand, and their gradients. */
class LossesTest {
  private static final Tensor ERRORS = Tensor.vector(-3, -1, -0.25, 0, 0.5, 1, 2);

  private interface Measure {
    Tracer of(Tracer errors);
  }

  private static double value(Tensor input, Measure measure) {
    Graph graph = Graph.trace(List.of(input.shape()), in -> List.of(measure.of(in.getFirst())));
    return Program.of(graph).run(List.of(input)).getFirst().scalar();
  }

  @Test
  void valuesAreThoseOfPyTorch() {
    assertEquals(15.3125 / 7, value(ERRORS, Losses::meanSquare), 1e-15);
    assertEquals(7.75 / 7, value(ERRORS, Losses::meanAbsolute), 1e-15);
    // huber_loss, and with delta=0.4
    assertEquals(0.7366071428571429, value(ERRORS, e -> Losses.huber(e, 1)), 1e-15);
    assertEquals(0.3758928571428572, value(ERRORS, e -> Losses.huber(e, 0.4)), 1e-15);
    // gaussian_nll_loss(var=0.49, full=True)
    assertEquals(2.794406446408797, value(ERRORS, e -> Losses.gaussian(e, e.constant(0.7))), 1e-14);
  }

  @Test
  void crossEntropyIsThatOfTheSoftmax() {
    double sum = StrictMath.exp(1) + StrictMath.exp(-2) + StrictMath.exp(0.5);
    Tensor scores = Tensor.vector(1, -2, 0.5);
    for (int label = 0; label < 3; label++) {
      Tensor one = Tensor.scalar(label);
      assertEquals(
          -StrictMath.log(StrictMath.exp(scores.at(label)) / sum),
          value(scores, s -> Losses.crossEntropy(s, s.constant(one))),
          1e-14);
    }
    Tensor rows = Tensor.matrix(new double[] {1, -2, 0.5}, new double[] {1000, 0, -1000});
    double first = StrictMath.log(sum) - 0.5;
    assertEquals(
        (first + 1000) / 2,
        value(rows, s -> Losses.crossEntropy(s, s.constant(Tensor.vector(2, 1)))),
        1e-12);
  }

  @Test
  void labelsThatAreNoClassesAreNotOverlooked() {
    Tensor scores = Tensor.vector(1, -2, 0.5);
    for (double label : new double[] {-1, 3, 0.5}) {
      assertTrue(
          Double.isNaN(value(scores, s -> Losses.crossEntropy(s, s.constant(label)))),
          "label " + label);
    }
    assertEquals(
        "Scores of shape (..., classes) need labels of shape (...), got (3) and (1).",
        assertThrows(
                IllegalArgumentException.class,
                () -> value(scores, s -> Losses.crossEntropy(s, s.constant(Tensor.vector(1)))))
            .getMessage());
  }

  private static final Objective.Residuals LINE =
      (p, s) -> s.get("x").times(p.get("slope")).minus(s.get("y"));

  private static Parameters line(Loss loss) {
    Parameters slope = Parameters.of("slope", 0.3);
    return loss == Loss.NEGATIVE_LOG_LIKELIHOOD ? slope.and("sd", 0.7) : slope;
  }

  @ParameterizedTest
  @EnumSource
  void maskedErrorsDoNotCount(Loss loss) {
    Parameters at = line(loss);
    Dataset few = Dataset.sample("x", Tensor.vector(1, 2, 4)).and("y", Tensor.vector(1, 5, 0));
    Dataset more =
        Dataset.sample("x", Tensor.vector(1, 9, 2, 4))
            .and("y", Tensor.vector(1, -7, 5, 0))
            .and("mask", Tensor.vector(1, 0, 1, 1));
    Objective all = loss.of(LINE);
    Objective some = loss.of(LINE, (p, s) -> s.get("mask"));
    Evaluation expected = all.compile(at, few).at(at, few.all());
    Evaluation found = some.compile(at, more).at(at, more.all());
    assertEquals(expected.value(), found.value(), 1e-14);
    for (int i = 0; i < at.size(); i++) {
      double slope = expected.gradient().flat().at(i);
      assertEquals(slope, found.gradient().flat().at(i), 1e-13);
      assertTrue(slope != 0);
    }
    assertEquals(loss == Loss.MEAN_SQUARE, some.residuals().isPresent());
  }

  @ParameterizedTest
  @EnumSource
  void gradientsAreThoseOfFiniteDifferences(Loss loss) {
    Parameters at = line(loss);
    Dataset data = Dataset.sample("x", Tensor.vector(1, 2, 4)).and("y", Tensor.vector(1, 5, 0));
    Compiled compiled = loss.of(LINE).compile(at, data);
    for (String name : at.structure().names()) {
      double up = compiled.value(at.with(name, at.get(name) + 1e-6), data.all());
      double down = compiled.value(at.with(name, at.get(name) - 1e-6), data.all());
      double slope = compiled.at(at, data.all()).gradient().get(name);
      assertEquals((up - down) / 2e-6, slope, 1e-8);
    }
  }

  @Test
  void theLikelihoodFindsTheStandardDeviation() {
    Tensor noise = RandomKey.of(8).normal(Shape.of(400));
    double[] x = new double[400];
    double[] y = new double[400];
    for (int i = 0; i < 400; i++) {
      x[i] = i / 100.0;
      y[i] = 2 * x[i] + 0.25 * noise.at(i);
    }
    Dataset data = Dataset.sample("x", Tensor.vector(x)).and("y", Tensor.vector(y));
    Objective nll = Loss.named("nll").of(LINE);
    Fit learned =
        new Fit(
            nll,
            Parameters.of("slope", 1).and("sd", 1),
            Limits.of("sd", 0, Double.POSITIVE_INFINITY));
    TrainingResult<Parameters> fit =
        Trainer.of(learned).optimizer(Lbfgs.of()).epochs(200).run(data);
    assertEquals(2, fit.parameter("slope"), 0.02);
    assertEquals(0.25, fit.parameter("sd"), 0.03);
    // Without a parameter for it, the standard deviation is at its best throughout.
    TrainingResult<Parameters> best =
        Trainer.of(Fit.of(nll, Parameters.of("slope", 1)))
            .optimizer(Lbfgs.of())
            .epochs(200)
            .run(data);
    assertEquals(fit.loss(), best.loss(), 1e-9);
    assertEquals(fit.parameter("slope"), best.parameter("slope"), 1e-5);
  }

  @Test
  void aClassifierLearnsItsClasses() {
    Chain net = Chain.of(Linear.of(2, 3));
    Tensor x = RandomKey.of(5).uniform(Shape.of(90, 2), -1, 1);
    double[] labels = new double[90];
    for (int i = 0; i < 90; i++) {
      labels[i] = x.get(i, 0) > 0 ? 0 : x.get(i, 1) > 0 ? 1 : 2;
    }
    Dataset data = Dataset.samples("x", x).and("label", Tensor.vector(labels));
    Objective objective = (p, s) -> Losses.crossEntropy(net.apply(p, s.get("x")), s.get("label"));
    TrainingResult<Parameters> fit =
        Trainer.of(Fit.of(objective, net.initial(RandomKey.of(0))))
            .optimizer(Adam.of(0.1).withSchedule(Schedule.cosine()))
            .epochs(40)
            .batch(10)
            .validation(0.2)
            .run(data);
    assertTrue(fit.history().startLoss() > 0.9, fit.message());
    assertTrue(fit.loss() < 0.3, "the loss is " + fit.loss());
    assertEquals(40, fit.validationLosses().length);
    assertEquals(fit.loss(), fit.validationLosses()[fit.bestEpoch() - 1]);
  }

  @Test
  void objectivesAddUp() {
    Parameters at = Parameters.of("net", Parameters.of("a", Tensor.vector(3, 4))).and("b", 7);
    Objective sum = Objective.meanSquareOf("net").times(0.1).plus((p, s) -> p.get("b"));
    Dataset data = Fit.NOTHING;
    assertEquals(0.1 * 12.5 + 7, sum.compile(at, data).value(at, data.all()), 1e-15);
    assertEquals(0, sum.residuals().stream().count());
  }

  @Test
  void lossesHaveNames() {
    assertEquals(Loss.MEAN_ABSOLUTE, Loss.named("l1"));
    for (Loss loss : Loss.values()) {
      assertEquals(loss, Loss.named(loss.shortName()));
    }
    assertEquals(
        "There is no loss 'hubert'. Known: mse mae huber nll. Did you mean 'huber'?",
        assertThrows(IllegalArgumentException.class, () -> Loss.named("hubert")).getMessage());
  }
}
