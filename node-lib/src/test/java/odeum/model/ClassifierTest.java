package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import odeum.equation.Ode;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.Labelled;
import odeum.solver.Integrator;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Trainer;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
  private static final Labelled MOONS = Examples.moons(100, 0.1, RandomKey.of(1));

  private static NeuralOde node(int states) {
    return NeuralOde.of(Mlp.of(states, 12, states))
        .withIntegrator(Integrator.fixed(Solvers.rk4(), 0.25));
  }

  @Test
  void twoMoonsAreToldApart() {
    Trainer<Classifier> trainer =
        Trainer.of(Classifier.of(node(2), MOONS)).epochs(120).validation(0.2);
    TrainingResult<Classifier> fit = trainer.run();
    Classifier trained = fit.model();
    assertTrue(trained.accuracy(MOONS) >= 0.95, trained.accuracy(MOONS) + " after training");
    assertTrue(trained.accuracy(Examples.moons(100, 0.1, RandomKey.of(2))) >= 0.9);
    assertTrue(fit.loss() < 0.25 * fit.history().startLoss(), fit.toString());
    assertEquals("0", trained.classify(0, 1));
    assertEquals("1", trained.classify(1, -0.5));
    Dataset.Split split = trainer.split().orElseThrow();
    assertEquals(20, split.validation().size());
    double all =
        0.8 * trained.accuracy(split.training()) + 0.2 * trained.accuracy(split.validation());
    assertEquals(trained.accuracy(MOONS), all, 1e-12);
  }

  @Test
  void theLossIsTheCrossEntropyOfTheProbabilities() {
    Classifier classifier = Classifier.of(node(2), MOONS);
    Parameters start = classifier.start(RandomKey.of(3));
    Classifier placed = classifier.with(start);
    double sum = 0;
    double[] x = MOONS.column("x");
    double[] y = MOONS.column("y");
    for (int i = 0; i < MOONS.size(); i++) {
      double[] shares = placed.probabilities(x[i], y[i]);
      assertEquals(1, DoubleStream.of(shares).sum(), 1e-15);
      int kind = placed.classes().indexOf(MOONS.labels().get(i));
      sum -= StrictMath.log(shares[kind]) / MOONS.size();
    }
    Compiled compiled = classifier.objective().compile(start, classifier.data());
    assertEquals(sum, compiled.value(start, classifier.data().all()), 1e-12);
  }

  @Test
  void theScoresAreReadFromTheEndOfTheSolve() {
    Classifier placed =
        Classifier.of(node(3), MOONS).with(Classifier.of(node(3), MOONS).start(RandomKey.of(3)));
    assertEquals(List.of("x", "y", "extra1"), placed.problem(1, 2).names());
    Solution solution = Integrator.fixed(Solvers.rk4(), 0.25).solve(placed.problem(0.3, -0.4));
    assertEquals(1, solution.times()[solution.size() - 1]);
    double[] end = {solution.last("x"), solution.last("y"), solution.last("extra1")};
    Parameters readout = placed.parameters().at("readout");
    double[] scores = new double[2];
    for (int c = 0; c < 2; c++) {
      scores[c] = readout.tensor("bias").at(c);
      for (int i = 0; i < 3; i++) {
        scores[c] += readout.tensor("weight").get(c, i) * end[i];
      }
    }
    double share = 1 / (1 + StrictMath.exp(scores[1] - scores[0]));
    assertEquals(share, placed.probabilities(0.3, -0.4)[0], 1e-12);
  }

  @Test
  void equationsClassifyToo() {
    Labelled rows =
        Labelled.named("fate", "dies", "lives", "dies", "lives", "dies", "lives")
            .and("n", 0.1, 0.9, 0.2, 0.7, 0.35, 0.6);
    Ode allee =
        Ode.parse(
            "n' = 9*n*(n - a)*(1 - n)\nm' = -m\nparam a = 0.3 in 0..1\ninit n = 1, m = 1\ntime 0 .. 2");
    TrainingResult<Classifier> fit = Trainer.of(Classifier.of(allee, rows)).epochs(150).run();
    assertEquals(1, fit.model().accuracy(rows));
    assertEquals("dies", fit.model().classify(0.15));
    assertEquals(List.of("dies", "lives"), fit.model().classes());
    assertTrue(fit.parameter("a") > 0.3 && fit.parameter("a") < 1, fit.toString());
    assertEquals(2, fit.model().problem(0.5).end());
    assertEquals(1, fit.model().problem(0.5).initial().at(1));
  }

  @Test
  void moreThanTwoClassesAndEqualBits() {
    Labelled rows =
        Labelled.named("n", "10", "9", "2", "10", "9", "2").and("x", 1, 2, 3, 1.1, 2.1, 3.1);
    assertEquals(List.of("2", "9", "10"), rows.classes());
    Classifier classifier = Classifier.of(node(1), rows);
    TrainingResult<Classifier> one = Trainer.of(classifier).epochs(5).batch(4).run();
    TrainingResult<Classifier> two = Trainer.of(classifier).epochs(5).batch(4).run();
    assertArrayEquals(one.losses(), two.losses());
    assertEquals(3, one.model().probabilities(2).length);
  }

  @Test
  void filesAreRead(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("iris.csv");
    Files.writeString(file, "petal,sepal,kind\n1,2,a b\n3,4.5,c\n");
    Labelled all = Labelled.readCsv(file, "kind");
    assertEquals(Labelled.named("kind", "a b", "c").and("petal", 1, 3).and("sepal", 2, 4.5), all);
    Labelled some = Labelled.readCsv(file, "kind", Map.of("x", "sepal"));
    assertEquals(Labelled.named("kind", "a b", "c").and("x", 2, 4.5), some);
    assertEquals(some, all.select(Map.of("x", "sepal")));
    Files.writeString(file, "petal,kind\n,a\n");
    String message =
        assertThrows(RuntimeException.class, () -> Labelled.readCsv(file, "kind")).getMessage();
    assertTrue(
        message.endsWith(
            "line 2, column 'petal': the value is missing: a sample needs all its numbers."),
        message);
    assertThrows(RuntimeException.class, () -> Labelled.readCsv(file, "knid"));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Labelled one = Labelled.named("kind", "a", "a").and("x", 1, 2).and("z", 1, 2);
    Labelled two = Labelled.named("kind", "a", "b").and("x", 1, 2).and("z", 1, 2);
    Ode system = Ode.parse("x' = -x\ny' = y\ninit x = 1, y = 1");
    assertMessage(() -> Classifier.of(system, one), "There must be two classes or more, but all ");
    assertMessage(
        () -> Classifier.of(system, two),
        "Column 'z' is no state of the model (x y). Say which columns are states, as in: --columns x=x");
    assertMessage(
        () -> Classifier.of(node(1), two), "The model has 1 states, too few for 2 columns (x z).");
    Classifier fits = Classifier.of(node(2), two);
    assertMessage(() -> fits.classify(1), "A sample has 2 numbers (x z), got 1.");
  }

  private static void assertMessage(Runnable call, String start) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.startsWith(start), message);
  }

  @Test
  void examplesAreTheSameEverywhere() {
    assertEquals(MOONS, Examples.moons(100, 0.1, RandomKey.of(1)));
    Labelled circles = Examples.circles(50, 0, RandomKey.of(1));
    for (int i = 0; i < 50; i++) {
      double radius = Math.hypot(circles.column("x")[i], circles.column("y")[i]);
      assertEquals(i % 2 == 0 ? 0.5 : 1, radius, 1e-15);
    }
    Labelled spirals = Examples.spirals(50, 0, RandomKey.of(1));
    assertEquals(50, spirals.size());
    assertEquals(11, Examples.lotkaVolterra(11, 0.1, RandomKey.of(0)).size());
    assertEquals(3, Examples.sines(3, 20, RandomKey.of(0)).size());
  }
}
