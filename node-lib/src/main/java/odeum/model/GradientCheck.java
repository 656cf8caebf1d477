package odeum.model;

import java.util.List;
import java.util.Locale;

/**
 * A gradient beside central finite differences.
 *
 * @param value the number that is derived
 * @param rows one for each derivative
 * @param tolerance the relative difference that is allowed
 */
public record GradientCheck(double value, List<Row> rows, double tolerance) {
  /**
   * One derivative.
   *
   * @param name what it is by
   * @param at the value that has now
   * @param derivative as the adjoint computed it
   * @param difference as finite differences have it; NaN if a solve failed
   * @param relative how far they are apart, as a share of the larger one
   * @param agrees whether that is allowed, for derivatives near zero as a share of the value
   */
  public record Row(
      String name,
      double at,
      double derivative,
      double difference,
      double relative,
      boolean agrees) {}

  public GradientCheck {
    rows = List.copyOf(rows);
  }

  /** {@return whether all derivatives agree} */
  public boolean passed() {
    return rows.stream().allMatch(Row::agrees);
  }

  /** {@return the largest relative difference} */
  public double largest() {
    return rows.stream().mapToDouble(Row::relative).reduce(0, Math::max);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(String.format(Locale.ROOT, "value %s\n", value));
    for (Row row : rows) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %s, finite difference %s, relative difference %.1e%s\n",
              row.name(),
              row.derivative(),
              row.difference(),
              row.relative(),
              row.agrees() ? "" : " (too large)"));
    }
    return text.toString();
  }
}
