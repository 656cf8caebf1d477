package odeum.autodiff;

import java.util.Arrays;
import java.util.List;
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

  /** Sums over every axis along which an array of the smaller shape was repeated. */
  static Tracer unbroadcast(Tracer v, Shape smaller) {
    Tracer sum = v;
    while (sum.shape().rank() > smaller.rank()) {
      sum = sum.sum(0);
    }
    for (int axis = 0; axis < smaller.rank(); axis++) {
      if (smaller.extent(axis) == 1 && sum.shape().extent(axis) != 1) {
        sum = sum.sum(axis).reshape(sum.shape().with(axis, 1));
      }
    }
    return sum;
  }

  static List<Integer> inverse(List<Integer> axes) {
    Integer[] inverse = new Integer[axes.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[axes.get(i)] = i;
    }
    return Arrays.asList(inverse);
  }
}
