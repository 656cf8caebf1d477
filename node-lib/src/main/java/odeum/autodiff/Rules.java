package odeum.autodiff;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/** Pieces that the reverse and the forward rules share. */
final class Rules {
  private Rules() {}

  /** The derivative of {@code a^b} by a. */
  static Tracer powerByBase(Tracer a, Tracer b) {
    return b.times(a.pow(b.minus(1)));
  }

  /** The derivative of {@code a^b} by b; zero where the base is not positive, not NaN. */
  static Tracer powerByExponent(Tracer a, Tracer power) {
    Tracer zero = a.constant(0);
    Tracer positive = zero.less(a);
    Tracer safe = Tracer.where(positive, a, a.constant(1));
    return Tracer.where(positive, power.times(safe.log()), zero);
  }

  static Tracer keep(Tracer condition, Tracer v) {
    return Tracer.where(condition, v, v.constant(0));
  }

  static Tracer drop(Tracer condition, Tracer v) {
    return Tracer.where(condition, v.constant(0), v);
  }

  /** The transpose of a linear primitive, for an operand of this shape. */
  static Tracer transposed(Op.Linear op, Shape shape, Tracer v) {
    return switch (op) {
      case Op.Reshape _ -> v.reshape(shape);
      case Op.Broadcast _ -> unbroadcast(v, shape);
      case Op.Transpose(List<Integer> axes) -> v.transpose(inverse(axes));
      case Op.Slice(int axis, int from, int to) -> v.pad(axis, from, shape.extent(axis) - to);
      case Op.Pad(int axis, int before, int _) ->
          v.slice(axis, before, before + shape.extent(axis));
      case Op.Sum(int axis) -> v.reshape(shape.with(axis, 1)).broadcast(shape);
      case Op.CumulativeSum(int axis, boolean reverse) -> v.cumulativeSum(axis, !reverse);
      case Op.Gather(int axis, List<Integer> indices) ->
          v.scatterAdd(axis, indices, shape.extent(axis));
      case Op.ScatterAdd(int axis, List<Integer> indices, int _) -> v.gather(axis, indices);
    };
  }

  /** Sums over every axis along which an array of the smaller shape was repeated. */
  private static Tracer unbroadcast(Tracer v, Shape smaller) {
    int missing = v.shape().rank() - smaller.rank();
    int[] axes =
        IntStream.range(0, v.shape().rank())
            .filter(i -> i < missing || smaller.extent(i - missing) != v.shape().extent(i))
            .toArray();
    return v.sum(axes).reshape(smaller);
  }

  private static List<Integer> inverse(List<Integer> axes) {
    Integer[] inverse = new Integer[axes.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes.get(i)] = i;
    }
    return Arrays.asList(inverse);
  }
}
