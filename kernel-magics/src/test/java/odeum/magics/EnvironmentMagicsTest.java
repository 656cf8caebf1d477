package odeum.magics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import odeum.path.TimeSeries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tech.tablesaw.api.Table;

/** {@code %data} and {@code %envinfo}. */
class EnvironmentMagicsTest {
  @TempDir Path folder;
  private final Notebook notebook = new Notebook();

  @BeforeEach
  void place() {
    notebook.directory = folder;
    notebook.java("import java.util.*; import odeum.path.*; import odeum.magics.*;");
  }

  @AfterEach
  void close() {
    notebook.close();
  }

  @Test
  void listsDataSetsAndVariables() {
    notebook.java("var mine = TimeSeries.of(0, 1).and(\"x\", 1, 2);");
    String text = notebook.cell("%data");
    assertTrue(text.contains("hudson-bay  hare and lynx pelts"), text);
    assertTrue(text.contains("mine        a variable: TimeSeries x: 2 times, t = 0 .. 1"), text);
  }

  @Test
  void theDataSetsAreWhole() {
    TimeSeries pelts = Datasets.series("hudson-bay");
    assertEquals(List.of("hare", "lynx"), pelts.names());
    assertEquals(47.2, pelts.column("hare")[1]);
    assertEquals(309, Datasets.series("sunspots").size());
    assertEquals("year", Datasets.series("sunspots").timeName());
    TimeSeries co2 = Datasets.series("co2");
    assertEquals(2284, co2.size());
    assertEquals(59, co2.missing());
    assertEquals(1958 + 87 / 365.0, co2.times()[0]);
    Table digits = Datasets.table("digits");
    assertEquals(1797, digits.rowCount());
    assertEquals(65, digits.columnCount());
    assertEquals(178, digits.intColumn("digit").isEqualTo(0).size());
    assertEquals(16, digits.intColumn("p20").max());
  }

  @Test
  void showsSomeAndStoresThem() throws IOException {
    String text = notebook.cell("%data sunspots -o spots");
    assertTrue(text.startsWith("TimeSeries sunspots: 309 times, year = 1700 .. 2008\n"), text);
    assertTrue(text.endsWith("mean number of sunspots by year\n(from statsmodels; public domain)"));
    assertEquals(Integer.valueOf(309), notebook.value("spots.size()"));
    assertTrue(
        notebook.cell("%data digits -o digits").startsWith("digits: 1797 rows × 65 columns"));
    assertEquals(Integer.valueOf(1797), notebook.value("digits.rowCount()"));
    Files.writeString(folder.resolve("mine.csv"), "s,t,x\n1,0,5\n2,1,6\n");
    notebook.run("%data mine.csv --time t --columns z=x -o mine --table");
    assertEquals(List.of("t", "z"), notebook.value("mine.columnNames()"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%data sunspots -o a --code | a.equals(b)",
        "%data hudson-bay --columns x=hare -o a --code | a.equals(b)",
        "%data digits -o a --code | a.print(2000).equals(b.print(2000))",
      })
  void theCodeGivesTheSame(String line, String equal) {
    notebook.run(line.strip());
    String code = notebook.outputs.getLast().text();
    notebook.java(code.replaceFirst(" a = ", " b = "));
    assertEquals(Boolean.TRUE, notebook.value(equal));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "%data sunspot | %data: 'sunspot' is not defined.",
        "%data none.csv | %data: there is no file none.csv in",
        "%data digits --time p3 | %data: --time applies to series, not to a table",
        "%envinfo mine.lock | %envinfo: what about [mine.lock]? Say --lock or --check",
        "%envinfo --check | %envinfo: there is no file odeum.lock in",
        "%envinfo --check --lock | %envinfo: --lock writes the file that --check reads",
      })
  void mistakesAreOneLine(String line, String expected) {
    MagicException e = assertThrows(MagicException.class, () -> notebook.run(line));
    assertTrue(e.getMessage().startsWith(expected), e.getMessage());
  }

  @Test
  void trainsOnADataSetByItsName() {
    notebook.run("%%ode g\nx' = r*x\nparam r = 0.1\ninit x = 30\ntime 1900 .. 1902");
    notebook.run("%train g -d hudson-bay --columns x=hare --epochs 2 -o fit -q --code");
    assertTrue(Double.isFinite(notebook.<Double>value("fit.loss()")));
  }

  @Test
  void locksAndChecksTheEnvironment() throws IOException {
    String shown = notebook.cell("%envinfo");
    assertTrue(shown.contains("numbers"), shown);
    assertTrue(notebook.cell("%envinfo --lock").startsWith("odeum.lock written: Java, "));
    assertEquals(
        "This environment computes the same numbers as the one of odeum.lock. Nothing differs.",
        notebook.cell("%envinfo --check"));
    Path lock = folder.resolve("odeum.lock");
    String content = Files.readString(lock);
    assertTrue(content.contains("\"node-lib") || content.contains("\"commons-math3"), content);
    Files.writeString(
        lock,
        content
            .replaceFirst("\"processors\" : \"\\d+\"", "\"processors\" : \"64\"")
            .replaceFirst("(commons-math3[^\"]*\" : )\"[0-9a-f]+\"", "$1\"00\""));
    String differing = notebook.cell("%envinfo --check");
    assertTrue(differing.contains("computes the same numbers"), differing);
    assertTrue(differing.contains("processors: locked 64, here "), differing);
    assertTrue(differing.contains("commons-math3-3.6.1.jar: another build"), differing);
    Files.writeString(lock, content.replaceFirst("\"numbers\" : \"", "\"numbers\" : \"f"));
    assertTrue(notebook.cell("%envinfo --check").contains("does NOT compute the same numbers"));
    Files.writeString(lock, "no json");
    assertThrows(MagicException.class, () -> notebook.run("%envinfo --check"));
    assertEquals(1, Files.list(folder).filter(f -> f.toString().contains("lock")).count());
  }

  @Test
  void theFingerprintIsTheSameEachTime() {
    Map<String, String> first = Environment.here().facts();
    assertEquals(first, Environment.here().facts());
    assertEquals(16, first.get("numbers").length());
  }
}
