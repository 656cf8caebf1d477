package odeum.plot;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/** Leaves out the points of a long line that nobody could see at its size in pixels. */
final class Thinning {
  static final int LIMIT = 2000;
  private static final double WIDEST = 4000;
  private static final double INVISIBLE = 0.4;

  /** How far, of {@link #WIDEST}, a line may leave its points. */
  private static final double FAINT = 1;

  /** How often each point may be looked at; curves need the logarithm of their length. */
  private static final int MOST_LOOKS = 60;

  private Thinning() {}

  /**
   * {@return which points of a line to keep, at most about {@code limit}} First where it is
   * straight; when that is not enough, for it is rough, those that make each pixel column as high
   * as it was.
   *
   * @param places x, y and so on of each point as they are drawn; NaN in gaps
   */
  static boolean[] line(int limit, double[]... places) {
    double[][] scaled = Arrays.stream(places).map(Thinning::scaled).toArray(double[][]::new);
    boolean[] keep = shape(scaled, FAINT);
    if (places.length == 2 && isSorted(places[0]) && count(keep) > limit) {
      double narrower = limit / 4.0 / WIDEST;
      boolean[] columns = new boolean[keep.length];
      byColumn(Arrays.stream(scaled[0]).map(x -> x * narrower).toArray(), scaled[1], columns);
      return columns;
    }
    for (double faint = 2 * FAINT; count(keep) > limit && faint < WIDEST / 10; faint *= 2) {
      keep = shape(scaled, faint);
    }
    return count(keep) > limit ? evenly(limit, keep) : keep;
  }

  /** Nothing but noise: some of it. */
  private static boolean[] evenly(int limit, boolean[] keep) {
    boolean[] some = new boolean[keep.length];
    int every = Math.ceilDiv(keep.length, limit);
    for (int i = 0; i < some.length; i++) {
      some[i] = i % every == 0 || i == some.length - 1;
    }
    return some;
  }

  /** {@return which points to keep so that each of so many columns and rows has at most one} */
  static boolean[] apart(double cells, double[] x, double[] y) {
    double[] across = scaled(x);
    double[] up = scaled(y);
    boolean[] keep = new boolean[x.length];
    Set<Long> taken = new HashSet<>();
    for (int i = 0; i < x.length; i++) {
      long column = (long) (across[i] * cells / WIDEST);
      long row = (long) (up[i] * cells / WIDEST);
      keep[i] = !isGap(x, y, i) && taken.add(column * 1_000_000 + row);
    }
    return keep;
  }

  private static int count(boolean[] keep) {
    int count = 0;
    for (boolean kept : keep) {
      count += kept ? 1 : 0;
    }
    return count;
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

  private static boolean[] shape(double[][] places, double faint) {
    int length = places[0].length;
    boolean[] keep = new boolean[length];
    int start = 0;
    for (int i = 0; i <= length; i++) {
      int at = i;
      if (i == length || Arrays.stream(places).anyMatch(p -> Double.isNaN(p[at]))) {
        if (i > start) {
          shape(places, new int[] {start, i - 1}, faint, keep);
        }
        if (i < length) {
          keep[i] = true;
        }
        start = i + 1;
      }
    }
    return keep;
  }

  /**
   * Of a run without gaps, by Douglas and Peucker's method (doi:10.3138/FM57-6770-U75U-7727). Noise
   * would make it compare each point with each other one: it is given up and all points are kept.
   */
  private static void shape(double[][] places, int[] run, double faint, boolean[] keep) {
    keep[run[0]] = true;
    keep[run[1]] = true;
    Deque<int[]> chords = new ArrayDeque<>();
    chords.push(run);
    long work = MOST_LOOKS * (run[1] - run[0] + 1L);
    while (!chords.isEmpty()) {
      int[] chord = chords.pop();
      work -= chord[1] - chord[0];
      if (work < 0) {
        Arrays.fill(keep, run[0], run[1] + 1, true);
        return;
      }
      int farthest = -1;
      double most = faint * faint;
      for (int i = chord[0] + 1; i < chord[1]; i++) {
        double square = squareFromChord(places, i, chord[0], chord[1]);
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

  private static double squareFromChord(double[][] places, int i, int from, int to) {
    double length = 0;
    double along = 0;
    for (double[] p : places) {
      length += (p[to] - p[from]) * (p[to] - p[from]);
      along += (p[i] - p[from]) * (p[to] - p[from]);
    }
    double share = length > 0 ? Math.clamp(along / length, 0, 1) : 0;
    double square = 0;
    for (double[] p : places) {
      double away = p[from] + share * (p[to] - p[from]) - p[i];
      square += away * away;
    }
    return square;
  }

  private static boolean isGap(double[] x, double[] y, int i) {
    return Double.isNaN(x[i]) || Double.isNaN(y[i]);
  }
}
