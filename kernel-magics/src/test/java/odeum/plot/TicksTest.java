package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TicksTest {
  @Property
  void linearTicksAreFewRisingAndInside(
      @ForAll @DoubleRange(min = -1e300, max = 1e300) double a,
      @ForAll @DoubleRange(min = -300, max = 300) double exponent,
      @ForAll @IntRange(min = 3, max = 10) int wanted) {
    double b = a + StrictMath.pow(10, exponent);
    double[] ends = Scale.around(Extent.of(a, b), 0, 0);
    check(Ticks.linear(ends[0], ends[1], wanted), ends[0], ends[1]);
  }

  @Property
  void logarithmicTicksAreFewRisingAndInside(
      @ForAll @DoubleRange(min = -300, max = 300) double low,
      @ForAll @DoubleRange(min = -6, max = 2.5) double exponent) {
    double high = Math.min(low + StrictMath.pow(10, exponent), 307);
    check(Ticks.logarithmic(low, high), low, high);
  }

  private static void check(List<Ticks.Tick> ticks, double low, double high) {
    assertTrue(ticks.size() >= 3 && ticks.size() <= 10, () -> ticks + " in " + low + ".." + high);
    double last = Double.NEGATIVE_INFINITY;
    for (Ticks.Tick tick : ticks) {
      assertTrue(tick.value() > last, () -> "not rising: " + ticks);
      assertTrue(tick.value() >= low && tick.value() <= high, () -> tick + " outside");
      last = tick.value();
    }
    assertEquals(ticks.size(), ticks.stream().map(Ticks.Tick::label).distinct().count());
  }

  @Test
  void linearLabelsAreExact() {
    assertEquals(List.of("0", "0.1", "0.2", "0.3"), labels(Ticks.linear(0, 0.3, 4)));
    assertEquals(List.of("−10", "−5", "0", "5", "10"), labels(Ticks.linear(-10, 10, 5)));
    assertEquals(
        List.of("1900", "1905", "1910", "1915", "1920"), labels(Ticks.linear(1900, 1920, 5)));
    assertEquals(List.of("0", "0.5×10⁶", "10⁶"), labels(Ticks.linear(0, 1e6, 3)));
    assertEquals(List.of("0", "10⁻⁷", "2×10⁻⁷", "3×10⁻⁷"), labels(Ticks.linear(0, 3e-7, 4)));
  }

  @Test
  void logarithmicLabelsAreDecadesWhenThereAreSome() {
    assertEquals(List.of("10⁻²", "10⁻¹", "1", "10"), labels(Ticks.logarithmic(-2.3, 1.2)));
    assertEquals(List.of("1", "2", "5", "10", "20", "50"), labels(Ticks.logarithmic(0, 1.9)));
    assertEquals(List.of("3", "3.5", "4", "4.5"), labels(Ticks.logarithmic(0.45, 0.66)));
    assertEquals(
        List.of("10⁻³⁰", "10⁻²⁵", "10⁻²⁰", "10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "1"),
        labels(Ticks.logarithmic(-31, 4)));
  }

  @Test
  void anEmptyRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Ticks.linear(1, 1, 5));
  }

  private static List<String> labels(List<Ticks.Tick> ticks) {
    return ticks.stream().map(Ticks.Tick::label).toList();
  }
}
