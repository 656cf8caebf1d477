package odeum.term;

import java.util.List;
import java.util.Locale;
import odeum.path.Kink;

/**
 * From when to when an input of a vector field is known, as data are.
 *
 * @param name of the input
 * @param start the first time
 * @param end the last time
 * @param kinks between them
 */
public record InputSpan(String name, double start, double end, List<Kink> kinks) {
  /** A kink that is so much duller than the sharpest one hardly shows. */
  private static final double DULL = 1e-4;

  public InputSpan {
    kinks = List.copyOf(kinks);
    if (!(start < end)) {
      throw new IllegalArgumentException(
          "Input %s needs a start before its end, got %s to %s.".formatted(name, start, end));
    }
  }

  /**
   * {@return the times at which the steps of a solver had better end}
   *
   * <p>A step over a kink is rejected and halved until the rest is small, unless data are so dense
   * that the kink is within the tolerance anyway. Where that is was measured with {@code x' = u -
   * x} for sampled sines, noise and pulses of 11 to 5000 points: the fewest evaluations are had by
   * stopping at kinks sharper than about {@code 10 rtol^(2/3)}.
   *
   * @param tolerance the relative one
   */
  public List<Double> stepTimes(double tolerance) {
    double sharpest = kinks.stream().mapToDouble(Kink::sharpness).max().orElse(0);
    return sharpest * sharpest * sharpest < 1000 * tolerance * tolerance
        ? List.of()
        : kinks.stream()
            .filter(kink -> kink.sharpness() > DULL * sharpest)
            .map(Kink::time)
            .toList();
  }

  /**
   * Refuses a solve that leaves the data.
   *
   * @param from where it starts
   * @param to where it ends, before the start if it runs backward
   */
  public void requireCovers(double from, double to) {
    if (Math.min(from, to) < start || Math.max(from, to) > end) {
      double first = Math.clamp(from, start, end);
      double last = Math.clamp(to, start, end);
      throw new IllegalArgumentException(
          "The input %s is known from t = %s to %s, but the solve goes from %s to %s. Stay inside%s, or give %1$s data for longer."
              .formatted(
                  name,
                  number(start),
                  number(end),
                  number(from),
                  number(to),
                  first == last
                      ? ""
                      : ", as with -t %s %s".formatted(number(first), number(last))));
    }
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.format(Locale.ROOT, "%d", (long) value)
        : Double.toString(value);
  }
}
