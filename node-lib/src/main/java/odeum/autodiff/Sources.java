package odeum.autodiff;

import java.util.List;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import odeum.graph.Op;
import odeum.tensor.Shape;

/** For primitives that only move values: where each element of the result comes from. */
final class Sources {
  private Sources() {}

  /**
   * {@return for each element of the result which element of the operand it is, -1 for a zero; none
   * if the primitive computes}
   */
  static Optional<int[]> of(Op op, Shape operand, Shape result) {
    return Optional.ofNullable(
        switch (op) {
          case Op.Reshape _ -> strided(Shape.of(result.size()), new int[] {1});
          case Op.Broadcast _ -> strided(result, repeated(operand, result));
          case Op.Transpose(List<Integer> axes) -> strided(result, ordered(operand, axes));
          case Op.Slice(int axis, int from, int _) -> along(operand, result, axis, i -> from + i);
          case Op.Pad(int axis, int before, int _) -> {
            int extent = operand.extent(axis);
            yield along(
                operand, result, axis, i -> i < before || i >= before + extent ? -1 : i - before);
          }
          case Op.Gather(int axis, List<Integer> indices) ->
              along(operand, result, axis, indices::get);
          default -> null;
        });
  }

  private static int[] along(Shape operand, Shape result, int axis, IntUnaryOperator index) {
    int inner = result.product(axis + 1, result.rank());
    int extent = result.extent(axis);
    int[] sources = new int[result.size()];
    for (int i = 0; i < sources.length; i++) {
      int outer = i / inner / extent;
      int at = index.applyAsInt(i / inner % extent);
      sources[i] = at < 0 ? -1 : (outer * operand.extent(axis) + at) * inner + i % inner;
    }
    return sources;
  }

  private static int[] strided(Shape result, int[] strides) {
    int[] sources = new int[result.size()];
    for (int i = 0; i < sources.length; i++) {
      int rest = i;
      for (int axis = result.rank() - 1; axis >= 0; axis--) {
        sources[i] += rest % result.extent(axis) * strides[axis];
        rest /= result.extent(axis);
      }
    }
    return sources;
  }

  private static int[] repeated(Shape operand, Shape result) {
    int[] strides = new int[result.rank()];
    int added = result.rank() - operand.rank();
    for (int axis = 0; axis < operand.rank(); axis++) {
      boolean alone = operand.extent(axis) == 1;
      strides[added + axis] = alone ? 0 : operand.product(axis + 1, operand.rank());
    }
    return strides;
  }

  private static int[] ordered(Shape operand, List<Integer> axes) {
    return axes.stream().mapToInt(axis -> operand.product(axis + 1, operand.rank())).toArray();
  }
}
