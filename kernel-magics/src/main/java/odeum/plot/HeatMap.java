package odeum.plot;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** Values over a plane as colours: the middles of columns and rows, and a value for each pair. */
record HeatMap(String name, double[] x, double[] y, double[][] z, Kind kind) implements Ground {
  private static final int COLUMNS = 100;
  private static final int ROWS = 80;

  /** What the values are. */
  enum Kind {
    VALUES(""),
    DENSITY("density"),
    COUNTS("2-D histogram"),
    CLASSES("map of regions");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    /** {@return what captions call it, or nothing for a plain heat map} */
    String words() {
      return words;
    }
  }

  HeatMap {
    boolean fits = z.length == y.length;
    for (double[] row : z) {
      fits &= row.length == x.length;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Heat map '%s' needs %d rows of %d values, one for each y and x.",
              name,
              y.length,
              x.length));
    }
    if (!DoubleStream.concat(DoubleStream.of(x), DoubleStream.of(y)).allMatch(Double::isFinite)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Heat map '%s' needs finite places on both axes.", name));
    }
    x = x.clone();
    y = y.clone();
    z = z.clone();
    for (int row = 0; row < z.length; row++) {
      z[row] = z[row].clone();
    }
  }

  /** {@return the values of a function of the points of a grid} */
  static HeatMap of(String name, double[] x, double[] y, Function<Tensor, double[]> function) {
    double[] points = new double[2 * x.length * y.length];
    for (int i = 0; i < x.length * y.length; i++) {
      points[2 * i] = x[i % x.length];
      points[2 * i + 1] = y[i / x.length];
    }
    double[] values = function.apply(Tensor.of(Shape.of(x.length * y.length, 2), points));
    if (values.length != x.length * y.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Heat map '%s' needs a value for each of %d points, got %d.",
              name,
              x.length * y.length,
              values.length));
    }
    double[][] z =
        IntStream.range(0, y.length)
            .mapToObj(row -> Arrays.copyOfRange(values, row * x.length, (row + 1) * x.length))
            .toArray(double[][]::new);
    return new HeatMap(name, x, y, z, Kind.VALUES);
  }

  /** {@return a function over the ranges of two axes} */
  static HeatMap of(String name, List<ChartAxis> axes, DoubleBinaryOperator function) {
    if (axes.get(0).range().isEmpty() || axes.get(1).range().isEmpty()) {
      throw new IllegalStateException(
          "A function needs a window: set xRange(low, high) and yRange(low, high) before it.");
    }
    double[] x = middles(axes.get(0).range().getFirst(), axes.get(0).range().getLast(), COLUMNS);
    double[] y = middles(axes.get(1).range().getFirst(), axes.get(1).range().getLast(), ROWS);
    double[][] z = new double[y.length][x.length];
    for (int row = 0; row < y.length; row++) {
      for (int column = 0; column < x.length; column++) {
        z[row][column] = function.applyAsDouble(x[column], y[row]);
      }
    }
    return new HeatMap(name, x, y, z, Kind.VALUES);
  }

  static double[] middles(double low, double high, int count) {
    return IntStream.range(0, count)
        .mapToDouble(i -> low + (high - low) * (i + 0.5) / count)
        .toArray();
  }
}
