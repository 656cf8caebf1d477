package odeum.path;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reading back what was written gives the same bits; no text gives anything but a refusal. */
class CsvProperties {
  @Property(tries = 300)
  void seriesComeBackTheSame(@ForAll("series") TimeSeries series) {
    assertEquals(series, CsvTable.parse("x.csv", series.toCsv()).series());
  }

  @Property(tries = 2000)
  void garbageIsRefusedOrRead(@ForAll("garbage") String text) {
    try {
      TimeSeries series = CsvTable.parse("x.csv", text).series();
      assertEquals(series, CsvTable.parse("x.csv", series.toCsv()).series());
    } catch (CsvException e) {
      assertEquals(0, e.getMessage().chars().filter(c -> c == '\n').count(), e.getMessage());
    }
  }

  @Provide
  Arbitrary<String> garbage() {
    Arbitrary<String> any = Arbitraries.strings().ofMaxLength(40);
    Arbitrary<String> likely =
        Arbitraries.of(
                "t", "x", "\"", ",", ";", "\t", "\n", "\r\n", "1", "2", ".5", "-", "e", "#", " ",
                "NaN", "\0")
            .list()
            .ofMaxSize(30)
            .map(parts -> String.join("", parts));
    Arbitrary<String> rows = likely.map(tail -> "t,x\n0,1\n" + tail);
    return Arbitraries.oneOf(any, likely, rows);
  }

  @Provide
  Arbitrary<TimeSeries> series() {
    Arbitrary<Double> values =
        Arbitraries.oneOf(
            Arbitraries.doubles(), Arbitraries.of(Double.NaN, -0.0, Double.MIN_VALUE));
    Arbitrary<List<String>> names =
        Arbitraries.strings()
            .excludeChars('\ufeff')
            .ofMinLength(1)
            .ofMaxLength(8)
            .filter(TimeSeries::isName)
            .list()
            .uniqueElements()
            .ofMinSize(2)
            .ofMaxSize(4);
    Arbitrary<double[]> times =
        Arbitraries.doubles().set().ofMaxSize(6).map(CsvProperties::increasing);
    return Combinators.combine(names, times, values.list().ofSize(18)).as(CsvProperties::series);
  }

  private static double[] increasing(Iterable<Double> numbers) {
    List<Double> list = new ArrayList<>();
    numbers.forEach(number -> list.add(number + 0.0));
    return list.stream().mapToDouble(d -> d).sorted().distinct().toArray();
  }

  private static TimeSeries series(List<String> names, double[] times, List<Double> values) {
    TimeSeries series = TimeSeries.named(names.getFirst(), times);
    for (int column = 1; column < names.size(); column++) {
      double[] numbers = new double[times.length];
      Arrays.setAll(numbers, i -> values.get(i));
      series = series.and(names.get(column), numbers);
    }
    return series;
  }
}
