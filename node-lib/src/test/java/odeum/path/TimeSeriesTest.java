package odeum.path;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import odeum.tensor.RandomKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSeriesTest {
  @TempDir Path folder;

  private TimeSeries read(String text) throws Exception {
    return TimeSeries.readCsv(Files.writeString(folder.resolve("data.csv"), text));
  }

  private String refusal(String text) {
    String message = assertThrows(CsvException.class, () -> read(text)).getMessage();
    return message.replace(folder.resolve("data.csv").toString(), "data.csv");
  }

  @Test
  void whatSpreadsheetsWriteIsRead() throws Exception {
    TimeSeries series =
        read(
            "\ufeff# pelts, thousands\r\n"
                + "\"year\", \"hare\",lynx \r\n"
                + "1900,30,\r\n\r\n"
                + "1901, 4.72e1 ,NaN\r\n"
                + "1902,\"70.2\",NA");
    assertEquals("year", series.timeName());
    assertEquals(List.of("hare", "lynx"), series.names());
    assertArrayEquals(new double[] {1900, 1901, 1902}, series.times());
    assertArrayEquals(new double[] {30, 47.2, 70.2}, series.column("hare"));
    assertEquals(3, series.missing());
    assertEquals(
        "TimeSeries hare lynx: 3 times, year = 1900 .. 1902, 3 values missing", series.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theHeaderShowsTheSeparator(String separator) throws Exception {
    String text = "t,x,\"a;b\"\n0,1,2\n".replace(",", separator);
    TimeSeries series = read(text);
    assertEquals(List.of("x", "a;b"), series.names());
    assertArrayEquals(new double[] {1}, series.column("x"));
  }

  @Test
  void columnsAreChosenAndRenamedInTheOrderOfTheFile() throws Exception {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "name,lynx,year,hare\nsnow,4,1900,30\nthaw,6.1,1901,47.2\n");
    TimeSeries series = TimeSeries.readCsv(file, "year", Map.of("x", "hare", "y", "lynx"));
    assertEquals(TimeSeries.named("year", 1900, 1901).and("y", 4, 6.1).and("x", 30, 47.2), series);
    assertEquals(List.of("x", "y"), series.select(List.of("x", "y")).names());
    assertEquals(
        "There is no column 'hair'. Known: y x.",
        assertThrows(IllegalArgumentException.class, () -> series.column("hair")).getMessage());
  }

  @Test
  void manySeriesOfAFileAreToldApartByAColumn() throws Exception {
    Path file = folder.resolve("data.csv");
    Files.writeString(file, "t,run,x\n0,b,1\n1,b,2\n0,a,3\n0.5,a,4\n2,b,5\n");
    Map<String, TimeSeries> series = TimeSeries.readCsvById(file, "run");
    assertEquals(List.of("b", "a"), List.copyOf(series.keySet()));
    assertEquals(TimeSeries.of(0, 1, 2).and("x", 1, 2, 5), series.get("b"));
    assertEquals(TimeSeries.of(0, 0.5).and("x", 3, 4), series.get("a"));
    assertEquals(
        TimeSeries.of(0, 0.5).and("z", 3, 4),
        TimeSeries.readCsvById(file, "run", "t", Map.of("z", "x")).get("a"));
    Files.writeString(file, "run,t,note,x\nb,0,dry,1\nb,1,,2\n");
    assertEquals(
        TimeSeries.of(0, 1).and("z", 1, 2),
        TimeSeries.readCsvById(file, "run", Map.of("z", "x")).get("b"));
    Files.writeString(file, "t,run,x\n0,b,1\n0,b,2\n");
    String message =
        assertThrows(CsvException.class, () -> TimeSeries.readCsvById(file, "run")).getMessage();
    assertTrue(message.contains("line 3, column 't': times must increase"), message);
    Files.writeString(file, "t,run,x\n0,,1\n");
    message =
        assertThrows(CsvException.class, () -> TimeSeries.readCsvById(file, "run")).getMessage();
    assertTrue(
        message.endsWith("line 2, column 'run': the name of the series is missing."), message);
  }

  @Test
  void rowsAndValues() {
    TimeSeries series = TimeSeries.of(0, 1, 2).and("x", 1, 2, 3).and("y", 4, 5, 6);
    assertArrayEquals(new double[] {2, 5, 3, 6}, series.rows(1, 3).values().toArray());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "t,x\\n0,1\\n1,abc\\n | data.csv, line 3, column 'x': 'abc' is not a number.",
        "t;x\\n"
            + "0;1\\n"
            + "1;2,5\\n"
            + " | data.csv, line 3, column 'x': '2,5' is not a number. Decimals need a point, not a"
            + " comma.",
        "t,x\\n"
            + "0,1,5\\n"
            + " | data.csv, line 2: 3 cells, but 2 columns are named in line 1. Decimals need a"
            + " point, not a comma.",
        "t,x\\n0\\n | data.csv, line 2: 1 cells, but 2 columns are named in line 1.",
        "# c\\n"
            + "t,x\\n"
            + "0,1\\n"
            + "0,2\\n"
            + " | data.csv, line 4, column 't': times must increase strictly, but 0.0 follows 0.0."
            + " Sort the rows, and keep one per time.",
        "t,x\\n,1\\n | data.csv, line 2, column 't': the time is missing.",
        "t,x\\n0,1e999\\n | data.csv, line 2, column 'x': 1e999 is too large for a double.",
        "t,x\\n0,\"1\\n | data.csv, line 2: a quote is not closed.",
        "t,x\\n"
            + "0,\"1\"2\\n"
            + " | data.csv, line 2: after a closing quote a separator must follow, got '2'.",
        "0,1\\n"
            + "1,2\\n"
            + " | data.csv, line 1: the first line must name the columns, got numbers. Put a line"
            + " like 't,x' first.",
        "t,x,x\\n0,1,2\\n | data.csv, line 1: two columns are named 'x'.",
        "t,,x\\n | data.csv, line 1: column 2 has no name.",
        "t\\n0\\n | data.csv has only one column: values are needed beside the time.",
        "# nothing | data.csv is empty: a first line with column names is needed.",
      })
  void mistakesInAFileAreShownWhereTheyAre(String text, String message) {
    assertEquals(message, refusal(text.replace("\\n", "\n")));
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws Exception {
    Path none = folder.resolve("none.csv");
    assertEquals(
        "There is no file %s in %s.".formatted(none, Path.of("").toAbsolutePath()),
        assertThrows(CsvException.class, () -> TimeSeries.readCsv(none)).getMessage());
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "t,Größe\n0,1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertEquals(
        latin + " is not a text file in UTF-8.",
        assertThrows(CsvException.class, () -> TimeSeries.readCsv(latin)).getMessage());
    assertEquals(
        "x.csv has no column 'yaer'. Known: year hare. Did you mean 'year'?",
        assertThrows(
                CsvException.class,
                () -> CsvTable.parse("x.csv", "year,hare\n").series("yaer", Map.of()))
            .getMessage());
  }

  @Test
  void timesMustIncrease() {
    assertEquals(
        "Times must increase strictly, but time 2 is 1.0 after 1.0. Sort the rows, and keep one per"
            + " time.",
        assertThrows(IllegalArgumentException.class, () -> TimeSeries.of(0, 1, 1)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> TimeSeries.of(0, Double.NaN));
    assertThrows(IllegalArgumentException.class, () -> TimeSeries.of(0, 1).and("x", 1));
  }

  @Test
  void rowsAreLeftOutAndValuesChange() {
    TimeSeries series =
        TimeSeries.named("h", 0, 1, 2, 3).and("a", 1, 4, Double.NaN, 16).and("b", 0, 0, 1, 1);
    assertEquals(series.rows(0, 2), series.before(2));
    assertEquals(0, series.before(0).size());
    assertEquals(series, series.before(9));
    assertArrayEquals(new double[] {1, 2, Double.NaN, 4}, series.map(Math::sqrt).column("a"));
    assertEquals(series, series.thinned(0, RandomKey.of(1)));
    assertEquals(0, series.thinned(1, RandomKey.of(1)).size());
    assertThrows(IllegalArgumentException.class, () -> series.thinned(1.5, RandomKey.of(1)));
    double[] many = IntStream.range(0, 1000).asDoubleStream().toArray();
    TimeSeries all = TimeSeries.of(many).and("y", many);
    TimeSeries thin = all.thinned(0.25, RandomKey.of(2));
    assertEquals(750, thin.size(), 50);
    assertArrayEquals(thin.times(), thin.column("y"));
    assertEquals(thin, all.thinned(0.25, RandomKey.of(2)));
  }
}
