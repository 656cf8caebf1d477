package odeum.plot;

import java.util.Locale;
import java.util.stream.DoubleStream;

/** Values over a plane as colours: the middles of columns and rows, and a value for each pair. */
record HeatMap(String name, double[] x, double[] y, double[][] z) {
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
}
