package odeum.graph;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Stands for an array of doubles while a function is traced. Its methods record what is done;
 * nothing is computed. Shapes of element-wise operands are broadcast as in NumPy.
 */
public final class Tracer implements Composites {
  private final Trace trace;
  private final int position;
  private final Shape shape;

  Tracer(Trace trace, int position, Shape shape) {
    this.trace = trace;
    this.position = position;
    this.shape = shape;
  }

  Trace trace() {
    return trace;
  }

  int position() {
    return position;
  }

  /** {@return the shape of the array this stands for} */
  public Shape shape() {
    return shape;
  }

  /** {@return a known number in the trace of this one} */
  public Tracer constant(double value) {
    return trace.constant(Tensor.scalar(value));
  }

  /** {@return known values in the trace of this one} */
  public Tracer constant(Tensor value) {
    return trace.constant(value);
  }

  /** {@return the sum} */
  public Tracer plus(Tracer other) {
    return binary(new Op.Add(), other);
  }

  /** {@return the sum} */
  public Tracer plus(double other) {
    return other == 0 ? this : plus(constant(other));
  }

  /** {@return the difference} */
  public Tracer minus(Tracer other) {
    return binary(new Op.Subtract(), other);
  }

  /** {@return the difference} */
  public Tracer minus(double other) {
    return other == 0 ? this : minus(constant(other));
  }

  /** {@return the product, element by element} */
  public Tracer times(Tracer other) {
    return binary(new Op.Multiply(), other);
  }

  /** {@return the product} */
  public Tracer times(double other) {
    return other == 1 ? this : times(constant(other));
  }

  /** {@return the quotient, element by element} */
  public Tracer div(Tracer other) {
    return binary(new Op.Divide(), other);
  }

  /** {@return the quotient} */
  public Tracer div(double other) {
    return other == 1 ? this : div(constant(other));
  }

  /** {@return the negative} */
  public Tracer unaryMinus() {
    return unary(new Op.Negate());
  }

  /** {@return this to a power, element by element} */
  public Tracer pow(Tracer exponent) {
    return binary(new Op.Power(), exponent);
  }

  /** {@return the absolute value} */
  public Tracer abs() {
    return unary(new Op.Abs());
  }

  /** {@return -1, 0 or 1} */
  public Tracer sign() {
    return unary(new Op.Sign());
  }

  /** {@return the square root} */
  public Tracer sqrt() {
    return unary(new Op.Sqrt());
  }

  /** {@return e to this power} */
  public Tracer exp() {
    return unary(new Op.Exp());
  }

  /** {@return the natural logarithm} */
  public Tracer log() {
    return unary(new Op.Log());
  }

  /** {@return the sine} */
  public Tracer sin() {
    return unary(new Op.Sin());
  }

  /** {@return the cosine} */
  public Tracer cos() {
    return unary(new Op.Cos());
  }

  /** {@return the angle between -pi/2 and pi/2 whose tangent this is} */
  public Tracer atan() {
    return unary(new Op.Atan());
  }

  /** {@return the hyperbolic tangent} */
  public Tracer tanh() {
    return unary(new Op.Tanh());
  }

  /** {@return the logistic function 1 / (1 + e^-x)} */
  public Tracer sigmoid() {
    return unary(new Op.Sigmoid());
  }

  /** {@return the smaller one of each pair} */
  public Tracer min(Tracer other) {
    return binary(new Op.Minimum(), other);
  }

  /** {@return the larger one of each pair} */
  public Tracer max(Tracer other) {
    return binary(new Op.Maximum(), other);
  }

  /** {@return 1 where this is smaller, else 0} */
  public Tracer less(Tracer other) {
    return binary(new Op.Less(), other);
  }

  /** {@return {@code yes} where {@code condition} is not 0, else {@code no}} */
  public static Tracer where(Tracer condition, Tracer yes, Tracer no) {
    Shape common = Broadcasting.common(condition.shape, Broadcasting.common(yes.shape, no.shape));
    List<Tracer> operands =
        List.of(condition.broadcast(common), yes.broadcast(common), no.broadcast(common));
    return apply(new Op.Where(), operands);
  }

  /** {@return this array repeated to a larger shape, as NumPy's {@code broadcast_to}} */
  public Tracer broadcast(Shape larger) {
    if (larger.equals(shape)) {
      return this;
    }
    if (!Broadcasting.common(shape, larger).equals(larger)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot repeat shape %s to %s.", shape, larger));
    }
    return trace.add(new Op.Broadcast(larger), List.of(this), larger);
  }

