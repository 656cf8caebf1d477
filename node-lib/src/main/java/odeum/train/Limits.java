package odeum.train;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits of parameters. They hold whatever the method, because a bounded parameter is trained as a
 * smooth function of an unbounded one:
 *
 * <pre>
 *   low &lt;= p &lt;= high     p = middle + half * sin(u)
 *   low &lt;= p             p = low + s (sqrt(1 + u^2) - 1)
 *          p &lt;= high     p = high - s (sqrt(1 + u^2) - 1)
 * </pre>
 *
 * <p>as MINUIT and lmfit do; the scale s of u is that of the start. A limit itself can be reached.
 * A parameter that starts on a limit begins a thousandth inside it, for on it every derivative by u
 * is zero. Parameters without limits are left as they are.
 */
public final class Limits {
  /** No limits. */
  public static final Limits NONE = new Limits(Map.of());

  /**
   * The limits of one parameter.
   *
   * @param low smallest value, or minus infinity
   * @param high largest value, or infinity
   */
  public record Interval(double low, double high) {
    /** No limits. */
    static final Interval FREE = new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

    public Interval {
      if (!(low < high)) {
        throw new IllegalArgumentException(
            "The lower limit must be below the upper one, got %s..%s.".formatted(low, high));
      }
    }

    /** {@return whether a value keeps the limits} */
    public boolean contains(double value) {
      return value >= low && value <= high;
    }

    @Override
    public String toString() {
      return low + ".." + high;
    }
  }

  private final Map<String, Interval> intervals;

  private Limits(Map<String, Interval> intervals) {
    this.intervals = intervals;
  }

  /** {@return the limits of one parameter; infinite ones do not count} */
  public static Limits of(String name, double low, double high) {
    return NONE.and(name, low, high);
  }

  /** {@return these limits and those of one more parameter} */
  public Limits and(String name, double low, double high) {
    Map<String, Interval> more = new LinkedHashMap<>(intervals);
    more.put(name, new Interval(low, high));
    return new Limits(Collections.unmodifiableMap(more));
  }

  /** {@return the limits by parameter, in the order they were given} */
  public Map<String, Interval> intervals() {
    return intervals;
  }

  Interval interval(String name) {
    return intervals.getOrDefault(name, Interval.FREE);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Limits that && intervals.equals(that.intervals);
  }

  @Override
  public int hashCode() {
    return intervals.hashCode();
  }

  @Override
  public String toString() {
    return intervals.toString();
  }
}
