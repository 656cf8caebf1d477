package odeum.compile;

import java.util.Arrays;
import odeum.tensor.Shape;

/** Kernels that find and move elements by numbers that are computed, column by column. */
final class ColumnKernels {
  private ColumnKernels() {}

  static Kernel search(Shape knots, Shape points, Place a, Place b, Place o) {
    int n = knots.extent(0);
    int columns = knots.extent(1);
    int count = points.size();
    return (m, f, _) -> {
      double[] from = a.in(m, f);
      double[] sought = b.in(m, f);
      double[] out = o.in(m, f);
      for (int i = 0; i < count; i++) {
        out[o.at() + i] = last(from, a.at() + i % columns, n, columns, sought[b.at() + i]);
      }
    };
  }

  /** The last of n ascending knots that is not above the point, by halving; 0 for NaN. */
  private static int last(double[] knots, int at, int n, int stride, double point) {
    int low = 0;
    int high = n;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (knots[at + middle * stride] <= point) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  static Kernel take(Shape source, Shape result, Place numbers, Place a, Place o) {
    int n = source.extent(0);
    int columns = source.extent(1);
    int count = result.size();
    return (m, f, _) -> {
      double[] at = numbers.in(m, f);
      double[] from = a.in(m, f);
      double[] out = o.in(m, f);
      for (int i = 0; i < count; i++) {
        int row = row(at[numbers.at() + i], n);
        out[o.at() + i] = from[a.at() + row * columns + i % columns];
      }
    };
  }

  static Kernel putAdd(Shape given, Shape result, Place numbers, Place a, Place o) {
    int n = result.extent(0);
    int columns = result.extent(1);
    int count = given.size();
    int size = result.size();
    return (m, f, _) -> {
      double[] at = numbers.in(m, f);
      double[] from = a.in(m, f);
      double[] out = o.in(m, f);
      Arrays.fill(out, o.at(), o.at() + size, 0);
      for (int i = 0; i < count; i++) {
        int row = row(at[numbers.at() + i], n);
        out[o.at() + row * columns + i % columns] += from[a.at() + i];
      }
    };
  }

  /** A number as a row; one beyond an end means that end, NaN the first. */
  private static int row(double number, int n) {
    return Math.clamp((long) number, 0, n - 1);
  }
}
