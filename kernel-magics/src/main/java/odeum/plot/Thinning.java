package odeum.plot;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.IntStream;

/** Leaves out the points of a long line that nobody could see at its size in pixels. */
final class Thinning {
  static final int LIMIT = 2000;
  private static final int LONGEST = 20_000;
  private static final double WIDEST = 4000;
  private static final double INVISIBLE = 0.4;

  /** How far, of {@link #WIDEST}, a line that turns back may leave its points. */
  private static final double FAINT = 1;

  private Thinning() {}

  /**
   * {@return x and y of a line without points that no figure of a usual size shows} Only long lines
   * lose points, so that the figure stays small enough to be sent and stored: very long ones as in
   * {@link #kept}, and lines that turn back (phase portraits) where they are straight.
   */
  static double[][] line(double[] x, double[] y) {
    if (x.length != y.length || x.length <= (isSorted(x) ? LONGEST : LIMIT)) {
      return new double[][] {x, y};
    }
    boolean[] keep = isSorted(x) ? kept(scaled(x), scaled(y)) : shape(scaled(x), scaled(y));
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

  private static boolean[] shape(double[] x, double[] y) {
    boolean[] keep = new boolean[x.length];
    int start = 0;
    for (int i = 0; i <= x.length; i++) {
      if (i == x.length || isGap(x, y, i)) {
        if (i > start) {
          shape(x, y, start, i - 1, keep);
        }
        if (i < x.length) {
          keep[i] = true;
        }
        start = i + 1;
      }
    }
    return keep;
  }

  /** Of a run without gaps, by Douglas and Peucker's method (doi:10.3138/FM57-6770-U75U-7727). */
  private static void shape(double[] x, double[] y, int first, int last, boolean[] keep) {
    keep[first] = true;
    keep[last] = true;
    Deque<int[]> chords = new ArrayDeque<>();
    chords.push(new int[] {first, last});
    while (!chords.isEmpty()) {
      int[] chord = chords.pop();
      int farthest = -1;
      double most = FAINT * FAINT;
      for (int i = chord[0] + 1; i < chord[1]; i++) {
        double square = squareFromChord(x, y, i, chord[0], chord[1]);
        if (square > most) {
          most = square;
          farthest = i;
        }
      }
      if (farthest >= 0) {
        keep[farthest] = true;
        chords.push(new int[] {chord[0], farthest});
        chords.push(new int[] {farthest, chord[1]});
      }
    }
  }

  private static double squareFromChord(double[] x, double[] y, int i, int from, int to) {
    double dx = x[to] - x[from];
    double dy = y[to] - y[from];
    double length = dx * dx + dy * dy;
    double along = (x[i] - x[from]) * dx + (y[i] - y[from]) * dy;
    double share = length > 0 ? Math.clamp(along / length, 0, 1) : 0;
    double ex = x[from] + share * dx - x[i];
    double ey = y[from] + share * dy - y[i];
    return ex * ex + ey * ey;
  }

  private static boolean isGap(double[] x, double[] y, int i) {
    return Double.isNaN(x[i]) || Double.isNaN(y[i]);
  }
}
