package odeum.plot;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Leaves out the points of a long line that nobody could see at its size in pixels. */
final class Thinning {
  static final int LIMIT = 2000;
  private static final int LONGEST = 20_000;
  private static final double WIDEST = 4000;
  private static final double INVISIBLE = 0.4;

  private Thinning() {}

  /**
   * {@return x and y of a line without points that no figure of a usual size shows} Only very long
   * lines lose points, so that the figure stays small enough to be sent and stored.
   */
  static double[][] line(double[] x, double[] y) {
    if (x.length <= LONGEST || x.length != y.length) {
      return new double[][] {x, y};
    }
    boolean[] keep = kept(scaled(x), scaled(y));
    int[] rows = IntStream.range(0, x.length).filter(i -> keep[i]).toArray();
    return new double[][] {
      IntStream.of(rows).mapToDouble(i -> x[i]).toArray(),
      IntStream.of(rows).mapToDouble(i -> y[i]).toArray()
    };
  }

  private static double[] scaled(double[] values) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      if (Double.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    double from = low;
    double factor = high > low ? WIDEST / (high - low) : 0;
    return Arrays.stream(values).map(v -> (v - from) * factor).toArray();
  }

  /**
   * {@return which points to keep} From left to right, the first, lowest, highest and last of each
   * pixel column keep every spike; other lines (phase portraits) drop points within 0.4 pixels.
   *
   * @param x pixels, NaN in gaps
   * @param y pixels, NaN in gaps
   */
  static boolean[] kept(double[] x, double[] y) {
    boolean[] keep = new boolean[x.length];
    if (x.length <= LIMIT) {
      Arrays.fill(keep, true);
    } else if (isSorted(x)) {
      byColumn(x, y, keep);
    } else {
      byDistance(x, y, keep);
    }
    return keep;
  }

  private static boolean isSorted(double[] x) {
    double last = Double.NEGATIVE_INFINITY;
    for (double value : x) {
      if (value < last) {
        return false;
      }
      last = Double.isNaN(value) ? last : value;
    }
    return true;
  }

  private static void byColumn(double[] x, double[] y, boolean[] keep) {
    int start = 0;
    while (start < x.length) {
      if (isGap(x, y, start)) {
        keep[start++] = true;
        continue;
      }
      int lowest = start;
      int highest = start;
      int end = start;
      while (end < x.length && !isGap(x, y, end) && Math.floor(x[end]) == Math.floor(x[start])) {
        lowest = y[end] < y[lowest] ? end : lowest;
        highest = y[end] > y[highest] ? end : highest;
        end++;
      }
      keep[start] = true;
      keep[lowest] = true;
      keep[highest] = true;
      keep[end - 1] = true;
      start = end;
    }
  }

  private static void byDistance(double[] x, double[] y, boolean[] keep) {
    int last = -1;
    for (int i = 0; i < x.length; i++) {
      boolean runEnds = i + 1 == x.length || isGap(x, y, i + 1);
      if (isGap(x, y, i)) {
        keep[i] = true;
        last = -1;
      } else if (last < 0 || runEnds || Math.hypot(x[i] - x[last], y[i] - y[last]) > INVISIBLE) {
        keep[i] = true;
        last = i;
      }
    }
  }

  private static boolean isGap(double[] x, double[] y, int i) {
    return Double.isNaN(x[i]) || Double.isNaN(y[i]);
  }
}
