package odeum.compile;

import java.util.Arrays;
import java.util.List;
import odeum.simd.Lanes;
import odeum.tensor.Shape;

/** Kernels that move values, and sums along an axis. */
final class Moves {
  private Moves() {}

  /**
   * Copies elements {@code from .. from+count-1} along an axis of the source to the places from
   * {@code at} on along the same axis of the target.
   */
  static Kernel copyBlocks(
      Shape source, int axis, int from, int count, int a, Shape target, int at, int o) {
    int inner = source.product(axis + 1, source.rank());
    int outer = source.product(0, axis);
    int sourceRow = source.extent(axis) * inner;
    int targetRow = target.extent(axis) * inner;
    int length = count * inner;
    int first = a + from * inner;
    int to = o + at * inner;
    if (length == 1) {
      return (m, _) -> {
        for (int i = 0; i < outer; i++) {
          m[to + i * targetRow] = m[first + i * sourceRow];
        }
      };
    }
    return (m, _) -> {
      for (int i = 0; i < outer; i++) {
        System.arraycopy(m, first + i * sourceRow, m, to + i * targetRow, length);
      }
    };
  }

  static Kernel broadcast(Shape small, Shape large, int a, int o) {
    int n = large.size();
    if (small.size() == 1) {
      return (m, _) -> Arrays.fill(m, o, o + n, m[a]);
    }
    int[] sources = new int[n];
    int missing = large.rank() - small.rank();
    for (int flat = 0; flat < n; flat++) {
      int rest = flat;
      int stride = 1;
      for (int axis = large.rank() - 1; axis >= missing; axis--) {
        int index = rest % large.extent(axis);
        rest /= large.extent(axis);
        int extent = small.extent(axis - missing);
        sources[flat] += extent == 1 ? 0 : index * stride;
        stride *= extent;
      }
    }
    return gather(sources, a, o);
  }

  static Kernel transpose(Shape source, List<Integer> axes, int a, int o) {
    int[] strides = new int[source.rank()];
    for (int axis = source.rank() - 1, stride = 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= source.extent(axis);
    }
    int[] sources = new int[source.size()];
    for (int flat = 0; flat < sources.length; flat++) {
      int rest = flat;
      for (int i = axes.size() - 1; i >= 0; i--) {
        int extent = source.extent(axes.get(i));
        sources[flat] += (rest % extent) * strides[axes.get(i)];
        rest /= extent;
      }
    }
    return gather(sources, a, o);
  }

  private static Kernel gather(int[] sources, int a, int o) {
    return (m, _) -> {
      for (int i = 0; i < sources.length; i++) {
        m[o + i] = m[a + sources[i]];
      }
    };
  }

  static Kernel sum(Shape source, int axis, int a, int o) {
    int inner = source.product(axis + 1, source.rank());
    int outer = source.product(0, axis);
    int extent = source.extent(axis);
    if (inner == 1) {
      return (m, _) -> {
        for (int i = 0; i < outer; i++) {
          m[o + i] = Lanes.sum(m, a + i * extent, extent);
        }
      };
    }
    return (m, _) -> {
      for (int i = 0; i < outer; i++) {
        int row = o + i * inner;
        Arrays.fill(m, row, row + inner, 0);
        for (int k = 0; k < extent; k++) {
          int from = a + (i * extent + k) * inner;
          for (int j = 0; j < inner; j++) {
            m[row + j] += m[from + j];
          }
        }
      }
    };
  }
}
