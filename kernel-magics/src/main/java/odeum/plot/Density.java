package odeum.plot;

import java.util.List;
import java.util.Locale;

/** Where points of a plane are dense, on a grid. */
final class Density {
  private static final int COLUMNS = 100;
  private static final int ROWS = 80;
  private static final double REACH = 3;

  private Density() {}

  /** {@return a kernel density: counts on a grid, then blurred along each axis} */
  static HeatMap of(String name, double[] x, double[] y, List<ChartAxis> axes) {
    requirePoints(name, x, y);
    double[] across = width(x);
    double[] up = width(y);
    double[] xs = window(axes.get(0), x, across[0] * REACH);
    double[] ys = window(axes.get(1), y, up[0] * REACH);
    double[][] z = counts(x, y, xs, ys, COLUMNS, ROWS);
    double xCell = (xs[1] - xs[0]) / COLUMNS;
    double yCell = (ys[1] - ys[0]) / ROWS;
    z = blurredRows(z, across[0] / xCell);
    z = transposed(blurredRows(transposed(z), up[0] / yCell));
    double unit = 1 / (xCell * yCell * across[1]);
    for (double[] row : z) {
      for (int i = 0; i < row.length; i++) {
        row[i] *= unit;
      }
    }
    return new HeatMap(
        name,
        HeatMap.middles(xs[0], xs[1], COLUMNS),
        HeatMap.middles(ys[0], ys[1], ROWS),
        z,
        HeatMap.Kind.DENSITY);
  }

  /** {@return how many points fall into each cell} */
  static HeatMap counts(String name, double[] x, double[] y, int bins, List<ChartAxis> axes) {
    requirePoints(name, x, y);
    if (bins < 1 || bins > 200) {
      throw new IllegalArgumentException("A 2-D histogram has 1 to 200 bins, got " + bins + ".");
    }
    double[] xs = window(axes.get(0), x, 0);
    double[] ys = window(axes.get(1), y, 0);
    return new HeatMap(
        name,
        HeatMap.middles(xs[0], xs[1], bins),
        HeatMap.middles(ys[0], ys[1], bins),
        counts(x, y, xs, ys, bins, bins),
        HeatMap.Kind.COUNTS);
  }

  private static void requirePoints(String name, double[] x, double[] y) {
    int finite = 0;
    for (int i = 0; i < Math.min(x.length, y.length); i++) {
      finite += Double.isFinite(x[i] + y[i]) ? 1 : 0;
    }
    if (x.length != y.length || finite < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Density '%s' needs at least two points with an x and a y each, got %d and %d.",
              name,
              x.length,
              y.length));
    }
  }

  private static double[] window(ChartAxis axis, double[] values, double beside) {
    if (!axis.range().isEmpty()) {
      return new double[] {axis.range().getFirst(), axis.range().getLast()};
    }
    Extent extent = Extent.of(values);
    return Scale.around(new Extent(extent.low() - beside, extent.high() + beside), 0, 0);
  }

  private static double[][] counts(
      double[] x, double[] y, double[] xs, double[] ys, int columns, int rows) {
    double[][] counts = new double[rows][columns];
    for (int i = 0; i < x.length; i++) {
      double column = (x[i] - xs[0]) / (xs[1] - xs[0]) * columns;
      double row = (y[i] - ys[0]) / (ys[1] - ys[0]) * rows;
      if (column >= 0 && column <= columns && row >= 0 && row <= rows) {
        counts[Math.min((int) row, rows - 1)][Math.min((int) column, columns - 1)]++;
      }
    }
    return counts;
  }

  /** Scott's width for two dimensions, at least a hundredth of the spread, and the count. */
  private static double[] width(double[] values) {
    double sum = 0;
    int count = 0;
    for (double value : values) {
      if (Double.isFinite(value)) {
        sum += value;
        count++;
      }
    }
    double mean = sum / count;
    double squares = 0;
    for (double value : values) {
      squares += Double.isFinite(value) ? (value - mean) * (value - mean) : 0;
    }
    double deviation = Math.sqrt(squares / Math.max(1, count - 1));
    double scott = deviation * StrictMath.pow(count, -1 / 6.0);
    return new double[] {scott > 0 ? scott : Math.max(Math.abs(mean) * 0.1, 0.1), count};
  }

  private static double[][] blurredRows(double[][] z, double width) {
    int reach = Math.max(1, (int) Math.ceil(REACH * width));
    double[] weights = new double[2 * reach + 1];
    double total = 0;
    for (int k = -reach; k <= reach; k++) {
      weights[k + reach] = StrictMath.exp(-0.5 * (k / width) * (k / width));
      total += weights[k + reach];
    }
    double[][] blurred = new double[z.length][z[0].length];
    for (int row = 0; row < z.length; row++) {
      for (int i = 0; i < z[row].length; i++) {
        for (int k = -reach; k <= reach; k++) {
          if (i + k >= 0 && i + k < z[row].length) {
            blurred[row][i] += z[row][i + k] * weights[k + reach] / total;
          }
        }
      }
    }
    return blurred;
  }

  private static double[][] transposed(double[][] z) {
    double[][] turned = new double[z[0].length][z.length];
    for (int row = 0; row < z.length; row++) {
      for (int i = 0; i < z[row].length; i++) {
        turned[i][row] = z[row][i];
      }
    }
    return turned;
  }
}
