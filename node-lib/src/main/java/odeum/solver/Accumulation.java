package odeum.solver;

import java.util.Arrays;

/**
 * Whether the resets of a solve come ever faster, so that infinitely many of them would lie before
 * some time: a ball that bounces until it rests.
 */
final class Accumulation {
  /** Resets closer together than this part of the times are suspicious. */
  private static final double SHORT = 1e-12;

  /** So many of them within that time do not end. */
  private static final int MANY = 64;

  /** Where the shrinking intervals of one event sum up to this part of the times, they end. */
  private static final double NOTHING = 1e-14;

  private final double scale;
  private final double[] last;
  private final double[] interval;
  private double first = Double.NaN;
  private int count;

  Accumulation(int events, double scale) {
    this.scale = scale;
    this.last = new double[events];
    this.interval = new double[events];
    Arrays.fill(last, Double.NaN);
    Arrays.fill(interval, Double.NaN);
  }

  /** Sees a reset; whether they accumulate there. */
  boolean grows(int event, double time) {
    double now = Math.abs(time - last[event]);
    double before = interval[event];
    last[event] = time;
    interval[event] = now;
    double size = Math.max(scale, Math.abs(time)); // a span may have no end
    boolean ends = now < before && before <= SHORT * size && rest(now, before) < NOTHING * size;
    return crowded(time, size) || ends;
  }

  /** How long shrinking intervals go on: a geometric series. */
  private static double rest(double now, double before) {
    return now * now / (before - now);
  }

  private boolean crowded(double time, double size) {
    if (!(Math.abs(time - first) <= SHORT * size)) {
      first = time;
      count = 0;
    }
    return ++count >= MANY;
  }
}
