package odeum.compile;

import odeum.graph.Op;
import odeum.simd.Patches;

/** How much a task computes, in element operations of plain code. */
final class Work {
  private Work() {}

  static long of(Task task, Values values) {
    long n = values.size(task.value());
    return switch (task.kind()) {
      case Task.Affine(int rows, int inner, int width) -> (long) rows * inner * width;
      case Task.Convolve(Patches patches, int outputs, int samples) ->
          patches.products() * (long) outputs * samples;
      case Task.ConvolveBack(Patches patches, int outputs, int samples) ->
          patches.products() * (long) outputs * samples;
      case Task.ConvolveWeights(Patches patches, int outputs, int samples) ->
          patches.products() * (long) outputs * samples;
      case Task.AccumulateProduct(int _, int rows, int inner, int width) ->
          (long) rows * inner * width;
      case Task.AccumulateRows(int _, int rows, int width) -> (long) rows * width;
      case Task.Accumulate _, Task.TanhBackward _, Task.SigmoidBackward _ -> n;
      case Task.Choose _, Task.Repeated _ -> n;
      case Task.Primitive(Op op) -> primitive(op, task, values, n);
    };
  }

  private static long primitive(Op op, Task task, Values values, long n) {
    return switch (op) {
      case Op.MatrixMultiply(boolean left, boolean _) ->
          n * values.shape(task.operands().getFirst()).extent(left ? 0 : 1);
      case Op.Exp _, Op.Log _, Op.Sin _, Op.Cos _, Op.Tanh _, Op.Sigmoid _ -> 10 * n;
      case Op.MultiplyEach() -> n * values.shape(task.operands().getFirst()).extent(1);
      case Op.Power _, Op.Atan _ -> 50 * n;
      case Op.Sum _ -> values.size(task.operands().getFirst());
      default -> n;
    };
  }
}