  /** {@return the same values under another shape of the same size} */
  public Tracer reshape(Shape other) {
    if (other.size() != shape.size()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Cannot reshape %s to %s: the sizes differ.", shape, other));
    }
    return other.equals(shape) ? this : trace.add(new Op.Reshape(other), List.of(this), other);
  }

  /** {@return this matrix (or array) with its axes in reverse order} */
  public Tracer transpose() {
    List<Integer> axes = new ArrayList<>();
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      axes.add(axis);
    }
    return transpose(axes);
  }

  /** {@return this array with its axes reordered: axis i of the result is {@code axes(i)}} */
  public Tracer transpose(List<Integer> axes) {
    List<Integer> sorted = new ArrayList<>(axes);
    Collections.sort(sorted);
    for (int i = 0; i < Math.max(axes.size(), shape.rank()); i++) {
      if (axes.size() != shape.rank() || sorted.get(i) != i) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Axes %s are no order of the %d axes of %s.",
                axes,
                shape.rank(),
                shape));
      }
    }
    Shape result = new Shape(axes.stream().map(shape::extent).toList());
    return trace.add(new Op.Transpose(axes), List.of(this), result);
  }

  /** {@return elements {@code from .. to-1} along an axis} */
  public Tracer slice(int axis, int from, int to) {
    Objects.checkFromToIndex(from, to, shape.extent(axis));
    if (from == 0 && to == shape.extent(axis)) {
      return this;
    }
    return trace.add(new Op.Slice(axis, from, to), List.of(this), shape.with(axis, to - from));
  }

  /** {@return this array with zeros before and after along an axis} */
  public Tracer pad(int axis, int before, int after) {
    if (before == 0 && after == 0) {
      return this;
    }
    Shape padded = shape.with(axis, before + shape.extent(axis) + after);
    return trace.add(new Op.Pad(axis, before, after), List.of(this), padded);
  }

  /** {@return the arrays, all of one shape, along a new first axis} */
  public static Tracer stack(Tracer... arrays) {
    return stack(List.of(arrays));
  }

  /** {@return the arrays, all of one shape, along a new first axis} */
  public static Tracer stack(List<Tracer> arrays) {
    return concatenate(0, arrays.stream().map(a -> a.reshape(a.shape.prepend(1))).toList());
  }

  /** {@return the arrays one after the other along an axis} */
  public static Tracer concatenate(int axis, List<Tracer> arrays) {
    Shape first = arrays.getFirst().shape;
    for (Tracer array : arrays) {
      if (array.shape.rank() != first.rank()
          || !array.shape.with(axis, 0).equals(first.with(axis, 0))) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "Cannot join shapes %s and %s along axis %d.",
                first,
                array.shape,
                axis));
      }
    }
    return arrays.size() == 1 ? arrays.getFirst() : apply(new Op.Concatenate(axis), arrays);
  }

  /** {@return the sum over an axis, which disappears} */
  public Tracer sum(int axis) {
    Objects.checkIndex(axis, shape.rank());
    return trace.add(new Op.Sum(axis), List.of(this), shape.without(axis));
  }

  /**
   * {@return for each element the sum of it and all before it along an axis}
   *
   * @param reverse whether of all after it instead
   */
  public Tracer cumulativeSum(int axis, boolean reverse) {
    Objects.checkIndex(axis, shape.rank());
    return apply(new Op.CumulativeSum(axis, reverse), List.of(this));
  }

  /** {@return the elements of these indices along an axis; zeros for an index of -1} */
  public Tracer gather(int axis, List<Integer> indices) {
    indices.forEach(i -> Objects.checkIndex(i + 1, shape.extent(axis) + 1));
    return apply(new Op.Gather(axis, indices), List.of(this));
  }

  /**
   * {@return an array of zeros to which element i along an axis is added at {@code indices(i)}} An
   * index of -1 drops the element.
   *
   * @param extent the length of the axis in the result
   */
  public Tracer scatterAdd(int axis, List<Integer> indices, int extent) {
    indices.forEach(i -> Objects.checkIndex(i + 1, extent + 1));
    if (indices.size() != shape.extent(axis)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Axis %d of %s has %d elements, got %d indices.",
              axis,
              shape,
              shape.extent(axis),
              indices.size()));
    }
    return apply(new Op.ScatterAdd(axis, indices, extent), List.of(this));
  }

  /**
   * {@return the product of two matrices, each of which may be given transposed} With {@code right}
   * an element sums over eight lanes, else in sequence.
   */
  public Tracer matmul(Tracer other, boolean left, boolean right) {
    if (left && right) {
      return other.matmul(this, false, false).transpose();
    }
    boolean matrices = shape.rank() == 2 && other.shape.rank() == 2;
    if (!matrices || shape.extent(left ? 0 : 1) != other.shape.extent(right ? 1 : 0)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The matrix product needs shapes %s and %s, got %s and %s.",
              left ? "(k, m)" : "(m, k)",
              right ? "(n, k)" : "(k, n)",
              shape,
              other.shape));
    }
    return apply(new Op.MatrixMultiply(left, right), List.of(this, other));
  }

  /**
   * {@return the products of matrices {@code (m, k, count)} and {@code (k, n, count)}, one for each
   * element of the last axis}
   */
  public Tracer multiplyEach(Tracer other) {
    boolean ranks = shape.rank() == 3 && other.shape.rank() == 3;
    if (!ranks
        || shape.extent(1) != other.shape.extent(0)
        || shape.extent(2) != other.shape.extent(2)) {
      throw new IllegalArgumentException(
          "Many matrix products need shapes (m, k, count) and (k, n, count), got %s and %s."
              .formatted(shape, other.shape));
    }
    return apply(new Op.MultiplyEach(), List.of(this, other));
  }

  /**
   * {@return for each point the number of the last of these ascending knots that is not above it, 0
   * if there is none} Shapes {@code (knots, columns)} and {@code (points, columns)}: each column
   * has its own knots.
   */
  public Tracer search(Tracer points) {
    requireColumns("A search needs knots and points", points, shape.rank() == 2);
    if (shape.extent(0) == 0) {
      throw new IllegalArgumentException("A search needs a knot or more.");
    }
    return apply(new Op.Search(), List.of(this, points));
  }

  /**
   * {@return the elements of these numbers along the first axis, column by column} Shapes {@code
   * (n, columns)} and {@code (m, columns)}; a number beyond an end means that end.
   */
  public Tracer take(Tracer numbers) {
    requireColumns("Taking needs values and numbers", numbers, shape.rank() == 2);
    if (shape.extent(0) == 0) {
      throw new IllegalArgumentException("There is nothing to take from.");
    }
    return apply(new Op.Take(), List.of(numbers, this));
  }

  /**
   * {@return zeros {@code (extent, columns)} to which each of these values is added at its number}
   * Values and numbers have the shape {@code (m, columns)}; a number beyond an end means that end.
   */
  public Tracer putAdd(Tracer numbers, int extent) {
    requireColumns(
        "Adding needs values and numbers", numbers, extent > 0 && shape.equals(numbers.shape));
    return apply(new Op.PutAdd(extent), List.of(numbers, this));
  }

  private void requireColumns(String what, Tracer other, boolean fits) {
    if (!fits || other.shape.rank() != 2 || shape.extent(1) != other.shape.extent(1)) {
      throw new IllegalArgumentException(
          "%s of as many columns, got shapes %s and %s.".formatted(what, shape, other.shape));
    }
  }

  /** {@return this array, through which no derivative passes} */
  public Tracer stopGradient() {
    return unary(new Op.StopGradient());
  }

  /** {@return this array; whenever it is computed, its values are shown under the name} */
  public Tracer print(String name) {
    return unary(new Op.Print(name));
  }

  /** {@return the result of an algorithm for these operands} */
  public static Tracer implicit(ImplicitFunction function, List<Tracer> operands) {
    return apply(new Op.Implicit(function), operands);
  }

  /**
   * {@return the result of a primitive} For transformations, which write what they read in a graph;
   * nothing is broadcast or checked.
   *
   * @param operands at least one
   */
  public static Tracer apply(Op op, List<Tracer> operands) {
    Shape shape = Shapes.of(op, operands.stream().map(Tracer::shape).toList());
    return Trace.of(operands).add(op, operands, shape);
  }

  private Tracer unary(Op op) {
    return trace.add(op, List.of(this), shape);
  }

  private Tracer binary(Op op, Tracer other) {
    Shape common = Broadcasting.common(shape, other.shape);
    return apply(op, List.of(broadcast(common), other.broadcast(common)));
  }

  @Override
  public String toString() {
    return "Tracer" + shape;
  }
}
