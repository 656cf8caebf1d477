package odeum.magics;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.zip.GZIPInputStream;
import odeum.path.TimeSeries;
import odeum.plot.Tables;
import odeum.tensor.Names;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * Small real data sets that need no file and no network: {@code %data} lists them.
 *
 * <pre>{@code
 * TimeSeries sunspots = Datasets.series("sunspots");
 * Table digits = Datasets.table("digits");
 * }</pre>
 */
public final class Datasets {
  private static final int DIGIT_PIXELS = 64;

  /**
   * One data set.
   *
   * @param name what {@code -d} takes
   * @param summary what was measured, and in which unit
   * @param source where it comes from, and on which terms
   * @param timed whether its first column is the time
   */
  public record Entry(String name, String summary, String source, boolean timed) {}

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "co2",
              "CO2 in the air of Mauna Loa by week, in ppm; some weeks are missing",
              "Scripps Institution of Oceanography, from statsmodels; public domain",
              true),
          new Entry(
              "digits",
              "handwritten digits, 8 x 8 pixels from 0 to 16, and the label",
              "Alpaydin and Kaynak, UCI Optical Recognition of Handwritten Digits; CC BY 4.0",
              false),
          new Entry(
              "hudson-bay",
              "hare and lynx pelts of the Hudson's Bay Company by year, in thousands",
              "the classical published table; facts",
              true),
          new Entry(
              "sunspots",
              "mean number of sunspots by year",
              "from statsmodels; public domain",
              true));

  private Datasets() {}

  /** {@return all data sets, by name} */
  public static List<Entry> entries() {
    return ENTRIES;
  }

  /** {@return the names of all data sets} */
  public static List<String> names() {
    return ENTRIES.stream().map(Entry::name).toList();
  }

  static boolean has(String name) {
    return names().contains(name);
  }

  /** {@return what is known of the data set of this name} */
  public static Entry entry(String name) {
    return ENTRIES.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no data set '%s'. Known: %s.%s"
                        .formatted(
                            name,
                            String.join(" ", names()),
                            Names.nearest(name, names())
                                .map(" Did you mean '%s'?"::formatted)
                                .orElse(""))));
  }

  /** {@return a data set as a tablesaw table} */
  public static Table table(String name) {
    return switch (entry(name).name()) {
      case "co2" -> decimalYears(read(name, "co2.csv", true));
      case "digits" -> digits(read(name, "digits.csv.gz", false));
      case "sunspots" ->
          renamed(read(name, "sunspots.csv", true), List.of("year", "sunspots")::get);
      default -> read(name, name + ".csv", true);
    };
  }

  /** {@return a data set over time as a series; missing values stay missing} */
  public static TimeSeries series(String name) {
    if (!entry(name).timed()) {
      throw new IllegalArgumentException(
          "The data set '%s' has no times. Datasets.table(\"%s\") gives its rows."
              .formatted(name, name));
    }
    Table table = table(name);
    return Tables.series(table, table.columnNames().getFirst());
  }

  private static Table read(String name, String file, boolean head) {
    try (InputStream raw = Datasets.class.getResourceAsStream("data/" + file);
        InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        Reader reader = new InputStreamReader(plain, StandardCharsets.UTF_8)) {
      return Table.read()
          .csv(CsvReadOptions.builder(reader).tableName(name).header(head).locale(Locale.ROOT));
    } catch (IOException broken) {
      throw new UncheckedIOException("the data set " + name + " cannot be read", broken);
    }
  }

  private static Table renamed(Table table, IntFunction<String> name) {
    for (int i = 0; i < table.columnCount(); i++) {
      table.column(i).setName(name.apply(i));
    }
    return table;
  }

  private static Table digits(Table table) {
    return renamed(table, i -> i < DIGIT_PIXELS ? "p" + i : "digit");
  }

  /** Days become years: 1958-03-29 is 1958.24. */
  private static Table decimalYears(Table table) {
    DateColumn days = table.dateColumn(0);
    double[] years = days.asList().stream().mapToDouble(Datasets::year).toArray();
    return Table.create(table.name(), DoubleColumn.create("year", years), table.column("co2"));
  }

  private static double year(LocalDate day) {
    return day.getYear() + (day.getDayOfYear() - 1.0) / day.lengthOfYear();
  }
}
