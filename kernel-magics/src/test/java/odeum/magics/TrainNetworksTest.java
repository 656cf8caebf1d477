package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import odeum.equation.Ode;
import odeum.plot.MimeBundle;
import odeum.train.TrainingEnd;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code %train} on systems with networks, and trainings that stop and go on. */
class TrainNetworksTest {
  private static final String BEGIN = "%train pend -d data --epochs ";
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define(@TempDir Path directory) {
    notebook.directory = directory;
    notebook.java(
        """
        import java.util.*;
        import java.nio.file.Path;
        import odeum.adjoint.*;
        import odeum.equation.*;
        import odeum.graph.*;
        import odeum.model.*;
        import odeum.nn.*;
        import odeum.path.*;
        import odeum.solver.*;
        import odeum.train.*;
        """);
    notebook.run("%%ode truth\nx' = y\ny' = -sin(x) - 0.1*y\ninit x = 1, y = 0\ntime 0 .. 3");
    notebook.run("%solve truth --saveat 8 -o data -q");
    notebook.run(
        """
        %%ode pend
        x' = y
        y' = f(x) - k*y
        net f = mlp(1, 4, 1, tanh)
        param k = 0.2
        let energy = y^2/2 - cos(x)
        init x = 1, y = 0
        time 0 .. 3""");
    notebook.java("var layer = Mlp.of(2, 5, 2);");
    notebook.java("var node = NeuralOde.of(layer, (t, y, p) -> layer.apply(p, y.pow(3)));");
    notebook.java(
        """
        var known =
            UniversalDifferentialEquation.of(
                    (t, y, p) ->
                        Tracer.stack(
                            y.get(1),
                            layer.apply(p.at("net"), y).get(0).minus(y.get(0).times(p.get("g")))))
                .withNumber("g", 0.7)
                .withNet("net", layer);
        """);
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private TrainingResult<?> training(String name) {
    return notebook.value(name);
  }

  private String message(String cell) {
    return assertThrows(MagicException.class, () -> notebook.run(cell)).getMessage();
  }

  private void assertSame(String name, String other) {
    TrainingResult<?> one = training(name);
    TrainingResult<?> two = training(other);
    assertArrayEquals(one.losses(), two.losses());
    assertArrayEquals(one.validationLosses(), two.validationLosses());
    assertArrayEquals(one.best().flat().toArray(), two.best().flat().toArray());
    assertEquals(one.bestEpoch(), two.bestEpoch());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pend  | --epochs 8",
        "pend  | -O adam:6,lbfgs:2 --lr 0.02 --schedule one-cycle --clip 0.5 --seed 3",
        "node  | --epochs 6 --window 4 --batch 3 --seed 1 -s rk4 --dt 0.2",
        "node  | --epochs 4 --val 0.25 --adjoint checkpointed --loss mae --patience 2",
        "known | --epochs 5 -O rmsprop --adjoint backsolve --rtol 1e-5",
      })
  void theCodeItPrintsGivesEqualBits(String model, String options) {
    String code =
        notebook.cell("%train " + model + " -d data " + options + " -o fit --plot loss --code");
    notebook.java(code.replace(" fit =", " again ="));
    assertSame("fit", "again");
    assertTrue(training("fit").losses().length > 0);
  }

  @Test
  void theNameOfItsOwnMethodChangesNothing() {
    notebook.run("%train pend -d data --epochs 4 -o fit -q");
    notebook.run("%train pend -d data -O adam:4 -o again -q");
    assertSame("fit", "again");
    notebook.run("%train pend -d data -O adam:4 --lr 1e-3 -o slow -q");
    assertTrue(training("slow").loss() > training("fit").loss());
  }

  @Test
  void whatWasTrainedIsAModelAndAFunction() {
    String summary = notebook.cell("%train pend -d data --epochs 30 -o fit --seed 2");
    assertTrue(summary.matches("(?s).*\\bk +[\\d.-]+ +0\\.2\\n.*"), summary);
    assertTrue(summary.contains("f: 13 weights"), summary);
    assertTrue(training("fit").loss() < 0.5 * training("fit").history().startLoss());
    double f = notebook.<Double>value("fit.net(\"f\").apply(1)");
    double slope = notebook.<Double>value("fit.model().derivative(0, 1, 0)[1]");
    assertEquals(slope, f);
    notebook.run("%solve fit.model() -o solved -q");
    double x = notebook.<Double>value("solved.last(\"x\")");
    double y = notebook.<Double>value("solved.last(\"y\")");
    double energy = notebook.<Double>value("solved.last(\"energy\")");
    assertEquals(y * y / 2 - Math.cos(x), energy, 1e-12);
    assertTrue(notebook.cell("%plot fit").contains("loss"));
  }

