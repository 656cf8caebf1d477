package odeum.graph;

import java.util.List;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** A primitive. Closed but for {@link Implicit}, so every transformation covers all of them. */
public sealed interface Op {
  /** One of the graph's inputs. */
  record Input(int position) implements Op {}

  /** A value known while tracing. */
  record Constant(Tensor value) implements Op {}

  /** Acts on each element alone: one operand. */
  sealed interface Unary extends Op {}

  /** Acts on each pair of elements alone: two operands of one shape. */
  sealed interface Binary extends Op {}

  /** Linear in its one operand: its forward derivative is itself. */
  sealed interface Linear extends Op {}

  /** {@code -a}. */
  record Negate() implements Unary {}

  /** {@code |a|}. */
  record Abs() implements Unary {}

  /** -1, 0 or 1. */
  record Sign() implements Unary {}

  /** The square root. */
  record Sqrt() implements Unary {}

  /** {@code e^a}. */
  record Exp() implements Unary {}

  /** The natural logarithm. */
  record Log() implements Unary {}

  /** The sine. */
  record Sin() implements Unary {}

  /** The cosine. */
  record Cos() implements Unary {}

  /** The hyperbolic tangent. */
  record Tanh() implements Unary {}

  /** The angle between -pi/2 and pi/2 whose tangent this is. */
  record Atan() implements Unary {}

  /** {@code 1 / (1 + e^-a)}. */
  record Sigmoid() implements Unary {}

  /** {@code a + b}. */
  record Add() implements Binary {}

  /** {@code a - b}. */
  record Subtract() implements Binary {}

  /** {@code a * b}. */
  record Multiply() implements Binary {}

  /** {@code a / b}. */
  record Divide() implements Binary {}

  /** {@code a^b}. */
  record Power() implements Binary {}

  /** The smaller one. */
  record Minimum() implements Binary {}

  /** The larger one. */
  record Maximum() implements Binary {}

  /** 1 where {@code a < b}, else 0. */
  record Less() implements Binary {}

  /** Three operands of one shape: the second where the first is not 0, else the third. */
  record Where() implements Op {}

  /** The same values, row-major, under another shape. */
  record Reshape(Shape shape) implements Linear {}

  /** Repeats the operand along new leading axes and along axes of extent 1. */
  record Broadcast(Shape shape) implements Linear {}

  /** Reorders axes: axis i of the result is axis {@code axes(i)} of the operand. */
  record Transpose(List<Integer> axes) implements Linear {
    public Transpose {
      axes = List.copyOf(axes);
    }
  }

  /** Elements {@code from .. to-1} along an axis. */
  record Slice(int axis, int from, int to) implements Linear {}

  /** Zeros before and after along an axis: what slicing takes away. */
  record Pad(int axis, int before, int after) implements Linear {}

  /** The operands one after the other along an axis. */
  record Concatenate(int axis) implements Op {}

  /** The sum over one axis, which disappears. */
  record Sum(int axis) implements Linear {}

  /** The sum of each element and all before it along an axis, or all after it. */
  record CumulativeSum(int axis, boolean reverse) implements Linear {}

  /** The elements of these indices along an axis; zeros for an index of -1. */
  record Gather(int axis, List<Integer> indices) implements Linear {
    public Gather {
      indices = List.copyOf(indices);
    }
  }

  /**
   * Adds element i along an axis to place {@code indices(i)} of an axis of this extent, in the
   * order of i; an index of -1 drops it. What gathering takes, given back.
   */
  record ScatterAdd(int axis, List<Integer> indices, int extent) implements Linear {
    public ScatterAdd {
      indices = List.copyOf(indices);
    }
  }

  /**
   * The matrix product of shapes {@code (m, k)} and {@code (k, n)}.
   *
   * @param left whether the left operand is given transposed, as {@code (k, m)}
   * @param right whether the right operand is given transposed, as {@code (n, k)}
   */
  record MatrixMultiply(boolean left, boolean right) implements Op {}

  /**
   * Many matrix products, counted by the last axis: shapes {@code (m, k, count)} and {@code (k, n,
   * count)}.
   */
  record MultiplyEach() implements Op {}

  /**
   * The place of points among ascending knots, column by column: shapes {@code (knots, columns)}
   * and {@code (points, columns)}. It is the number of the last knot that is not above the point; 0
   * if there is none.
   */
  record Search() implements Op {}

  /**
   * Elements whose numbers are computed, column by column: numbers {@code (m, columns)}, then what
   * they are taken from, {@code (n, columns)}. A number beyond an end means that end.
   */
  record Take() implements Op {}

  /**
   * Adds element i of a column to place {@code number(i)} of zeros {@code (extent, columns)}, in
   * the order of i: numbers and values of shape {@code (m, columns)}. What taking takes, given
   * back.
   */
  record PutAdd(int extent) implements Op {}

  /** The operand, through which no derivative passes. */
  record StopGradient() implements Op {}

  /** The operand, shown under a name each time it is computed. */
  record Print(String name) implements Op {}

  /** A whole algorithm as one primitive that knows its own derivative. */
  record Implicit(ImplicitFunction function) implements Op {}
}
