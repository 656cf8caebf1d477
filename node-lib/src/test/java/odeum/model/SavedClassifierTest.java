package odeum.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import odeum.adjoint.Adjoint;
import odeum.equation.Ode;
import odeum.file.FileException;
import odeum.file.Json;
import odeum.file.Safetensors;
import odeum.nn.Activation;
import odeum.nn.Augment;
import odeum.nn.Chain;
import odeum.nn.ConcatTime;
import odeum.nn.Conv2d;
import odeum.nn.GlobalAveragePool;
import odeum.nn.GroupNorm;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Reshape;
import odeum.path.Labelled;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Trainer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedClassifierTest {
  private static final Labelled MOONS = Examples.moons(40, 0.1, RandomKey.of(0));

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("classifier.safetensors");
  }

  @Test
  void aClassifierComesBackWithItsClassesAndBits() {
    Classifier moons =
        Trainer.of(Classifier.of(NeuralOde.of(Mlp.of(3, 8, 3)), MOONS))
            .optimizer(Adam.of(0.05))
            .epochs(10)
            .run()
            .model();
    moons.save(file());
    SavedClassifier saved = SavedClassifier.load(file());
    assertEquals(List.of("0", "1"), saved.classes());
    assertEquals(List.of("x", "y"), saved.features());
    assertEquals(moons.parameters(), saved.parameters());
    for (int i = 0; i < 10; i++) {
      double[] point = {MOONS.column("x")[i], MOONS.column("y")[i]};
      assertArrayEquals(moons.probabilities(point), saved.probabilities(point));
      assertEquals(moons.classify(point), saved.classify(point));
    }
    String two = assertThrows(IllegalArgumentException.class, () -> saved.classify(1)).getMessage();
    assertTrue(two.contains("2 numbers, got 1"), two);
  }

  private static OdeNet images() {
    Layer half =
        Chain.of(
            GroupNorm.of(2, 4), Activation.RELU, ConcatTime.of(Conv2d.of(5, 4, 3).withPadding(1)));
    return OdeNet.of(
        Chain.of(Reshape.of(1, 6, 6), Conv2d.of(1, 4, 4).withStride(2).withPadding(1)),
        half,
        Chain.of(GlobalAveragePool.of(), Linear.of(4, 3)));
  }

  @Test
  void netsForImagesComeBackInABatchToo() {
    Tensor x = RandomKey.of(1).uniform(Shape.of(5, 36), 0, 1);
    for (OdeNet net : List.of(images(), images().withLearnedEnd(1.5).withTolerance(1e-6))) {
      net.save(file(), Shape.of(36));
      assertEquals(net.scores(x), SavedClassifier.load(file()).scores(x));
    }
    ResNet twin = images().resNet(3);
    twin.save(file(), Shape.of(36));
    assertEquals(twin.scores(x), SavedClassifier.load(file()).scores(x));
  }

  @Test
  void everyAdjointIsKept() {
    Tensor x = RandomKey.of(1).normal(Shape.of(4, 2));
    for (Adjoint adjoint :
        List.of(Adjoint.backsolve(), Adjoint.forward(), Adjoint.checkpointed())) {
      OdeNet net =
          OdeNet.of(Augment.of(1), Mlp.of(3, 4, 3), Linear.of(3, 2))
              .withIntegrator(Integrator.of(Solvers.tsit5()))
              .withAdjoint(adjoint);
      net.save(file(), Shape.of(2));
      assertEquals(net.scores(x), SavedClassifier.load(file()).scores(x), adjoint.name());
    }
  }

  @Test
  void whatAFileCannotHoldIsNamed() {
    Ode bounces =
        Ode.parse(
            """
            x' = y
            y' = -1 + x
            event x = 0 falling: y = -y
            init x = 1, y = 0
            time 0 .. 1\
            """);
    Classifier classifier = Classifier.of(bounces, MOONS);
    String events =
        assertThrows(IllegalArgumentException.class, () -> classifier.save(file())).getMessage();
    assertTrue(events.contains("'solve with events"), events);
    assertTrue(Files.notExists(file()));
  }

  @Test
  void damagedFilesAreRefused() {
    OdeNet net = OdeNet.of(Augment.of(1), Mlp.of(3, 4, 3), Linear.of(3, 2));
    net.save(file(), Shape.of(2));
    Safetensors good = Safetensors.read(file());
    Json.Fields data = (Json.Fields) good.data("classifier");
    for (String field : List.of("classes", "features", "parameters", "graph")) {
      good.withData("classifier", data.with(field, Json.ofReals(1, 2, 3))).write(file());
      assertThrows(FileException.class, () -> SavedClassifier.load(file()), field);
    }
    String text = data.write();
    for (String[] change :
        new String[][] {
          {"\"kind\":\"solve\"", "\"kind\":\"sieve\""},
          {"\"adjoint\":\"direct\"", "\"adjoint\":\"other\""},
          {"\"solver\":\"dopri5\"", "\"solver\":\"dopri6\""},
        }) {
      assertTrue(text.contains(change[0]), text);
      Json.Fields changed = (Json.Fields) Json.parse(text.replace(change[0], change[1]));
      good.withData("classifier", changed).write(file());
      String message =
          assertThrows(FileException.class, () -> SavedClassifier.load(file())).getMessage();
      assertTrue(message.startsWith(file().toString()), message);
    }
    assertTrue(
        assertThrows(FileException.class, () -> Model.load(file()))
            .getMessage()
            .contains("it is no model, but a classifier"));
  }
}
