package odeum.equation;

import java.util.Map;
import java.util.stream.IntStream;
import odeum.equation.Expression.Formula;
import odeum.equation.Expression.Range;

/**
 * The indices of a grid or of a sum, from the first to the last.
 *
 * @param first the least index
 * @param last the greatest index, not below the first
 */
record Points(int first, int last) {
  private static final int MOST = 100_000;

  /** {@return the indices of a range, at these constants} */
  static Points of(Source source, Range range, Map<String, Double> constants) {
    int first = whole(source, range.from(), constants);
    int last = whole(source, range.to(), constants);
    Place place = range.from().place().to(range.to().place());
    if (last < first) {
      throw source.error(
          place, "This range is empty: it goes from %s to %s.".formatted(first, last));
    }
    if ((long) last - first >= MOST) {
      throw source.error(
          place, "A range has at most %s points, got %s.".formatted(MOST, (long) last - first + 1));
    }
    return new Points(first, last);
  }

  private static int whole(Source source, Formula formula, Map<String, Double> constants) {
    double value = Expressions.value(formula.expression(), constants);
    if (value != Math.rint(value) || Math.abs(value) > 1e9) {
      throw source.error(
          formula.place(), "A range has whole numbers, got %s.".formatted(Text.number(value)));
    }
    return (int) value;
  }

  int size() {
    return last - first + 1;
  }

  boolean contains(int index) {
    return first <= index && index <= last;
  }

  IntStream indices() {
    return IntStream.rangeClosed(first, last);
  }
}
