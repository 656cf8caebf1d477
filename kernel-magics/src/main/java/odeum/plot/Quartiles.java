package odeum.plot;

import java.util.Arrays;

/**
 * What a box plot shows of a sample, by plotly's rules.
 *
 * @param low the least value within 1.5 times the box below it, where the whisker ends
 * @param high the greatest value within 1.5 times the box above it
 */
record Quartiles(double low, double first, double median, double third, double high) {

  /** {@return the quartiles of at least one value} */
  static Quartiles of(double[] values) {
    double[] sorted = Arrays.stream(values).sorted().toArray();
    double first = quantile(sorted, 0.25);
    double third = quantile(sorted, 0.75);
    double reach = 1.5 * (third - first);
    double low = Arrays.stream(sorted).filter(v -> v >= first - reach).findFirst().orElse(first);
    double high = Arrays.stream(sorted).filter(v -> v <= third + reach).max().orElse(third);
    return new Quartiles(
        Math.min(low, first), first, quantile(sorted, 0.5), third, Math.max(high, third));
  }

  /** Linear between the middles of the steps of the distribution function. */
  private static double quantile(double[] sorted, double fraction) {
    double place = Math.clamp(sorted.length * fraction - 0.5, 0, sorted.length - 1);
    int index = (int) place;
    double next = sorted[Math.min(index + 1, sorted.length - 1)];
    return sorted[index] + (place - index) * (next - sorted[index]);
  }
}
