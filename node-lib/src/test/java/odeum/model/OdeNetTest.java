package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.nn.Activation;
import odeum.nn.Augment;
import odeum.nn.Chain;
import odeum.nn.ConcatTime;
import odeum.nn.Conv2d;
import odeum.nn.Flatten;
import odeum.nn.GlobalAveragePool;
import odeum.nn.GroupNorm;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.nn.Reshape;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Trainer;
import org.junit.jupiter.api.Test;

class OdeNetTest {
  private static final Layer STEM = Chain.of(Reshape.of(1, 4, 4), Conv2d.of(1, 4, 2).withStride(2));
  private static final Layer HALF =
      Chain.of(
          GroupNorm.of(2, 4), Activation.TANH, ConcatTime.of(Conv2d.of(5, 4, 3).withPadding(1)));
  private static final Layer BLOCK = Chain.of(HALF, HALF);
  private static final Layer HEAD = Chain.of(GlobalAveragePool.of(), Linear.of(4, 3));
  private static final OdeNet NET = OdeNet.of(STEM, BLOCK, HEAD);
  private static final Dataset IMAGES =
      Dataset.samples("x", RandomKey.of(1).normal(Shape.of(9, 16)))
          .and("class", Tensor.vector(0, 1, 2, 0, 1, 2, 2, 1, 0));

  /** Points inside or outside a circle: no line divides them. */
  private static Dataset disc(int count, int seed) {
    double[] x = RandomKey.of(seed).normal(Shape.of(count, 2)).toArray();
    double[] kinds = new double[count];
    for (int i = 0; i < count; i++) {
      kinds[i] = x[2 * i] * x[2 * i] + x[2 * i + 1] * x[2 * i + 1] < 1.2 ? 0 : 1;
    }
    return Dataset.samples("x", Tensor.of(Shape.of(count, 2), x))
        .and("class", Tensor.vector(kinds));
  }

  private static Tensor x(Dataset data) {
    return data.all().field("x");
  }

  @Test
  void eulersMethodMakesAResidualNetworkOfIt() {
    for (int blocks : new int[] {1, 4}) {
      OdeNet euler = NET.withIntegrator(Integrator.fixed(Solvers.euler(), 1.0 / blocks));
      assertEquals(NET.resNet(blocks).scores(x(IMAGES)), euler.scores(x(IMAGES)));
    }
    // To the time 3 in three steps: the plain residual network with shared weights.
    ResNet plain = ResNet.shared(STEM, BLOCK, 3, HEAD);
    OdeNet long3 = NET.withEnd(3).withIntegrator(Integrator.fixed(Solvers.euler(), 1));
    assertEquals(plain.scores(x(IMAGES)), long3.scores(x(IMAGES)));
    assertNotEquals(plain.scores(x(IMAGES)), NET.scores(x(IMAGES)));
  }

  @Test
  void moreBlocksComeNearer() {
    OdeNet exact = NET.withTolerance(1e-10);
    double[] expected = exact.scores(x(IMAGES)).toArray();
    double before = Double.POSITIVE_INFINITY;
    for (int blocks : new int[] {4, 8, 16}) {
      double error = distance(expected, NET.resNet(blocks).scores(x(IMAGES)).toArray());
      assertTrue(error < 0.7 * before, blocks + " blocks are " + error + " away");
      before = error;
    }
  }

