package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import odeum.plot.Figures;
import odeum.plot.MimeBundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.plotly.components.Figure;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlotMagicTest {
  private final Notebook notebook = new Notebook();

  @BeforeAll
  void define() {
    notebook.java("import odeum.path.*; import odeum.magics.*; import odeum.plot.*;");
    notebook.java("import java.util.*; import tech.tablesaw.api.*;");
    notebook.run(
        "%%ode spin\n"
            + "x' = y\n"
            + "y' = z - x\n"
            + "z' = -z\n"
            + "init x = 1, y = 0, z = 1\n"
            + "time 0 .. 6\n"
            + "let r = x*y");
    notebook.run("%solve spin -o sol -q");
    notebook.java("var data = TimeSeries.of(0, 1, 2).and(\"x\", 1, 0.5, Double.NaN);");
    notebook.java(
        "var table = Table.create(DoubleColumn.create(\"t\", 0., 1.), DoubleColumn.create(\"y\","
            + " 0., 2.));");
    notebook.java(
        "var chart = Chart.of(\"mine\").line(\"a\", new double[] {0, 1}, new double[] {1, 2});");
    notebook.java("var figure = chart.figure();");
    notebook.java("double[] a = {1, 2, 2, 3};");
    notebook.java("double[][][] pictures = {{{0, 1}, {2, 3}}, {{3, 2}, {1, 0}}};");
    notebook.java(
        "var shares = Table.create(StringColumn.create(\"share\", \"u\", \"v\"),"
            + " DoubleColumn.create(\"open\", 1., 2.), DoubleColumn.create(\"close\", 2., 1.));");
    notebook.java("import odeum.solver.*; import odeum.tensor.*;");
    notebook.run("%solve spin --ensemble 8 -o ens -q");
    notebook.run("%compare spin tsit5 dopri5 -o cmp -q");
  }

  @BeforeEach
  void forget() {
    notebook.outputs.clear();
  }

  @AfterAll
  void close() {
    notebook.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sol              | Figure: sol, 3 lines over t (x, y, z)",
        "sol r            | Figure: sol, 1 line over t (r)",
        "sol t x y        | Figure: sol, 2 lines over t (x, y)",
        "sol x y          | Figure: sol, 1 line over x (x, y)",
        "sol r --xlabel \"t (s)\" --ylabel \"r (m)\" --log x | Figure: sol, 1 line over t (s) (r)",
        "sol data         | Figure: sol, data, 3 lines and 1 point series over t (x (sol), y (sol),"
            + " z (sol), x (data))",
        "table            | Figure: table, 1 point series over t (y)",
        "chart            | Figure: mine, 1 line (a)",
        "figure           | Figure: mine, 1 line (a)",
        "chart chart --title both | Figure: both: 2 charts (mine, 1 line (a); mine, 1 line (a))",
        "chart --theme dark --size 800x400 | Figure: mine, 1 line (a)",
        "sol x --xlim -1:2*2 --ylim 0:1 | Figure: sol, 1 line over t (x)",
        "spin             | Figure: spin, 1 vector field and 3 lines and 1 point series over x (field,"
            + " from (1, 0), start, x' = 0, y' = 0)",
        "spin y z --xlim 0:4 --ylim -1:1 | Figure: spin, 1 vector field",
        "spin sol x y     | Figure: spin, sol, 1 vector field and 3 lines over x",
        "sol --kind histogram | Figure: sol, 4 histograms",
        "sol x y --kind density | Figure: sol, 1 density over x (density)",
        "a                | Figure: a, 1 line over index (a)",
        "a --kind histogram | Figure: a, 1 histogram over a (a)",
        "pictures --labels List.of(1,2) | Figure: pictures, 1 grid of 2 images",
        "pictures         | Figure: pictures, 1 grid of 2 images",
        "shares           | Figure: shares, 2 bar series over share (open, close)",
        "shares close     | Figure: shares, 1 bar series over share (close)",
        "ens              | Figure: ens: median, 50 % and 90 % of 8 solves",
        "ens x --kind histogram | Figure: ens, 1 histogram over x (x)",
        "cmp              | Figure: cmp: error against work, 2 lines",
        "cmp steps        | Figure: cmp, 1 bar series over solver (steps)",
        "Tensor.matrix(new double[]{1,2},new double[]{3,4}) --title m | Figure: m, 1 heat map",
      })
  void drawsAndItsCodeDrawsTheSame(String arguments, String caption) {
    notebook.run("%plot " + arguments + " -o mine --code");
    MimeBundle shown = notebook.outputs.getFirst();
    assertTrue(shown.text().startsWith(caption), shown.text());
    String code = notebook.outputs.getLast().text();
    notebook.java(code.replace("mine =", "again ="));
    assertEquals(shown, Figures.bundle(notebook.<Figure>value("again")));
    assertEquals(shown, Figures.bundle(notebook.<Figure>value("mine")));
  }

  @Test
  void threeNamesAreALineInSpace() {
    String json = draw("sol x y z").data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("scatter3d"), json);
  }

  @Test
  void theAxesCanBeLogarithmicAndTheTitleChosen() {
    MimeBundle shown = draw("sol z --log y --title \"a decay\"");
    assertEquals("Figure: a decay, 1 line over t (z)", shown.text());
    String json = shown.data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("type=log"), json);
  }

  @Test
  void aFurtherSolutionIsDashedOnTopOfTheFirst() {
    notebook.run("%solve spin -o again -q");
    String json = draw("sol again x y").data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.indexOf("dash=solid") < json.indexOf("dash=dash"), json);
    assertTrue(json.contains("dash=solid"), json);
  }

  @Test
  void theAxesCanBeNamed() {
    MimeBundle shown = draw("sol data x --xlabel \"time (s)\" --ylabel \"x (m)\"");
    String json = shown.data().get(MimeBundle.PLOTLY).toString();
    assertTrue(json.contains("text=time (s)") && json.contains("text=x (m)"), json);
  }

  @Test
  void savesAsSvg(@TempDir Path directory) throws IOException {
    notebook.directory = directory;
    draw("sol --save f.svg");
    assertTrue(Files.readString(directory.resolve("f.svg")).startsWith("<svg"));
  }

  private MimeBundle draw(String arguments) {
    notebook.run("%plot " + arguments);
    return notebook.outputs.getLast();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "so          | %plot: 'so' is not defined. Known: spin sol data table chart figure",
        "sol x q     | %plot: 'q' is neither a variable nor a column. Columns: t x y z r.",
        "\"new int[2]\" | %plot: 'new int[2]' is a value of type int[]. %plot draws solutions,"
            + " systems, time series, tables, trainings, arrays and figures",
        "spin spin   | %plot: A vector field is drawn of one system at a time",
        "spin x r    | %plot: 'r' is neither a variable nor a column. Columns: x y z.",
        "spin x --log y | %plot: A vector field is drawn in the plane of two states, got: x. States:"
            + " x y z",
        "spin --log y | %plot: --log does not apply to a vector field",
        "sol --kind field | %plot: --kind field needs a system, as %%ode defines",
        "sol --kind images | %plot: --kind images needs pictures, as a double[][][] or a tensor (count,"
            + " height, width), but 'sol' is a value of type Solution",
        "sol x --kind density | %plot: A density needs two columns, got 1: x",
        "sol --xlim 3 | %plot: --xlim has a lower and an upper end: --xlim 0:4",
        "sol --ylim 4:1 | %plot: --ylim runs from a lower to a higher number, got 4:1",
        "sol --size big | %plot: --size is written as --size 900x500",
        "sol --size 100x100 | %plot: A chart needs at least 200 x 150 pixels, got 100 x 100.",
        "sol --theme blue | %plot: --theme 'blue' is unknown. Known: auto light dark. (%plot? for help)",
        "chart chart --size 300x300 | %plot: --size does not apply to charts side by side",
        "pictures --labels 7 | %plot: Labels are an array or a list of texts or numbers, not a value of"
            + " type Integer",
        "sol figure  | %plot: 'figure' can only be drawn alone",
        "sol --log z | %plot: --log 'z' is unknown. Known: x y. (%plot? for help)",
        "sol --save f.png | %plot: --save writes SVG: give a name that ends in .svg",
        "sol --save /no/such/f.svg | %plot: --save: there is no folder /no/such",
        "figure --ylabel N | %plot: --ylabel does not apply to a ready-made figure",
        "figure --log y | %plot: --log does not apply to a ready-made figure",
        "sol x y z r | %plot: A phase portrait shows two or three columns, got 4: x y z r",
      })
  void saysInOneLineWhatIsWrong(String arguments, String expected) {
    MagicException thrown =
        assertThrows(MagicException.class, () -> notebook.run("%plot " + arguments));
    assertTrue(thrown.getMessage().startsWith(expected), thrown.getMessage());
  }
}
