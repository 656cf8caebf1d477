package odeum.compile;

import java.util.Arrays;
import java.util.List;
import odeum.simd.Loops;
import odeum.tensor.Shape;

/** Kernels that walk along one axis by index: gathering, running sums, products counted by it. */
final class IndexKernels {
  private IndexKernels() {}

  /**
   * An array as a kernel sees it.
   *
   * @param outer how many times the axis stands there
   * @param extent how many elements it has
   * @param inner how many values each element has, side by side
   */
  private record Axis(int outer, int extent, int inner) {
    static Axis of(Shape shape, int axis) {
      return new Axis(
          shape.product(0, axis), shape.extent(axis), shape.product(axis + 1, shape.rank()));
    }
  }

  static Kernel gather(Shape source, int axis, List<Integer> indices, Place a, Place o) {
    Axis along = Axis.of(source, axis);
    int[] from = indices.stream().mapToInt(i -> i).toArray();
    return (m, f, _) -> gather(o.in(m, f), o.at(), a.in(m, f), a.at(), from, along);
  }

  private static void gather(double[] out, int o, double[] a, int ao, int[] from, Axis along) {
    int inner = along.inner;
    for (int i = 0; i < along.outer; i++) {
      int row = o + i * from.length * inner;
      int start = ao + i * along.extent * inner;
      if (inner == 1) {
        for (int j = 0; j < from.length; j++) {
          out[row + j] = from[j] < 0 ? 0 : a[start + from[j]];
        }
        continue;
      }
      for (int j = 0; j < from.length; j++) {
        int to = row + j * inner;
        if (from[j] < 0) {
          Arrays.fill(out, to, to + inner, 0);
        } else {
          System.arraycopy(a, start + from[j] * inner, out, to, inner);
        }
      }
    }
  }

  static Kernel scatterAdd(Shape target, int axis, List<Integer> indices, Place a, Place o) {
    Axis along = Axis.of(target, axis);
    int[] to = indices.stream().mapToInt(i -> i).toArray();
    return (m, f, _) -> scatterAdd(o.in(m, f), o.at(), a.in(m, f), a.at(), to, along);
  }

  private static void scatterAdd(double[] out, int o, double[] a, int ao, int[] to, Axis along) {
    int inner = along.inner;
    Arrays.fill(out, o, o + along.outer * along.extent * inner, 0);
    for (int i = 0; i < along.outer; i++) {
      int row = ao + i * to.length * inner;
      int start = o + i * along.extent * inner;
      for (int j = 0; j < to.length; j++) {
        int at = start + to[j] * inner;
        if (to[j] >= 0 && inner == 1) {
          out[at] += a[row + j];
        } else if (to[j] >= 0) {
          Loops.add(out, at, out, at, a, row + j * inner, inner);
        }
      }
    }
  }

  static Kernel cumulativeSum(Shape shape, int axis, boolean reverse, Place a, Place o) {
    Axis along = Axis.of(shape, axis);
    int first = reverse ? along.extent - 1 : 0;
    int step = reverse ? -1 : 1;
    return (m, f, _) -> cumulativeSum(o.in(m, f), o.at(), a.in(m, f), a.at(), along, first, step);
  }

  private static void cumulativeSum(
      double[] out, int o, double[] a, int ao, Axis along, int first, int step) {
    int inner = along.inner;
    for (int i = 0; i < along.outer && along.extent > 0; i++) {
      int at = (i * along.extent + first) * inner;
      System.arraycopy(a, ao + at, out, o + at, inner);
      for (int j = 1; j < along.extent; j++) {
        int next = at + step * inner;
        Loops.add(out, o + next, out, o + at, a, ao + next, inner);
        at = next;
      }
    }
  }

  static Kernel multiplyEach(Shape left, Shape product, Place a, Place b, Place o) {
    int rows = left.extent(0);
    int inner = left.extent(1);
    int columns = product.extent(1);
    int count = left.extent(2);
    return (m, f, _) ->
        multiplyEach(
            o.in(m, f),
            o.at(),
            a.in(m, f),
            a.at(),
            b.in(m, f),
            b.at(),
            rows,
            inner,
            columns,
            count);
  }

  /** Each element sums over the inner axis in sequence with {@code fma}, starting from zero. */
  private static void multiplyEach(
      double[] out,
      int o,
      double[] a,
      int ao,
      double[] b,
      int bo,
      int rows,
      int inner,
      int columns,
      int count) {
    Arrays.fill(out, o, o + rows * columns * count, 0);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        int left = ao + (i * inner + k) * count;
        for (int j = 0; j < columns; j++) {
          accumulate(
              out,
              o + (i * columns + j) * count,
              a,
              left,
              b,
              bo + (k * columns + j) * count,
              count);
        }
      }
    }
  }

  private static void accumulate(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.fma(a[ao + i], b[bo + i], out[o + i]);
    }
  }
}
