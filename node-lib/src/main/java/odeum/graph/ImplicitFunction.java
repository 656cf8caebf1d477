package odeum.graph;

import java.util.List;
import java.util.Optional;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * An algorithm (a solve, a fixed point, an optimum) as one primitive. It computes one array from
 * several, and may leave a record of how, which only its own derivatives read: so a backward pass
 * never solves again. Instances are immutable and may run on many threads at once.
 */
public interface ImplicitFunction {
  /** {@return a short name for messages} */
  String name();

  /** {@return the shape of the result for operands of these shapes} */
  Shape shape(List<Shape> operands);

  /** Computes the result. */
  void evaluate(Call call);

  /**
   * {@return the reverse derivative} Its operands are the operands of this function, this
   * function's result (which carries the record) and the result's cotangent; its result holds the
   * cotangents of the wanted operands, each flat, one after the other.
   *
   * @param wanted which operands, at least one, in ascending order; the others cost nothing
   */
  ImplicitFunction pullback(List<Integer> wanted);

  /**
   * {@return the forward derivative} Its operands are the operands of this function, this
   * function's result (which carries the record) and the tangents of the operands; its result is
   * the tangent of the result.
   */
  ImplicitFunction pushforward();

  /**
   * {@return this function over a batch} A mapped operand, and the result, get a new last axis
   * whose elements are the samples; the other operands are the same for all samples. Runs sample by
   * sample unless an algorithm can do better. Whoever overrides this gives the derivatives of what
   * it returns too, and overrides it in its own derivatives where they read the record.
   *
   * @param mapped for each operand, whether it is mapped; at least one is
   * @param size how many samples there are
   */
  default ImplicitFunction map(List<Boolean> mapped, int size) {
    return MappedFunction.of(this, mapped, size);
  }

  /** {@return why the result for these operands is not finite, if that is known; for messages} */
  default Optional<String> trouble(List<Tensor> operands) {
    return Optional.empty();
  }

  /** One evaluation: where the numbers are. */
  interface Call {
    /** {@return the array in which operands and result lie, row-major} */
    double[] memory();

    /** {@return where operand {@code i} starts} */
    int operand(int i);

    /** {@return the shape of operand {@code i}} */
    Shape shape(int i);

    /** {@return where the result starts} */
    int result();

    /** {@return what the function that computed operand {@code i} recorded} */
    Object recordOf(int i);

    /** {@return whether some derivative will read the record; if not, none is needed} */
    boolean recordIsRead();

    /** {@return the record of the evaluation before, which nobody needs any more} To be reused. */
    Optional<Object> previousRecord();

    /** Keeps a record beside the result. */
    void record(Object record);
  }
}
