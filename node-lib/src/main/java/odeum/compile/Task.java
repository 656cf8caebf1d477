package odeum.compile;

import java.util.List;
import odeum.graph.Op;
import odeum.simd.Patches;

/**
 * What one kernel does.
 *
 * @param kind how
 * @param value the position of the value it computes
 * @param operands the positions of the values it reads
 */
record Task(Kind kind, int value, List<Integer> operands) {
  Task {
    operands = List.copyOf(operands);
  }

  /** A primitive, or several that one kernel computes with the same roundings. */
  sealed interface Kind {}

  /** One primitive as it stands. */
  record Primitive(Op op) implements Kind {}

  /**
   * {@code W x + b}: operands W {@code (rows, inner)}, x {@code (inner, width)}, b {@code (rows)}.
   */
  record Affine(int rows, int inner, int width) implements Kind {}

  /** {@code v - (v y) y}, the way back through {@code y = tanh}: operands v and y. */
  record TanhBackward() implements Kind {}

  /** {@code v (y - y y)}, the way back through {@code y = sigmoid}: operands v and y. */
  record SigmoidBackward() implements Kind {}

  /**
   * An element or a number, by comparing with a bound: operands are what is compared, the elements,
   * and of one number each the bound and the number.
   *
   * @param below whether it counts to be below the bound, else above it
   * @param keep whether the element is chosen then, else the number
   */
  record Choose(boolean below, boolean keep) implements Kind {}

  /**
   * A pair-wise primitive, one of whose operands is repeated instead of stored repeated: operands
   * are the whole array, then the smaller one.
   *
   * @param blocks how many parts one after the other are filled in this way, each by its own part
   */
  record Repeated(Op.Binary op, Repetition repetition, int blocks, int rows, int width)
      implements Kind {}

  /** A convolution without its patches being stored: operands weights and input, perhaps a bias. */
  record Convolve(Patches patches, int outputs, int samples) implements Kind {}

  /** The way back through a convolution to its input: operands weights and cotangent. */
  record ConvolveBack(Patches patches, int outputs, int samples) implements Kind {}

  /** The way back through a convolution to its weights: operands cotangent and input. */
  record ConvolveWeights(Patches patches, int outputs, int samples) implements Kind {}

  /** Adds {@code a b'} to sums in lane form. */
  record AccumulateProduct(int at, int rows, int inner, int width) implements Kind {}

  /** Adds the sum of each row to sums in lane form. */
  record AccumulateRows(int at, int rows, int width) implements Kind {}

  /** Adds an array to sums. */
  record Accumulate(int at, int count) implements Kind {}

  /** How a smaller array fills a larger one. */
  enum Repetition {
    /** One number for all elements. */
    NUMBER,
    /** One number for all elements, and it is the first operand. */
    NUMBER_FIRST,
    /** Element i for all of row i. */
    COLUMN,
    /** Element j for column j of every row. */
    ROW
  }

  /** Whether element i of the result needs only elements i of operands of its size. */
  boolean isElementwise() {
    return switch (kind) {
      case Primitive(Op op) ->
          op instanceof Op.Unary || op instanceof Op.Binary || op instanceof Op.Where;
      case TanhBackward _, SigmoidBackward _, Choose _, Repeated _ -> true;
      case Affine _, Convolve _, ConvolveBack _, ConvolveWeights _ -> false;
      case AccumulateProduct _, AccumulateRows _, Accumulate _ -> false;
    };
  }

  /** Whether this adds to the run's sums instead of computing a value. */
  boolean accumulates() {
    return kind instanceof AccumulateProduct
        || kind instanceof AccumulateRows
        || kind instanceof Accumulate;
  }
}
