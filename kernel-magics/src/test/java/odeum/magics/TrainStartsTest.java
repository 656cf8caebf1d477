package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import odeum.equation.Ode;
import odeum.plot.MimeBundle;
import odeum.train.TrainingResult;
import odeum.train.TrainingStart;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code %train --starts}: the frequency of a spring, whose loss has many minima. */
class TrainStartsTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define(@TempDir Path directory) {
    notebook.directory = directory;
    notebook.java("import java.util.*; import java.nio.file.Path; import odeum.equation.*;");
    notebook.java("import odeum.model.*; import odeum.path.*; import odeum.train.*;");
    notebook.run("%%ode truth\nx'' = -9*x\ninit x = 1, x' = 0\ntime 0 .. 10");
    notebook.run("%solve truth --saveat 30 -o data -q");
    notebook.run(
        "%%ode spring\nx'' = -w^2*x\nparam w = 0.9 in 0.5..5\ninit x = 1, x' = 0\ntime 0 .. 10");
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private TrainingResult<Ode> training(String name) {
    return notebook.value(name);
  }

  private void assertSame(String name, String other) {
    TrainingResult<Ode> one = training(name);
    TrainingResult<Ode> two = training(other);
    assertArrayEquals(one.losses(), two.losses());
    assertArrayEquals(one.best().flat().toArray(), two.best().flat().toArray());
    assertArrayEquals(
        one.starts().stream().mapToDouble(TrainingStart::loss).toArray(),
        two.starts().stream().mapToDouble(TrainingStart::loss).toArray());
    assertEquals(one.message(), two.message());
  }

  @Test
  void eightStartsFindTheFrequencyAndSayHow() {
    notebook.run("%train spring -d data -q -o one");
    assertTrue(training("one").loss() > 0.1);
    String summary = notebook.cell("%train spring -d data --starts 8 -o eight");
    assertEquals(3, training("eight").parameter("w"), 1e-4);
    assertTrue(summary.contains("start  loss there  best "), summary);
    assertTrue(summary.matches("(?s).*\\n\\d +\\S+ +\\S+ +\\d+ +the best\\n.*"), summary);
    assertTrue(summary.contains("the best of 8 starts is number "), summary);
    MimeBundle last = notebook.live.values().stream().toList().getLast().getLast();
    assertTrue(last.text().startsWith("start 8/8 · epoch "), last.text());
    assertTrue(
        last.data().get(MimeBundle.PLOTLY).toString().contains("loss of start "), last.text());
  }

  @Test
  void anInterruptPrintsTheLineThatGoesOnToTheSameBits() {
    notebook.run("%train spring -d data --starts 4 -O adam:6,lbfgs:4 -q -o whole");
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 25;
    String line = "%train spring -d data --starts 4 -O adam:6,lbfgs:4 -o part";
    String message = assertThrows(MagicException.class, () -> notebook.run(line)).getMessage();
    notebook.interrupt = () -> false;
    String start = "%train spring: interrupted in start 2 of 4, after epoch ";
    assertTrue(message.startsWith(start), message);
    assertTrue(
        message.matches("(?s).* of 10; the best parameters \\(start [12], epoch .*"), message);
    String next = message.substring(message.indexOf("go on: ") + 7);
    assertEquals(line.replace(" -o part", " --resume part -o part"), next);
    notebook.run(next);
    assertSame("whole", "part");
  }

  @Test
  void methodsWithoutStateBeginTheirStartAgain() {
    notebook.run("%train spring -d data --starts 3 --epochs 5 -q -o whole");
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 25;
    String line = "%train spring -d data --starts 3 --epochs 5 --save s.safetensors -o part";
    String message = assertThrows(MagicException.class, () -> notebook.run(line)).getMessage();
    notebook.interrupt = () -> false;
    assertFalse(message.contains("in start 1 of"), message);
    notebook.run(message.substring(message.indexOf("go on: ") + 7));
    assertSame("whole", "part");
    notebook.run("%train spring -d data --starts 3 --epochs 5 --resume s.safetensors -q -o file");
    assertSame("whole", "file");
  }

  @Test
  void aBudgetIsForAllStarts() {
    String cell =
        "%train spring -d data --starts 100000 --budget 0.5s -O sgd:20 --lr 1e-9 -o fit --code";
    String code = notebook.cell(cell);
    TrainingResult<Ode> fit = training("fit");
    String summary = notebook.outputs.get(notebook.outputs.size() - 2).text();
    assertTrue(summary.contains("the time was up in start " + fit.starts().size() + " of 100000"));
    assertTrue(summary.contains("go on: %train spring -d data --starts 100000 "), summary);
    int whole = fit.starts().size() - 1;
    String same = "the same without a clock: %train spring -d data --starts " + whole + " -O sgd";
    assertTrue(StartsTable.best(fit) > whole || summary.contains(same), summary);
    if (StartsTable.best(fit) <= whole) {
      assertTrue(code.contains(".starts(" + whole + ")") && !code.contains("budget"), code);
      notebook.java(code.replace(" fit =", " again ="));
      assertArrayEquals(fit.losses(), training("again").losses());
      assertEquals(fit.loss(), training("again").loss());
    }
  }
}