  @Test
  void aFieldInJavaIsTrainedAndSolvedFromTheFirstRow() {
    String shown = notebook.cell("%train node -d data --epochs 3 -o fit");
    assertTrue(shown.contains("network: 27 weights"), shown);
    MimeBundle last = notebook.live.values().iterator().next().getLast();
    String json = last.data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("name=x (data)") && json.contains("name=x,"), json);
    notebook.run("%solve fit.model() -o solved -q");
    assertEquals(1, notebook.<Double>value("solved.values(\"x\")[0]"));
    assertEquals(3, notebook.<Double>value("solved.times()[solved.size() - 1]"));
  }

  @Test
  void manySeriesAreOneLineInTheLegend() throws Exception {
    StringBuilder csv = new StringBuilder("id,t,x,y\n");
    for (int id = 0; id < 9; id++) {
      for (int t = 0; t < 3; t++) {
        csv.append("run %s,%s,%s,%s\n".formatted(id, t, id + t, id - t));
      }
    }
    Files.writeString(notebook.directory.resolve("runs.csv"), csv);
    notebook.run("%train node -d runs.csv --id id --epochs 2 -o fit");
    String json =
        notebook.live.values().iterator().next().getLast().data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("node, 8 of 9 series"), json);
    assertEquals(1, json.split("name=x,").length - 1);
  }

  @Test
  void aTrainingGoesOnToTheSameBits() {
    notebook.run(BEGIN + "9 --val 0.3 -q -o whole");
    notebook.run(BEGIN + "4 --val 0.3 --save a.safetensors -q");
    notebook.run(BEGIN + "9 --val 0.3 --resume a.safetensors -q -o fromFile");
    assertSame("whole", "fromFile");
    notebook.run(BEGIN + "4 --val 0.3 -q -o half");
    notebook.run(BEGIN + "9 --val 0.3 --resume half -q -o fromResult");
    assertSame("whole", "fromResult");
  }

  @Test
  void oneLineBeginsAndGoesOn() {
    String line = " -O adam:5,lbfgs:2 --save b.safetensors --resume b.safetensors -o ";
    notebook.run("%train pend -d data" + line + "first");
    notebook.run("%train pend -d data" + line + "second --code");
    assertSame("first", "second");
    String code = notebook.outputs.getLast().text();
    assertTrue(code.contains(".resume(Path.of(\"b.safetensors\"))"), code);
    assertTrue(code.contains(".checkpoint(java.time.Duration.ofMillis(1000), Path.of("), code);
    String text = notebook.live.values().stream().toList().getLast().getLast().text();
    assertTrue(text.startsWith("epoch 7/7 ▇▇▇▇▇▇▇▇▇▇ 100 % · loss "), text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FlowMatching.of(flow).fit(points)            | flow matching",
        "flow.fit(points)                             | negative log likelihood",
        "flow.fit(points).withObjective(flow.objective()) | loss",
        "flow.fit(points) --loss flow.objective()     | loss",
        "OdeRnn.of(2, 4) -d data                      | mean square",
        "LatentOde.of(2,2) -d data                    | negative ELBO",
        "net -d classes                               | cross entropy",
        "blocks -d classes                            | cross entropy",
        "mine -d classes                              | loss",
        "node -d data                                 | mse",
        "node -d data --loss mae                      | mae",
      })
  void theReportCallsTheLossByItsName(String arguments, String name) {
    notebook.java("import odeum.tensor.*;");
    notebook.java("var flow = ContinuousNormalizingFlow.of(HyperNetwork.of(2, 3, 3));");
    notebook.java("var points = Tensor.matrix(new double[][] {{0, 1}, {1, 0}});");
    notebook.java(
        "var classes = Dataset.samples(\"x\", points).and(\"class\", Tensor.vector(0, 1));");
    notebook.java("var net = OdeNet.of(Linear.of(2, 2), Mlp.of(2, 3, 2), Linear.of(2, 2));");
    notebook.java("var blocks = net.resNet(2);");
    notebook.java("var mine = Trainable.of(net.objective(), key -> net.start(key));");
    String summary = notebook.cell("%train " + arguments + " --epochs 1 --plot none");
    String line =
        summary.lines().filter(l -> l.contains(" at the start)")).findFirst().orElseThrow();
    assertTrue(line.matches(name + " -?[\\d.]+ \\(-?[\\d.]+ at the start\\)"), line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pend -d data --epochs 3 --clip 1   | largest gradient: ",
        "pend -d data --epochs 3 --rtol 1e-4| solver: ",
        "pend -d data --epochs 3 --loss mae | loss: mse, now mae",
        "pend -d late --epochs 3            | data: ",
        "other -d data --epochs 3           | It had y': f(x) - k*y, now 2*f(x) - k*y. Go",
        "pend -d data --epochs 3 --lr 0.5   | method 1: ",
        "node -d data --epochs 3            | The state to go on from ",
        "pend -d data --epochs 3 --seed 4   | it was trained with --seed 0, now 4",
      })
  void anotherTrainingIsRefused(String arguments, String difference) {
    notebook.run(BEGIN + "2 --save c.safetensors -q");
    notebook.run("%solve truth -t 1 3 --saveat 8 -o late -q");
    notebook.java("var other = Ode.parse(pend.source().replace(\"f(x) -\", \"2*f(x) -\"));");
    String message = message("%train " + arguments + " --resume c.safetensors");
    assertTrue(message.startsWith("%train: "), message);
    assertTrue(message.contains(difference), message);
    assertEquals(1, message.lines().count(), message);
  }

  @Test
  void aMissingCheckpointNamesTheNearest() {
    notebook.run(BEGIN + "1 --save run.safetensors -q");
    String message = message(BEGIN + "2 --resume rum.safetensors");
    assertTrue(message.startsWith("%train: --resume: there is no file rum.safetensors in "));
    assertTrue(message.endsWith("Did you mean run.safetensors?"), message);
  }

  @Test
  void anInterruptLeavesACheckpointAndTheLineThatGoesOn() {
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 40;
    String message = message(BEGIN + "5000 --save d.safetensors");
    notebook.interrupt = () -> false;
    int done = training("pendFit").epochs();
    assertTrue(message.startsWith("%train pend: interrupted after epoch " + done + " of 5000; "));
    String line =
        "go on: %train pend -d data --epochs 5000 --save d.safetensors --resume d.safetensors"
            + " -o pendFit";
    assertTrue(message.endsWith(line), message);
    notebook.run(line.substring(7).replace("5000", "" + (done + 3)) + " -q");
    notebook.run(BEGIN + (done + 3) + " -q -o whole");
    assertSame("whole", "pendFit");
  }

  @Test
  void aMethodWithoutStateGoesOnFromTheBest() {
    notebook.run(
        "%%ode swing\nx' = y\ny' = -g*sin(x)\nparam g = 2\ninit x = 1, y = 0\ntime 0 .. 3");
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 8;
    String message = message("%train swing -d data -O cmaes:50 -o fit");
    notebook.interrupt = () -> false;
    TrainingResult<Ode> kept = notebook.value("fit");
    String line = message.substring(message.indexOf("go on: ") + 7);
    String rest = "cmaes:" + (50 - kept.epochs());
    assertEquals("%train fit.model() -d data -O " + rest + " -o fit", line);
    notebook.run(line.replace(rest, "cmaes:2") + " -q");
    assertTrue(notebook.<TrainingResult<Ode>>value("fit").loss() <= kept.loss());
  }

  @Test
  void aBudgetSaysHowToDoTheSameWithoutAClock() {
    String code = notebook.cell(BEGIN + "1000000 --budget 0.8s -o fit --code");
    TrainingResult<?> fit = training("fit");
    assertEquals(TrainingEnd.OUT_OF_TIME, fit.end());
    assertFalse(code.contains("budget"), code);
    notebook.java(code.replace(" fit =", " again ="));
    assertSame("fit", "again");
    String summary = notebook.outputs.get(notebook.outputs.size() - 2).text();
    String same = "the same without a clock: " + BEGIN + fit.epochs() + " -o fit --code\n";
    assertTrue(summary.contains(same), summary);
    String further = "go on: " + BEGIN + "1000000 --budget 0.8s --code --resume fit -o fit";
    assertTrue(summary.endsWith(further), summary);
  }

  @Test
  void aModelOfOnesOwnKeepsItsType() {
    notebook.java(
        """
        import odeum.tensor.*;
        record Line() implements Trainable<Model> {
          public Objective objective() {
            return Objective.leastSquares(
                (p, s) -> s.get("x").times(p.get("w")).minus(s.get("y")));
          }
          public Parameters start(RandomKey key) { return Parameters.of("w", 9); }
          public Model with(Parameters p) {
            return Model.of((t, y, q) -> y.times(q.get("w")), 1, p);
          }
        }
        record Slope(double w) {}
        record Named() implements Trainable<Slope> {
          public Objective objective() { return new Line().objective(); }
          public Parameters start(RandomKey key) { return new Line().start(key); }
          public Slope with(Parameters p) { return new Slope(p.get("w")); }
        }
        var samples = Dataset.samples("x", Tensor.vector(1, 2)).and("y", Tensor.vector(2, 4));
        """);
    String code = notebook.cell("%train \"new Line()\" -d samples -O lm --epochs 9 -o line --code");
    notebook.java("double slope = line.model().parameters().get(\"w\");");
    assertEquals(2, notebook.<Double>value("slope"), 1e-9);
    notebook.java(code.replace(" line ", " pasted "));
    notebook.java("double again = pasted.model().parameters().get(\"w\");");
    assertEquals(notebook.<Double>value("slope"), notebook.<Double>value("again"));
    notebook.run("%train \"new Named()\" -d samples -O lm --epochs 9 -o named -q");
    notebook.java("double third = named.model().w();");
    assertEquals(notebook.<Double>value("slope"), notebook.<Double>value("third"));
  }
}
