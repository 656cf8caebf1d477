package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import odeum.equation.Ode;
import odeum.plot.MimeBundle;
import odeum.train.TrainingResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainMagicTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void define(@TempDir Path directory) throws IOException {
    notebook.directory = directory;
    StringBuilder csv = new StringBuilder("year,amount,note\n");
    for (int year = 0; year <= 10; year++) {
      csv.append("%s,%s,%s\n".formatted(year, 3 * StrictMath.exp(-0.4 * year), year));
    }
    Files.writeString(directory.resolve("decay.csv"), csv);
    notebook.java("import java.util.*; import odeum.adjoint.*; import odeum.plot.Tables;");
    notebook.java("import tech.tablesaw.api.*;");
    notebook.run("%%ode decay\nx' = -k*x\nparam k = 1, x0 = 2\ninit x = x0\ntime 0 .. 10");
    notebook.java("import odeum.path.*; import odeum.train.*; import odeum.model.*;");
    notebook.java("import odeum.solver.*; import odeum.equation.*; import java.nio.file.Path;");
    notebook.outputs.clear();
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  private String message(String cell) {
    return assertThrows(MagicException.class, () -> notebook.run(cell)).getMessage();
  }

  @Test
  void fitsTheParametersAndLeavesTheModelAlone() {
    notebook.run("%train decay -d decay.csv --columns x=amount -o fit");
    TrainingResult<Ode> fit = notebook.value("fit");
    assertEquals(0.4, fit.parameter("k"), 1e-5);
    assertEquals(3, fit.parameter("x0"), 1e-5);
    assertEquals(1, notebook.<Ode>value("decay").value("k"));
    notebook.run("%solve fit.model() -o sol -q");
    assertEquals(3 * Math.exp(-4), notebook.<Double>value("sol.last(\"x\")"), 1e-4);
    String summary = notebook.outputs.getLast().text();
    assertTrue(summary.contains("mse"), summary);
    assertTrue(summary.matches("(?s).*\\bk +0\\.4.*"), summary);
  }

  @Test
  void trainsANetAndHandsItOut() {
    notebook.run("%%ode unknown\nx' = f(x)\nnet f = mlp(1, 4, 1, tanh)\ninit x = 3");
    String code = "%train unknown -d decay.csv --columns x=amount --epochs 200 -O lbfgs -o fit";
    String summary = notebook.cell(code);
    assertTrue(summary.contains("mse"), summary);
    assertTrue(notebook.<TrainingResult<Ode>>value("fit").loss() < 1e-3);
    assertEquals(-0.8, notebook.<Double>value("fit.net(\"f\").apply(2)"), 0.1);
    notebook.run("%solve fit.model() -o sol -q");
    assertEquals(3 * Math.exp(-4), notebook.<Double>value("sol.last(\"x\")"), 0.1);
  }

  @Test
  void readsOnlyTheColumnsThatAreAskedFor() throws IOException {
    Path file = notebook.directory.resolve("remarks.csv");
    Files.writeString(file, "t,x,note\n0,3,start\n1,2,\n2,1.5,end\n");
    notebook.run("%train decay -d remarks.csv --columns x=x -q -o remarks");
    assertTrue(notebook.<TrainingResult<Ode>>value("remarks").loss() < 0.1);
  }

  @Test
  void saysWhatItDidNotFitAndWhereItStarts() throws IOException {
    Path file = notebook.directory.resolve("late.csv");
    Files.writeString(file, "t,x,rain\n4,3,9\n5,2,9\n6,1.5,9\n");
    String summary = notebook.cell("%train decay -d late.csv");
    assertTrue(summary.contains("not fitted, as no state or let is so named: rain"), summary);
    assertTrue(summary.contains("the first time of the data, t = 4"), summary);
  }

  @Test
  void showsOneOutputThatEndsComplete() {
    notebook.run(
        "%train decay -d decay.csv --columns x=amount -O adam --lr 0.02 --epochs 40 --seed 3");
    assertEquals(1, notebook.live.size());
    List<MimeBundle> frames = notebook.live.values().iterator().next();
    assertTrue(frames.size() >= 2);
    MimeBundle last = frames.getLast();
    assertTrue(
        last.text()
            .matches(
                "epoch 40/40 ▇{10} 100 % · loss [\\d.e-]+ · best [\\d.e-]+ · [\\d.]+ it/s · [\\d.]+"
                    + " s · seed 3"),
        last.text());
    assertTrue(frames.getFirst().text().contains("ETA"), frames.getFirst().text());
    String svg = (String) last.data().get(MimeBundle.SVG);
    assertTrue(svg.contains("x (data)") && svg.contains("epoch 40/40"), svg);
    String json = last.data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("xaxis2") && json.contains("x (data)"), json);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-d decay.csv --columns x=amount",
        "-d decay.csv --time year --columns x=amount -O adam:30,lbfgs:5 --lr 1e-2 --seed 4",
        "-d decay.csv --columns x=amount -s dopri5 --rtol 1e-8 --patience 3 --epochs 20 -O lbfgs",
        "-d truth --columns x=x -O lm --epochs 7",
        "-d series -s rk4 --dt 0.05",
        "-d series -O adam:20,rmsprop:10,lbfgs:3 --lr 1/30 --schedule cosine --clip 1 --val 0.3",
        "-d series --loss huber --adjoint backsolve --epochs 5",
        "-d series --adjoint forward --epochs 5",
        "-d series --adjoint auto --epochs 5",
        "-d series --starts 3 --epochs 5",
        "-d series --starts 3 -O adam:4,lbfgs:3 --patience 2 --seed 5",
        "-d series -s alf --dt 0.05 --adjoint reversible --epochs 5",
        "-d series -s reversible-heun --rtol 1e-4 --adjoint reversible --epochs 5",
        "-d List.of(series,series) --loss squares -O \"AdamW.of(0.1).withWeightDecay(0.01):9\"",
        "-d table --id id --columns x=amount --window 3 --batch 2 -O sgd --epochs 4 --seed 7",
      })
  void theCodeItPrintsGivesEqualBits(String arguments) {
    notebook.run("%solve decay -p k=0.3 --saveat 12 -o truth -q");
    notebook.java("var series = TimeSeries.of(0, 1, 2, 3).and(\"x\", 3, 2, 1.5, 1);");
    notebook.java(
        """
        var table =
            Table.create(
                StringColumn.create("id", "b", "b", "b", "a", "a", "a", "a"),
                DoubleColumn.create("t", 0, 1, 2, 0, 1, 2, 3),
                DoubleColumn.create("amount", 3, 2, 1.5, 2, 1.3, 1, 0.6));
        Objective squares =
            (p, s) -> s.get("y").sum().times(p.get("k")).minus(p.get("x0")).square();
        """);
    String absolute = notebook.directory.resolve("decay.csv").toString();
    String code =
        notebook.cell(
            "%train decay " + arguments.replace("decay.csv", absolute) + " -o fit --code");
    notebook.java(code.replace(" fit =", " again ="));
    TrainingResult<Ode> fit = notebook.value("fit");
    TrainingResult<Ode> again = notebook.value("again");
    assertArrayEquals(fit.best().flat().toArray(), again.best().flat().toArray());
    assertArrayEquals(fit.losses(), again.losses());
    assertTrue(fit.loss() < fit.history().startLoss());
  }

  @Test
  void anInterruptKeepsTheBestAndSaysHowToGoOn() {
    int[] asked = {0};
    notebook.interrupt = () -> ++asked[0] > 60;
    String message = message("%train decay -d decay.csv --columns x=amount -O adam --epochs 5000");
    assertTrue(
        message.matches("(?s)%train decay: interrupted after epoch \\d+ of 5000; .*"), message);
    TrainingResult<Ode> kept = notebook.value("decayFit");
    assertTrue(kept.interrupted());
    notebook.interrupt = () -> false;
    String line = message.lines().filter(l -> l.contains("go on:")).findFirst().orElseThrow();
    assertTrue(line.endsWith("-O adam --epochs 5000 --resume decayFit -o decayFit"), line);
    String next = line.substring(line.indexOf('%')).replace("5000", "" + (kept.epochs() + 20));
    notebook.run(next);
    TrainingResult<Ode> longer = notebook.value("decayFit");
    assertEquals(kept.epochs() + 20, longer.epochs());
    assertTrue(longer.loss() < kept.loss());
  }

  @Test
  void aLossThatIsNoNumberEndsItAndSaysWhatToTry() {
    String message =
        message("%train decay -d decay.csv --columns x=amount -O adam --lr 1e4 -o kept");
    assertTrue(
        message.matches("(?s)%train decay: the loss became NaN at epoch 1: the .* t = .*"),
        message);
    assertTrue(message.contains(". The parameters of the start were kept.\n"), message);
    assertTrue(message.contains("are in the variable kept"), message);
    assertTrue(message.contains("try: %train decay -d decay.csv"), message);
    assertTrue(message.contains("-O adam -o kept --lr 1000"), message);
    assertTrue(Double.isFinite(notebook.<TrainingResult<Ode>>value("kept").loss()));
  }

  @Test
  void quietShowsNothing() {
    notebook.run("%train decay -d decay.csv --columns x=amount -q -o fit");
    notebook.run("%train decay -d decay.csv --columns x=amount;");
    assertTrue(notebook.outputs.isEmpty() && notebook.live.isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "decay                  | %train: which data? Say -d file.csv or -d variable",
        "decay -d decay.csv -o adam | %train: -o names the variable for the result, but 'adam' is a"
            + " value of --optimizer. Did you mean -O adam? (%train? for help)",
        "decay -d points -O adma | %train: -O 'adma' is unknown. Did you mean adam? Known: adam"
            + " adamw rmsprop sgd lbfgs lm cmaes",
        "decay -d points --lr 1  | %train: --lr is the learning rate of adam, adamw, rmsprop, sgd;"
            + " lm has none. Did you mean -O adam --lr 1?",
        "decay -d points --schedule cosine | %train: --schedule changes the learning rate, and lm"
            + " has none. Did you mean -O adam --schedule cosine?",
        "decay -d points --clip 1 | %train: --clip shortens the gradients of adam, adamw, rmsprop, sgd,"
            + " and lm does not step along them. Did you mean -O adam --clip 1?",
        "decay -d points -O lbfgs --batch 4 | %train: --batch draws samples for each step of adam,"
            + " adamw, rmsprop, sgd, and lbfgs takes all of them. Did you mean -O adam --batch 4?",
        "decay -d points -O adam --schedule cosin | %train: There is no schedule 'cosin'. Known:"
            + " constant cosine exponential linear one-cycle. Did you mean 'cosine'?",
        "decay -d points -O adam:5 --epochs 9 | %train: -O adam:5 says how many epochs; leave out"
            + " --epochs",
        "decay -d points --loss hubr | %train: There is no loss 'hubr'. Known: mse mae huber nll. Did"
            + " you mean 'huber'?",
        "decay -d points --loss points | %train: --loss needs mse or another name, or an Objective,"
            + " but 'points' is a value of type TimeSeries",
        "decay -d points --adjoint chekpointed | %train: Unknown adjoint 'chekpointed'. Did you mean"
            + " 'checkpointed'? Known: auto, direct, checkpointed, backsolve,"
            + " reversible, forward.",
        "decay -d points --adjoint reversible | %train: The reversible adjoint goes back by the"
            + " solver's own steps, and those of tsit5 cannot be undone. Take the solver alf or"
            + " reversible-heun, or Adjoint.checkpointed(), which saves memory too.",
        "decay -d points --val 2 | %train: --val needs a number between 0 and 1, got 2",
        "decay -d points --window 1 | %train: --window needs a whole number of at least 2, got 1",
        "decay -d points --id x | %train: --id tells the rows of a .csv file or a Table apart. Of"
            + " several series give a list: -d 'List.of(first, second)'",
        "decay -d points --columns y=x | %train: --columns: 'y' is no state or let of decay. Known:"
            + " x.",
        "node -d rows --id x | %train: --id says what the columns of a table are, and a Dataset has"
            + " none",
        "decay -d decay.csv --label note --id note | %train: --label makes each row a sample; no"
            + " model reads a class for each series (--id) yet",
        "decay -d decay.csv --label year --columns x=amount --loss mae | %train: --label makes the"
            + " cross entropy small, so --loss can only be an Objective",
        "decay -d points --label kind | %train: --label needs rows: a .csv file, a Table or a"
            + " Labelled, but -d points is a value of type TimeSeries",
        "decay -d decay.csv --label nte | %train: DIR/decay.csv has no column 'nte'. Known: year amount"
            + " note. Did you mean 'note'?",
        "decay -d points -O adam --search | %train: --search compares learning rates on data that are"
            + " held back: add --val 0.2",
        "decay -d points --search --val 0.3 | %train: --search looks for a learning rate, and lm has"
            + " none. Did you mean -O adam --search?",
        "decay -d points -O adam --search --val 0.3 --lr 1 | %train: --search and --lr do not go"
            + " together; leave out one",
        "decay -d points --starts 0 | %train: --starts needs a whole number of at least 1, got 0",
        "decay -d points --save no/where.safetensors | %train: No checkpoint can be written"
            + " to DIR/no/where.safetensors: there is no folder DIR/no, or it is not yours to write"
            + " in. Create it, or choose another one.",
        "decay -d points --resume decay | %train: --resume needs a file or the result of a training,"
            + " but 'decay' is a value of type Ode",
        "decay -d decay         | %train: -d decay is a value of type Ode, not data. Give a .csv"
            + " file, a TimeSeries, a Solution or a Table",
        "1+1 -d decay.csv       | %train: '1+1' is a value of type Integer, not a system of"
            + " equations. Define one with %%ode; the result of a training has it as .model()",
        "decay -d decay.csv --columns x=amuont | %train: DIR/decay.csv has no column 'amuont'."
            + " Known: year amount note. Did you mean 'amount'?",
        "decay -d decay.csv     | %train: No column of the data (amount note) is named like a value"
            + " of the system (x). Say which is which, as in: --columns x=amount",
        "decay -d decay.csv --columns x=amount --budget soon | %train: --budget needs a time such"
            + " as 60s or 5min, got 'soon'",
      })
  void saysInOneLineWhatIsWrong(String arguments, String expected) {
    notebook.java("var points = TimeSeries.of(0, 1, 2).and(\"x\", 3, 2, 1.5);");
    notebook.java("var node = NeuralOde.of(odeum.nn.Mlp.of(1, 2, 1));");
    notebook.java("var rows = Dataset.windows(points, 2);");
    String message = message("%train " + arguments);
    assertEquals(
        expected, message.replace(notebook.directory.toString(), "DIR").replace('"', '\''));
  }

  @Test
  void aMissingFileNamesTheNearest() {
    String message = message("%train decay -d deacy.csv");
    assertTrue(message.startsWith("%train: -d: there is no file deacy.csv in "), message);
    assertTrue(message.endsWith("Did you mean decay.csv?"), message);
  }
}
