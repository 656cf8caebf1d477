package odeum.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import odeum.tensor.Shape;

/** Sums, extremes and averages along axes, from primitives. */
final class Reductions {
  private Reductions() {}

  /** Neighbouring axes are summed as one, the last ones first. */
  static Tracer sum(Tracer a, int[] axes) {
    int[] sorted = Arrays.stream(axes).sorted().distinct().toArray();
    Tracer sum = a;
    for (int last = sorted.length - 1; last >= 0; last--) {
      int first = last;
      while (first > 0 && sorted[first - 1] == sorted[first] - 1) {
        first--;
      }
      sum = merge(sum, sorted[first], sorted[last]).sum(sorted[first]);
      last = first;
    }
    return sum;
  }

  private static Tracer merge(Tracer a, int first, int last) {
    Objects.checkIndex(first, a.shape().rank());
    Objects.checkIndex(last, a.shape().rank());
    List<Integer> extents = new ArrayList<>(a.shape().extents().subList(0, first));
    extents.add(a.shape().product(first, last + 1));
    extents.addAll(a.shape().extents().subList(last + 1, a.shape().rank()));
    return a.reshape(new Shape(extents));
  }

  private static int[] orAll(Tracer a, int[] axes) {
    return axes.length > 0 ? axes : IntStream.range(0, a.shape().rank()).toArray();
  }

  /** The shape with extents of one in place of these axes. */
  private static Shape kept(Shape shape, int[] axes) {
    Shape kept = shape;
    for (int axis : axes) {
      kept = kept.with(axis, 1);
    }
    return kept;
  }

  static int count(Shape shape, int[] axes) {
    return Arrays.stream(axes).distinct().map(shape::extent).reduce(1, Math::multiplyExact);
  }

  /**
   * Folds an axis pair by pair: as many steps as the extent has binary digits. Of equal elements
   * the first one wins, as pairs are neighbours.
   */
  static Tracer fold(Tracer a, int axis, BinaryOperator<Tracer> better) {
    Tracer rest = a;
    while (rest.shape().extent(axis) > 1) {
      int extent = rest.shape().extent(axis);
      List<Integer> even = new ArrayList<>();
      List<Integer> odd = new ArrayList<>();
      for (int i = 0; i < extent; i += 2) {
        even.add(i);
        // A last one without neighbour is its own, which does no harm to a maximum.
        odd.add(Math.min(i + 1, extent - 1));
      }
      rest = better.apply(rest.gather(axis, even), rest.gather(axis, odd));
    }
    return rest.reshape(rest.shape().without(axis));
  }

  static Tracer standardize(Tracer a, double epsilon, int[] some) {
    int[] axes = orAll(a, some);
    Shape kept = kept(a.shape(), axes);
    Tracer centred = a.minus(a.mean(axes).reshape(kept));
    Tracer variance = centred.square().mean(axes).reshape(kept);
    return centred.div(variance.plus(epsilon).sqrt());
  }

  static Tracer variance(Tracer a, int[] some) {
    int[] axes = orAll(a, some);
    return a.minus(a.mean(axes).reshape(kept(a.shape(), axes))).square().mean(axes);
  }

  /** The largest value is subtracted first, so nothing overflows. */
  static Tracer logSumExp(Tracer a, int axis) {
    Tracer largest = a.max(axis).stopGradient();
    Tracer shifted = a.minus(largest.reshape(a.shape().with(axis, 1)));
    return shifted.exp().sum(axis).log().plus(largest);
  }

  static Tracer softmax(Tracer a, int axis) {
    Shape kept = a.shape().with(axis, 1);
    Tracer e = a.minus(a.max(axis).stopGradient().reshape(kept)).exp();
    return e.div(e.sum(axis).reshape(kept));
  }

  /** The root of a sum of squares has no slope at zero; zero is the choice that trains. */
  static Tracer norm(Tracer a) {
    Tracer squares = a.square().sum();
    Tracer zero = a.constant(0);
    Tracer positive = zero.less(squares);
    return Tracer.where(positive, Tracer.where(positive, squares, a.constant(1)).sqrt(), zero);
  }
}
