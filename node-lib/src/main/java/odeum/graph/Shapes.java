package odeum.graph;

import java.util.List;
import odeum.tensor.Shape;

/** The shape of what a primitive computes. */
final class Shapes {
  private Shapes() {}

  static Shape of(Op op, List<Shape> operands) {
    return switch (op) {
      case Op.Input _ ->
          throw new IllegalArgumentException("An input belongs to the graph that was traced.");
      case Op.Constant(var value) -> value.shape();
      case Op.Unary _, Op.Binary _, Op.Where _, Op.StopGradient _, Op.Print _ ->
          operands.getFirst();
      case Op.Reshape(Shape shape) -> shape;
      case Op.Broadcast(Shape shape) -> shape;
      case Op.Transpose(List<Integer> axes) ->
          new Shape(axes.stream().map(operands.getFirst()::extent).toList());
      case Op.Slice(int axis, int from, int to) -> operands.getFirst().with(axis, to - from);
      case Op.Pad(int axis, int before, int after) ->
          operands.getFirst().with(axis, before + operands.getFirst().extent(axis) + after);
      case Op.Concatenate(int axis) ->
          operands
              .getFirst()
              .with(axis, operands.stream().mapToInt(shape -> shape.extent(axis)).sum());
      case Op.Sum(int axis) -> operands.getFirst().without(axis);
      case Op.MatrixMultiply(boolean left, boolean right) ->
          Shape.of(operands.get(0).extent(left ? 1 : 0), operands.get(1).extent(right ? 0 : 1));
      case Op.CumulativeSum _ -> operands.getFirst();
      case Op.Gather(int axis, List<Integer> indices) ->
          operands.getFirst().with(axis, indices.size());
      case Op.ScatterAdd(int axis, List<Integer> _, int extent) ->
          operands.getFirst().with(axis, extent);
      case Op.Search() -> operands.get(1);
      case Op.Take() -> operands.getFirst();
      case Op.PutAdd(int extent) -> operands.getFirst().with(0, extent);
      case Op.MultiplyEach() -> operands.getFirst().with(1, operands.get(1).extent(1));
      case Op.Implicit(ImplicitFunction function) -> function.shape(operands);
    };
  }
}
