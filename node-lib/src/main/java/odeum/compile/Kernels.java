package odeum.compile;

import java.util.List;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.simd.Elementary;
import odeum.simd.Lanes;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * The kernel of each primitive. Each stands in a lambda of its own, so that the JIT compiler sees
 * each loop as a method of its own.
 */
final class Kernels {
  private final Layout layout;
  private final List<Instruction> instructions;
  private final Instruction instruction;
  private final int position;

  private Kernels(Graph graph, int position, Layout layout) {
    this.layout = layout;
    this.instructions = graph.instructions();
    this.position = position;
    this.instruction = instructions.get(position);
  }

  static Kernel of(Graph graph, int position, Layout layout) {
    return new Kernels(graph, position, layout).kernel();
  }

  private int operand(int i) {
    return layout.offset(instruction.operands().get(i));
  }

  private Shape shape(int i) {
    return instructions.get(instruction.operands().get(i)).shape();
  }

  private Kernel kernel() {
    int o = layout.offset(position);
    int n = instruction.shape().size();
    return switch (instruction.op()) {
      case Op.Unary op -> unary(op, o, operand(0), n);
      case Op.Binary op -> binary(op, o, operand(0), operand(1), n);
      case Op.Where() -> where(o, operand(0), operand(1), operand(2), n);
      case Op.Broadcast _ -> Moves.broadcast(shape(0), instruction.shape(), operand(0), o);
      case Op.Transpose(List<Integer> axes) -> Moves.transpose(shape(0), axes, operand(0), o);
      case Op.Slice(int axis, int from, int to) ->
          Moves.copyBlocks(shape(0), axis, from, to - from, operand(0), instruction.shape(), 0, o);
      // What lies outside stays zero: each value has a place of its own, zero at first.
      case Op.Pad(int axis, int before, int _) ->
          Moves.copyBlocks(
              shape(0), axis, 0, shape(0).extent(axis), operand(0), instruction.shape(), before, o);
      case Op.Concatenate(int axis) -> concatenate(axis, o);
      case Op.Sum(int axis) -> Moves.sum(shape(0), axis, operand(0), o);
      case Op.MatrixMultiply(boolean left, boolean right) -> multiply(left, right, o);
      case Op.Print(String name) -> print(name, o, operand(0), n);
      case Op.Implicit(ImplicitFunction function) -> implicit(function, o);
      case Op.Input _, Op.Constant _, Op.Reshape _, Op.StopGradient _ ->
          throw new IllegalStateException("No kernel computes " + instruction.op());
    };
  }

  private static Kernel unary(Op.Unary op, int o, int a, int n) {
    return switch (op) {
      case Op.Negate() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = -m[a + i];
            }
          };
      case Op.Abs() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Math.abs(m[a + i]);
            }
          };
      case Op.Sign() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Math.signum(m[a + i]);
            }
          };
      case Op.Sqrt() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Math.sqrt(m[a + i]);
            }
          };
      case Op.Exp() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.exp(m[a + i]);
            }
          };
      case Op.Log() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.log(m[a + i]);
            }
          };
      case Op.Sin() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.sin(m[a + i]);
            }
          };
      case Op.Cos() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.cos(m[a + i]);
            }
          };
      case Op.Tanh() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.tanh(m[a + i]);
            }
          };
      case Op.Sigmoid() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.sigmoid(m[a + i]);
            }
          };
    };
  }

  private static Kernel binary(Op.Binary op, int o, int a, int b, int n) {
    return switch (op) {
      case Op.Add() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = m[a + i] + m[b + i];
            }
          };
      case Op.Subtract() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = m[a + i] - m[b + i];
            }
          };
      case Op.Multiply() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = m[a + i] * m[b + i];
            }
          };
      case Op.Divide() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = m[a + i] / m[b + i];
            }
          };
      case Op.Power() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Elementary.pow(m[a + i], m[b + i]);
            }
          };
      case Op.Minimum() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Math.min(m[a + i], m[b + i]);
            }
          };
      case Op.Maximum() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = Math.max(m[a + i], m[b + i]);
            }
          };
      case Op.Less() ->
          (m, _) -> {
            for (int i = 0; i < n; i++) {
              m[o + i] = m[a + i] < m[b + i] ? 1 : 0;
            }
          };
    };
  }

  private static Kernel where(int o, int condition, int yes, int no, int n) {
    return (m, _) -> {
      for (int i = 0; i < n; i++) {
        m[o + i] = m[condition + i] != 0 ? m[yes + i] : m[no + i];
      }
    };
  }

  private Kernel concatenate(int axis, int o) {
    Kernel[] copies = new Kernel[instruction.operands().size()];
    int before = 0;
    for (int i = 0; i < copies.length; i++) {
      int extent = shape(i).extent(axis);
      copies[i] =
          Moves.copyBlocks(shape(i), axis, 0, extent, operand(i), instruction.shape(), before, o);
      before += extent;
    }
    return (m, records) -> {
      for (Kernel copy : copies) {
        copy.run(m, records);
      }
    };
  }

  private Kernel multiply(boolean left, boolean right, int o) {
    int a = operand(0);
    int b = operand(1);
    int rows = instruction.shape().extent(0);
    int inner = shape(0).extent(left ? 0 : 1);
    int columns = instruction.shape().extent(1);
    if (left) {
      return (m, _) -> Lanes.multiplyLeftTransposed(m, a, m, b, m, o, rows, inner, columns);
    }
    if (right) {
      return (m, _) -> Lanes.multiplyRightTransposed(m, a, m, b, m, o, rows, inner, columns);
    }
    return (m, _) -> Lanes.multiply(m, a, m, b, m, o, rows, inner, columns);
  }

  private static Kernel print(String name, int o, int a, int n) {
    return (m, _) -> {
      System.arraycopy(m, a, m, o, n);
      double[] values = new double[n];
      System.arraycopy(m, a, values, 0, n);
      System.out.println(name + " = " + Tensor.vector(values));
    };
  }

  private Kernel implicit(ImplicitFunction function, int o) {
    int count = instruction.operands().size();
    int[] offsets = new int[count];
    int[] origins = new int[count];
    Shape[] shapes = new Shape[count];
    for (int i = 0; i < count; i++) {
      offsets[i] = operand(i);
      origins[i] = instruction.operands().get(i);
      shapes[i] = shape(i);
    }
    int slot = position;
    return (m, records) ->
        function.evaluate(new ImplicitCall(m, records, offsets, origins, shapes, o, slot));
  }
}
