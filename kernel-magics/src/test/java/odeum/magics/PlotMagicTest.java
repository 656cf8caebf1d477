package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import odeum.plot.Figures;
import odeum.plot.MimeBundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.plotly.components.Figure;

class PlotMagicTest {
  private final Notebook notebook = new Notebook();

  @BeforeEach
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
    notebook.outputs.clear();
  }

  @AfterEach
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
      })
  void drawsAndItsCodeDrawsTheSame(String arguments, String caption) {
    notebook.run("%plot " + arguments + " -o mine --code");
    MimeBundle shown = notebook.outputs.getFirst();
    assertEquals(caption, shown.text());
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
        "so          | %plot: 'so' is not defined. Known: spin sol data table chart figure. Did you"
            + " mean 'sol'?",
        "sol x q     | %plot: 'q' is neither a variable nor a column. Columns: x y z r.",
        "spin        | %plot: 'spin' is a value of type Ode. %plot draws solutions, time series,"
            + " tables, trainings and figures",
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
    assertEquals(expected, thrown.getMessage());
  }
}
