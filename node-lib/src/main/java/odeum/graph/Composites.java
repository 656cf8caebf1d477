package odeum.graph;

import java.util.Objects;
import odeum.tensor.Shape;

/** What a traced array can do by several primitives. */
public sealed interface Composites permits Tracer {
  private Tracer self() {
    return (Tracer) this;
  }

  /** {@return this to a power} Whole exponents up to 64 become products. */
  default Tracer pow(double exponent) {
    if (exponent == Math.rint(exponent) && Math.abs(exponent) <= 64) {
      return power((int) exponent);
    }
    return exponent == 0.5 ? self().sqrt() : self().pow(self().constant(exponent));
  }

  private Tracer power(int exponent) {
    if (exponent < 0) {
      return self().constant(1).broadcast(self().shape()).div(power(-exponent));
    }
    if (exponent == 0) {
      return self().constant(1).broadcast(self().shape());
    }
    Tracer half = exponent == 1 ? self() : power(exponent / 2);
    if (exponent == 1) {
      return half;
    }
    Tracer even = half.times(half);
    return exponent % 2 == 0 ? even : even.times(self());
  }

  /** {@return the square} */
  default Tracer square() {
    return self().times(self());
  }

  /** {@return the tangent} */
  default Tracer tan() {
    return self().sin().div(self().cos());
  }

  /** {@return the hyperbolic sine} */
  default Tracer sinh() {
    // By e^x far from zero, by tanh near it, where the difference of two e^x would lose digits.
    Tracer half = self().clamp(-1, 1).times(0.5).tanh();
    Tracer one = self().constant(1);
    Tracer near = half.times(2).div(one.minus(half.square()));
    Tracer far = self().exp().minus(self().unaryMinus().exp()).times(0.5);
    return Tracer.where(self().abs().less(one), near, far);
  }

  /** {@return the hyperbolic cosine} */
  default Tracer cosh() {
    return self().exp().plus(self().unaryMinus().exp()).times(0.5);
  }

  /** {@return each value, or the bound it lies beyond, where the derivative is zero} */
  default Tracer clamp(double lowest, double highest) {
    return self().max(self().constant(lowest)).min(self().constant(highest));
  }

  /** {@return all values as one vector, row-major} */
  default Tracer flatten() {
    return self().reshape(Shape.of(self().shape().size()));
  }

  /** {@return element {@code index} along the first axis, which disappears} */
  default Tracer get(int index) {
    Shape shape = self().shape();
    if (shape.rank() == 0) {
      throw new IllegalArgumentException("A number has no element " + index + ".");
    }
    Objects.checkIndex(index, shape.extent(0));
    return self().slice(0, index, index + 1).reshape(shape.without(0));
  }

  /**
   * {@return the product of matrices {@code (m, k)} and {@code (k, n)}, or with a vector {@code
   * (k)}}
   */
  default Tracer matmul(Tracer other) {
    Tracer a = self();
    if (a.shape().rank() == 1) {
      return a.reshape(a.shape().prepend(1)).matmul(other).flatten();
    }
    if (other.shape().rank() == 1) {
      return a.matmul(other.reshape(Shape.of(other.shape().extent(0), 1))).flatten();
    }
    return a.matmul(other, false, false);
  }

  /** {@return the sum of all values} */
  default Tracer sum() {
    return self().shape().rank() == 0 ? self() : flatten().sum(0);
  }

  /** {@return the sum over these axes, which disappear} */
  default Tracer sum(int... axes) {
    return Reductions.sum(self(), axes);
  }

  /** {@return the mean of all values} */
  default Tracer mean() {
    return sum().div(self().shape().size());
  }

  /** {@return the mean over these axes, which disappear} */
  default Tracer mean(int... axes) {
    return sum(axes).div(Reductions.count(self().shape(), axes));
  }

  /**
   * {@return the mean square distance from the mean over these axes (all, if none), which
   * disappear}
   */
  default Tracer variance(int... axes) {
    return Reductions.variance(self(), axes);
  }

  /**
   * {@return this array with mean 0 and variance 1 over these axes, all if none}
   *
   * @param epsilon what is added to the variance before it divides
   */
  default Tracer standardize(double epsilon, int... axes) {
    return Reductions.standardize(self(), epsilon, axes);
  }

  /** {@return the largest value along an axis, which disappears; the derivative is the first's} */
  default Tracer max(int axis) {
    return Reductions.fold(self(), axis, Tracer::max);
  }

  /** {@return the smallest value along an axis, which disappears; the derivative is the first's} */
  default Tracer min(int axis) {
    return Reductions.fold(self(), axis, (first, second) -> second.min(first));
  }

  /** {@return the logarithm of the sum of {@code e^x} along an axis, which disappears} */
  default Tracer logSumExp(int axis) {
    return Reductions.logSumExp(self(), axis);
  }

  /** {@return e^x divided by its sum along an axis} */
  default Tracer softmax(int axis) {
    return Reductions.softmax(self(), axis);
  }

  /** {@return the root of the sum of squares; its derivative at zero is zero} */
  default Tracer norm() {
    return Reductions.norm(self());
  }

  /** {@return for each element the sum of it and all before it along an axis} */
  default Tracer cumulativeSum(int axis) {
    return self().cumulativeSum(axis, false);
  }
}
