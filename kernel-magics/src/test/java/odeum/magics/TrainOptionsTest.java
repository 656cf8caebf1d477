package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import odeum.plot.MimeBundle;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What else {@code %train} heeds: objectives of the user's own, and other trainings beside it. */
class TrainOptionsTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define(@TempDir Path directory) {
    notebook.directory = directory;
    notebook.java(
        """
        import java.util.*;
        import java.nio.file.Path;
        import odeum.equation.*;
        import odeum.graph.*;
        import odeum.model.*;
        import odeum.nn.*;
        import odeum.path.*;
        import odeum.tensor.*;
        import odeum.train.*;
        var data = Examples.sines(3, 6, RandomKey.of(1));
        var decay = TimeSeries.of(0, 1, 2, 3).and("x", 3, 2, 1.5, 1);
        var node = NeuralOde.of(Mlp.of(1, 4, 1));
        """);
    notebook.run("%%ode fall\nx' = -k*x\nparam k = 1\ninit x = 3\nevent x = 2.9 falling: stop");
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private TrainingResult<?> training(String name) {
    return notebook.value(name);
  }

  private void assertSame(String name, String other) {
    assertArrayEquals(training(name).losses(), training(other).losses());
    assertEquals(training(name).best(), training(other).best());
  }

  @Test
  void anObjectiveOfASampleAndOneOfTheBatch() {
    notebook.java(
        """
        Objective sample =
            (p, s) -> s.get("y").mean().times(p.get("k")).minus(0.6).square();
        Objective batch =
            Objective.overBatch(
                (p, b) -> b.get("y").mean().times(p.get("k")).minus(0.6).square());
        """);
    // The mean over all samples is squared, which no mean over samples gives.
    for (String objective : new String[] {"sample", "batch"}) {
      String cell = "%train fall -d List.of(decay,decay) -O adam --epochs 5 --loss ";
      String code = notebook.cell(cell + objective + " -o fit --code");
      assertTrue(code.contains(".withObjective(" + objective + ")"), code);
      notebook.java(code.replace(" fit =", " again ="));
      assertSame("fit", "again");
      assertTrue(training("fit").loss() < training("fit").history().startLoss());
    }
    notebook.run("%train fall -d decay -O lbfgs --loss batch -o found -q");
    assertEquals(0.6 / 1.875, training("found").best().get("k"), 1e-5);
  }

  @Test
  void aSearchGivesTheBitsOfTheBestRate() {
    String line = "%train node -d data --window 4 --val 0.4 -O adam:24,lbfgs:3 --schedule cosine";
    String save = " --save " + notebook.directory.resolve("s.safetensors");
    String code = notebook.cell(line + " --search" + save + " -o found --code");
    String text = notebook.live.values().iterator().next().getLast().text();
    assertTrue(text.startsWith("learning rate  epochs  held back\n1e-4 "), text);
    String best = text.substring(text.indexOf("without a search: ") + 18);
    assertTrue(best.startsWith(line + save + " -o found --code --lr "), best);
    notebook.run(best.replace("-o found --code", "-o plain -q"));
    assertSame("plain", "found");
    notebook.java(code.replace(" found =", " pasted ="));
    assertSame("pasted", "found");
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 9;
    String message =
        assertThrows(MagicException.class, () -> notebook.run(line + " --search")).getMessage();
    notebook.interrupt = () -> false;
    assertTrue(message.startsWith("%train: interrupted while it searched; the rates so far:\n"));
  }

  @Test
  void aStopIsNotHeededAndThatIsSaid() {
    String summary = notebook.cell("%train fall -d decay -o fit");
    String note = "nothing stops the solve, as there are data until their end; not heeded: ";
    assertTrue(summary.contains(note), summary);
    assertTrue(training("fit").loss() < 0.1, summary);
  }

  @Test
  void manyParametersAreSlowWithLevenbergMarquardt() {
    notebook.java("var wide = NeuralOde.of(Mlp.of(1, 20, 1));");
    String summary = notebook.cell("%train wide -d decay -O lm --epochs 1");
    assertTrue(summary.contains("lm computes 61 derivatives for each iteration"), summary);
  }

  @Test
  void trainingsBesideEachOtherDoNotDisturbOneAnother() {
    String line = "%train node -d data --window 4 --batch 3 --seed 7 --epochs ";
    notebook.run(line + "6 -o alone -q");
    notebook.run(line + "3 -o first");
    notebook.run("%train fall -d decay --seed 7 -O cmaes --epochs 4 -o other");
    notebook.run(line + "6 -o second");
    notebook.run(line + "6 --resume first -o third");
    assertSame("alone", "second");
    assertSame("alone", "third");
    assertEquals(4, notebook.live.size());
    for (var frames : notebook.live.values()) {
      MimeBundle last = frames.getLast();
      assertTrue(last.text().contains(" s · seed 7"), last.text());
    }
    double[] before = training("other").losses();
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 20;
    assertThrows(MagicException.class, () -> notebook.run(line + "600 -o broken"));
    notebook.interrupt = () -> false;
    assertArrayEquals(before, training("other").losses());
    assertSame("alone", "second");
    notebook.run(line + "6 -o last -q");
    assertSame("alone", "last");
  }

  @Test
  void aNaNIsTracedAndSaysWhatToTry() {
    notebook.java("Objective root = (p, s) -> p.get(\"k\").minus(1).square().sqrt();");
    String message =
        assertThrows(
                MagicException.class,
                () -> notebook.run("%train fall -d decay -O lbfgs --loss root -o kept"))
            .getMessage();
    assertTrue(
        message.startsWith("%train fall: the gradient became NaN at epoch 1 (first "), message);
    assertTrue(
        message.contains("try: %train fall -d decay -O adam --loss root -o kept  or  --starts 8"),
        message);
  }
}
