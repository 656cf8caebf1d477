package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import odeum.model.Classifier;
import odeum.plot.MimeBundle;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code %train --label}: classes told apart by an equation. */
class TrainLabelTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define(@TempDir Path directory) throws Exception {
    notebook.directory = directory;
    notebook.java(
        """
        import java.util.*;
        import java.nio.file.Path;
        import odeum.adjoint.*;
        import odeum.equation.*;
        import odeum.model.*;
        import odeum.nn.*;
        import odeum.path.*;
        import odeum.plot.Tables;
        import odeum.solver.*;
        import odeum.tensor.*;
        import odeum.train.*;
        import tech.tablesaw.api.*;
        var moons = Examples.moons(60, 0.1, RandomKey.of(1));
        var node = NeuralOde.of(Mlp.of(3, 8, 3));
        var table =
            Table.create(
                DoubleColumn.create("x", 1, 2, 3, 4),
                DoubleColumn.create("speed", 1, 0, 3, 1),
                StringColumn.create("kind", "up", "up", "down", "down"));
        """);
    Files.writeString(
        directory.resolve("points.csv"), "a,b,c,kind\n1,2,0,1\n2,1,0,2\n0,1,0,3\n2,2,0,1\n");
    notebook.run(
        "%%ode pair\nx' = k*y\ny' = f(x)\nnet f = mlp(1, 3, 1, tanh)\nparam k = 1\ninit x = 0, y = 0.5");
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private TrainingResult<Classifier> training(String name) {
    return notebook.value(name);
  }

  @Test
  void moonsAreToldApartAndShown() {
    String cell = "%train node -d moons -s rk4 --dt 0.25 --epochs 60 --val 0.2 -o fit";
    String summary = notebook.cell(cell);
    assertTrue(summary.contains("validation cross entropy 0."), summary);
    String accuracy = "accuracy [\\d.]+ %, [\\d.]+ % held back";
    assertTrue(summary.matches("(?s).*\n" + accuracy + "\n.*"), summary);
    assertTrue(summary.contains("readout: 8 weights"), summary);
    MimeBundle last = notebook.live.values().stream().toList().getLast().getLast();
    assertTrue(
        last.text().matches("(?s)epoch 60/60 .* · best [^ ]+ · " + accuracy + " · .*"),
        last.text());
    String json = last.data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("heatmap") && json.contains("name=0"), json);
    assertTrue(((String) last.data().get(MimeBundle.SVG)).contains("probability of 1"));
    assertEquals("0", notebook.<String>value("fit.model().classify(0, 1)"));
    assertTrue(notebook.<Double>value("fit.model().accuracy(moons)") > 0.85);
    notebook.run("%solve \"fit.model().problem(0, 1)\" -o path -q");
    assertEquals(1, notebook.<Double>value("path.times()[path.size() - 1]"));
  }

  @Test
  void varKnowsWhatItGets() {
    notebook.run("%train node -d moons --epochs 1 -s rk4 --dt 0.5 -q -o kinds");
    Catalogue catalogue = Magics.catalogue();
    MagicHelp.connect(notebook::variables, notebook::evaluate);
    try {
      String result = "odeum.train.TrainingResult<odeum.";
      assertEquals(result + "model.NeuralOde>", catalogue.resultType("train", "node -d series"));
      assertEquals(result + "equation.Ode>", catalogue.resultType("train", "pair -d series"));
      assertEquals(result + "model.Classifier>", catalogue.resultType("train", "pair -d moons"));
      String again = catalogue.resultType("train", "kinds.model() -d series");
      assertEquals(result + "model.Classifier>", again);
    } finally {
      MagicHelp.connect(List::of, name -> null);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "node | -d moons --epochs 3 -s rk4 --dt 0.5 --batch 20 --seed 2",
        "node | -d points.csv --label kind --columns u=a,v=b --epochs 3 --val 0.3 --rtol 1e-4",
        "node | -d points.csv --label kind --adjoint checkpointed -O adam:2,lbfgs:2",
        "pair | -d table --label kind --columns x=x --epochs 3 --starts 2 --lr 0.05 --schedule cosine",
      })
  void theCodeItPrintsGivesEqualBits(String model, String options) {
    String absolute = notebook.directory.resolve("points.csv").toString();
    String code =
        notebook.cell(
            "%train " + model + " " + options.replace("points.csv", absolute) + " -o fit --code");
    assertTrue(code.startsWith("TrainingResult<Classifier> fit = Trainer.of(Classifier.of("), code);
    notebook.java(code.replace(" fit =", " again ="));
    assertArrayEquals(training("fit").losses(), training("again").losses());
    assertEquals(training("fit").best(), training("again").best());
    assertTrue(training("fit").losses().length > 0);
  }
}
