package odeum.plot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Where values on a grid cross a level, by marching squares: the crossings of each cell's sides are
 * joined in pairs, and the pairs to lines.
 */
final class Contour {
  private final double[] x;
  private final double[] y;
  private final double[][] z;
  private final double level;

  /** The neighbours of each crossing; the key counts the sides, first those along x. */
  private final NavigableMap<Integer, List<Integer>> next = new TreeMap<>();

  private Contour(double[] x, double[] y, double[][] z, double level) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.level = level;
  }

  /** {@return x and y of all lines, with a NaN after each} */
  static double[][] lines(double[] x, double[] y, double[][] z, double level) {
    Contour contour = new Contour(x, y, z, level);
    for (int row = 0; row + 1 < y.length; row++) {
      for (int column = 0; column + 1 < x.length; column++) {
        contour.cell(row, column);
      }
    }
    List<double[]> points = contour.walk();
    return new double[][] {
      points.stream().mapToDouble(p -> p[0]).toArray(),
      points.stream().mapToDouble(p -> p[1]).toArray()
    };
  }

  private void cell(int row, int column) {
    int[] sides = {
      side(row, column, true),
      side(row, column + 1, false),
      side(row + 1, column, true),
      side(row, column, false)
    };
    int[] crossed = IntStream.of(sides).filter(this::crosses).toArray();
    if (crossed.length == 2) {
      join(crossed[0], crossed[1]);
    } else if (crossed.length == 4) { // a saddle: its middle says which corners belong together
      double middle =
          (z[row][column] + z[row][column + 1] + z[row + 1][column] + z[row + 1][column + 1]) / 4;
      boolean turned = (middle > level) == (z[row][column] > level);
      join(sides[0], sides[turned ? 1 : 3]);
      join(sides[2], sides[turned ? 3 : 1]);
    }
  }

  private int side(int row, int column, boolean alongX) {
    return 2 * (row * x.length + column) + (alongX ? 0 : 1);
  }

  private void join(int from, int to) {
    next.computeIfAbsent(from, _ -> new ArrayList<>()).add(to);
    next.computeIfAbsent(to, _ -> new ArrayList<>()).add(from);
  }

  private double from(int side) {
    return z[side / 2 / x.length][side / 2 % x.length] - level;
  }

  private double to(int side) {
    int row = side / 2 / x.length;
    int column = side / 2 % x.length;
    return (side % 2 == 0 ? z[row][column + 1] : z[row + 1][column]) - level;
  }

  private boolean crosses(int side) {
    double from = from(side);
    double to = to(side);
    return Double.isFinite(from + to) && (from > 0) != (to > 0);
  }

  private double[] point(int side) {
    int row = side / 2 / x.length;
    int column = side / 2 % x.length;
    double share = from(side) / (from(side) - to(side));
    return side % 2 == 0
        ? new double[] {x[column] + share * (x[column + 1] - x[column]), y[row]}
        : new double[] {x[column], y[row] + share * (y[row + 1] - y[row])};
  }

  /** From the ends of open lines first; what is left then is closed. */
  private List<double[]> walk() {
    List<double[]> points = new ArrayList<>();
    Deque<Integer> starts = new ArrayDeque<>();
    next.forEach(
        (side, sides) -> {
          if (sides.size() == 1) {
            starts.add(side);
          }
        });
    starts.addAll(next.keySet());
    for (int start : starts) {
      Integer at = next.get(start).isEmpty() ? null : Integer.valueOf(start);
      while (at != null) {
        points.add(point(at));
        List<Integer> ways = next.get(at);
        Integer to = ways.isEmpty() ? null : ways.removeFirst();
        if (to != null) {
          next.get(to).remove(at);
        } else {
          points.add(new double[] {Double.NaN, Double.NaN});
        }
        at = to;
      }
    }
    return points;
  }
}