  private static double distance(double[] a, double[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }

  @Test
  void toleranceTradesPrecisionForSpeed() {
    double[] exact = NET.withTolerance(1e-11).scores(x(IMAGES)).toArray();
    double rough = distance(exact, NET.withTolerance(1e-2).scores(x(IMAGES)).toArray());
    double fine = distance(exact, NET.withTolerance(1e-7).scores(x(IMAGES)).toArray());
    assertTrue(fine < 1e-6 && fine < rough / 100, fine + " and " + rough);
    int[] few = NET.withTolerance(1e-2).evaluations(IMAGES);
    int[] many = NET.withTolerance(1e-7).evaluations(IMAGES);
    for (int i = 0; i < few.length; i++) {
      assertTrue(few[i] < many[i], "sample " + i);
    }
    // Four Euler steps evaluate four times.
    OdeNet euler = NET.withIntegrator(Integrator.fixed(Solvers.euler(), 0.25));
    assertArrayEquals(new int[] {4, 4, 4, 4, 4, 4, 4, 4, 4}, euler.evaluations(IMAGES));
  }

  @Test
  void aSampleAloneEndsWhereItDoesInABatch() {
    OdeNet fine = NET.withTolerance(1e-10);
    Tensor first = x(IMAGES.select(4));
    assertArrayEquals(
        Arrays.copyOfRange(fine.scores(x(IMAGES)).toArray(), 12, 15),
        fine.scores(first).toArray(),
        1e-8);
    assertEquals(16, fine.solve(first.reshape(Shape.of(16))).state(0).size(), "a state of 4x2x2");
  }

  @Test
  void gradientIsThatOfDifferences() {
    OdeNet fine = NET.withLearnedEnd(0.8).withTolerance(1e-9);
    Parameters p = fine.parameters();
    for (Adjoint adjoint : List.of(Adjoint.direct(), Adjoint.backsolve())) {
      Compiled loss = fine.withAdjoint(adjoint).objective().compile(p, IMAGES);
      Batch batch = IMAGES.all();
      double[] gradient = loss.at(p, batch).gradient().flat().toArray();
      for (int i = 0; i < p.size(); i += i < p.size() - 20 ? 23 : 1) {
        double[] up = p.flat().toArray();
        double[] down = up.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double slope =
            (loss.value(p.withFlat(up), batch) - loss.value(p.withFlat(down), batch)) / 2e-5;
        assertEquals(slope, gradient[i], 1e-6, adjoint.name() + ", parameter " + i);
      }
    }
  }

  @Test
  void vectorsInALargerSpaceAreToldApart() {
    OdeNet net = OdeNet.of(Augment.of(2), Mlp.of(4, 16, 4), Linear.of(4, 2)).withTolerance(1e-2);
    Dataset training = disc(120, 1);
    var fit = Trainer.of(net).optimizer(Adam.of(0.02)).epochs(80).run(training);
    OdeNet trained = fit.model();
    assertTrue(trained.accuracy(training) > 0.95, "of training: " + trained.accuracy(training));
    assertTrue(trained.accuracy(disc(200, 2)) > 0.9, "of others");
    int[] classes = trained.classify(x(training));
    double[] labels = training.all().field("class").toArray();
    long right = 0;
    for (int i = 0; i < classes.length; i++) {
      right += classes[i] == labels[i] ? 1 : 0;
    }
    assertEquals(right / 120.0, trained.accuracy(training), 0);
  }

  @Test
  void theEndOfTheSpanIsLearned() {
    OdeNet net = OdeNet.of(Flatten.of(), Mlp.of(2, 8, 2), Linear.of(2, 2)).withLearnedEnd(1);
    assertEquals(List.of("end"), net.limits().intervals().keySet().stream().toList());
    var fit = Trainer.of(net).optimizer(Adam.of(0.02)).epochs(15).run(disc(60, 3));
    OdeNet trained = fit.model();
    assertEquals(trained.parameters().get("end"), trained.end());
    assertTrue(Math.abs(trained.end() - 1) > 1e-3 && trained.end() > 0, "end " + trained.end());
    // Fixed where it is, the net gives the same scores.
    OdeNet fixed = trained.withEnd(trained.end());
    assertEquals(trained.scores(x(IMAGES_OF_TWO)), fixed.scores(x(IMAGES_OF_TWO)));
    assertEquals(trained.parameters().size() - 1, fixed.parameters().size());
    assertEquals(1, NET.end());
  }

  private static final Dataset IMAGES_OF_TWO = disc(5, 4);

  @Test
  void namesAreThoseOfTheParts() {
    assertEquals(
        List.of(
            "stem.1.weight",
            "stem.1.bias",
            "block.0.0.weight",
            "block.0.0.bias",
            "block.0.2._layer.weight",
            "block.0.2._layer.bias"),
        NET.parameters().structure().names().subList(0, 6));
    ResNet resNet = ResNet.of(STEM, List.of(Conv2d.of(4, 4, 1), Activation.TANH), HEAD);
    assertEquals(
        List.of(
            "stem.1.weight",
            "stem.1.bias",
            "blocks.0.weight",
            "blocks.0.bias",
            "head.1.weight",
            "head.1.bias"),
        resNet.parameters().structure().names());
    assertEquals(Shape.of(9, 3), resNet.scores(x(IMAGES)).shape());
  }

  @Test
  void misuseSaysWhatToTry() {
    Parameters other = Parameters.of("stem", 1.0);
    assertThrows(IllegalArgumentException.class, () -> NET.with(other));
    assertThrows(IllegalArgumentException.class, () -> NET.withEnd(0));
    assertThrows(IllegalArgumentException.class, () -> NET.scores(Tensor.scalar(1)));
    assertThrows(IllegalArgumentException.class, () -> ResNet.shared(STEM, BLOCK, 0, HEAD));
  }

  @Test
  void trainingStartsFromTheSeed() {
    assertEquals(NET.start(RandomKey.of(5)), NET.start(RandomKey.of(5)));
    assertNotEquals(NET.start(RandomKey.of(5)), NET.start(RandomKey.of(6)));
    Parameters drawn = NET.start(RandomKey.of(7));
    assertEquals(drawn, NET.with(drawn).start(RandomKey.of(8)), "a trained net goes on");
    Integrator bosh = Integrator.adaptive(Solvers.bosh3(), Pid.of(1e-4, 1e-4));
    assertEquals(drawn, NET.with(drawn).withIntegrator(bosh).parameters());
  }
}
