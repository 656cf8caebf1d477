package odeum.compile;

import java.util.List;
import odeum.simd.Lanes;
import odeum.simd.Loops;
import odeum.tensor.Shape;

/** Kernels that move values, and sums along an axis. */
final class Moves {
  private Moves() {}

  /**
   * Copies elements {@code from .. from+count-1} along an axis of the source to the places from
   * {@code at} on along the same axis of the target.
   */
  static Kernel copyBlocks(
      Shape source, int axis, int from, int count, Place a, Shape target, int at, Place o) {
    int inner = source.product(axis + 1, source.rank());
    int outer = source.product(0, axis);
    int sourceRow = source.extent(axis) * inner;
    int targetRow = target.extent(axis) * inner;
    int length = count * inner;
    int first = a.at() + from * inner;
    int to = o.at() + at * inner;
    if (length == 1) {
      return (m, f, _) -> {
        double[] out = o.in(m, f);
        double[] in = a.in(m, f);
        for (int i = 0; i < outer; i++) {
          out[to + i * targetRow] = in[first + i * sourceRow];
        }
      };
    }
    return (m, f, _) -> {
      double[] out = o.in(m, f);
      double[] in = a.in(m, f);
      for (int i = 0; i < outer; i++) {
        System.arraycopy(in, first + i * sourceRow, out, to + i * targetRow, length);
      }
    };
  }

  static Kernel pad(Shape source, int axis, Place a, Shape target, int before, Place o) {
    Kernel copy = copyBlocks(source, axis, 0, source.extent(axis), a, target, before, o);
    int n = target.size();
    return (m, f, records) -> {
      Loops.fill(o.in(m, f), o.at(), 0, n);
      copy.run(m, f, records);
    };
  }

  static Kernel broadcast(Shape small, Shape large, Place a, Place o) {
    int n = large.size();
    int count = small.size();
    if (count == 1) {
      return (m, f, _) -> Loops.fill(o.in(m, f), o.at(), a.in(m, f)[a.at()], n);
    }
    if (Fusion.isColumn(small, large, count)) {
      return column(a, o, count, n / Math.max(1, count));
    }
    if (Fusion.isRow(small, large)) {
      return (m, f, _) -> {
        for (int at = 0; at < n; at += count) {
          System.arraycopy(a.in(m, f), a.at(), o.in(m, f), o.at() + at, count);
        }
      };
    }
    int width = Fusion.width(small, large);
    return width > 1
        ? rows(a, o, count / width, n / count, width)
        : gather(sources(small, large), a, o);
  }

  /** Each row so many times, before the next one follows. */
  private static Kernel rows(Place a, Place o, int rows, int times, int width) {
    return (m, f, _) -> {
      double[] out = o.in(m, f);
      double[] in = a.in(m, f);
      for (int i = 0; i < rows * times; i++) {
        System.arraycopy(in, a.at() + i / times * width, out, o.at() + i * width, width);
      }
    };
  }

  private static Kernel column(Place a, Place o, int rows, int width) {
    return (m, f, _) -> {
      for (int i = 0; i < rows; i++) {
        Loops.fill(o.in(m, f), o.at() + i * width, a.in(m, f)[a.at() + i], width);
      }
    };
  }

  /** Where each element of an array comes from that is repeated. */
  static int[] sources(Shape small, Shape large) {
    int[] sources = new int[large.size()];
    int missing = large.rank() - small.rank();
    for (int flat = 0; flat < sources.length; flat++) {
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
    return sources;
  }

  static Kernel transpose(Shape source, List<Integer> axes, Place a, Place o) {
    return gather(sources(source, axes), a, o);
  }

  /** Where each element of an array comes from whose axes are reordered. */
  static int[] sources(Shape source, List<Integer> axes) {
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
    return sources;
  }

  private static Kernel gather(int[] sources, Place a, Place o) {
    return (m, f, _) -> {
      double[] out = o.in(m, f);
      double[] in = a.in(m, f);
      int at = o.at();
      int from = a.at();
      for (int i = 0; i < sources.length; i++) {
        out[at + i] = in[from + sources[i]];
      }
    };
  }

  /** Along the last axis in eight lanes, along others in sequence. */
  static Kernel sum(Shape source, int axis, Place a, Place o) {
    int inner = source.product(axis + 1, source.rank());
    int outer = source.product(0, axis);
    int extent = source.extent(axis);
    if (inner == 1) {
      return (m, f, _) -> Lanes.sumRows(o.in(m, f), o.at(), a.in(m, f), a.at(), outer, extent);
    }
    return (m, f, _) -> {
      double[] out = o.in(m, f);
      double[] in = a.in(m, f);
      for (int i = 0; i < outer; i++) {
        int row = o.at() + i * inner;
        Loops.fill(out, row, 0, inner);
        for (int k = 0; k < extent; k++) {
          Loops.add(out, row, out, row, in, a.at() + (i * extent + k) * inner, inner);
        }
      }
    };
  }
}
