package odeum.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.compile.Scalar.Operation;
import odeum.graph.Op;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Primitives number by number, with the roundings and the order of the kernels. What only moves
 * values costs nothing here.
 */
final class ScalarRules {
  private final ScalarCode code;

  ScalarRules(ScalarCode code) {
    this.code = code;
  }

  /** Whether there is a rule for a primitive. */
  static boolean covers(Op op) {
    return switch (op) {
      case Op.Print _, Op.Implicit _, Op.Search _, Op.Take _, Op.PutAdd _ -> false;
      default -> true;
    };
  }

  /** A primitive's operand: its numbers, row-major, and their shape. */
  @SuppressWarnings("ArrayRecordComponent")
  record Operand(Scalar[] numbers, Shape shape) {}

  /** {@return the numbers of a result of this shape} */
  Scalar[] apply(Op primitive, Shape shape, List<Operand> in) {
    return switch (primitive) {
      case Op.Constant(Tensor value) -> constant(value);
      case Op.Unary op -> each(unary(op), shape, in);
      case Op.Binary op -> each(binary(op), shape, in);
      case Op.Where() -> each(Operation.WHERE, shape, in);
      case Op.Reshape _, Op.StopGradient() -> in.get(0).numbers;
      case Op.Broadcast _ -> pick(in.get(0).numbers, Moves.sources(in.get(0).shape, shape));
      case Op.Transpose(List<Integer> axes) ->
          pick(in.get(0).numbers, Moves.sources(in.get(0).shape, axes));
      case Op.Slice(int axis, int from, int _) -> {
        Scalar[] out = zeros(shape);
        copy(in.get(0).numbers, in.get(0).shape, axis, from, out, shape, 0, shape.extent(axis));
        yield out;
      }
      case Op.Pad(int axis, int before, int _) -> {
        Scalar[] out = zeros(shape);
        Shape inner = in.get(0).shape;
        copy(in.get(0).numbers, inner, axis, 0, out, shape, before, inner.extent(axis));
        yield out;
      }
      case Op.Concatenate(int axis) -> concatenate(axis, shape, in);
      case Op.Sum(int axis) -> sum(axis, shape, in.get(0));
      case Op.CumulativeSum(int axis, boolean reverse) -> running(axis, reverse, in.get(0));
      case Op.Gather(int axis, List<Integer> indices) -> gather(axis, indices, shape, in.get(0));
      case Op.ScatterAdd(int axis, List<Integer> indices, int _) ->
          scatter(axis, indices, shape, in.get(0));
      case Op.MatrixMultiply(boolean left, boolean right) ->
          multiply(left, right, shape, in.get(0), in.get(1));
      case Op.MultiplyEach() -> multiplyEach(shape, in.get(0), in.get(1));
      case Op.Input _, Op.Print _, Op.Implicit _, Op.Search _, Op.Take _, Op.PutAdd _ ->
          throw new IllegalStateException("No rule computes " + primitive);
    };
  }

  private static Operation unary(Op.Unary op) {
    return switch (op) {
      case Op.Negate() -> Operation.NEGATE;
      case Op.Abs() -> Operation.ABS;
      case Op.Sign() -> Operation.SIGN;
      case Op.Sqrt() -> Operation.SQRT;
      case Op.Exp() -> Operation.EXP;
      case Op.Log() -> Operation.LOG;
      case Op.Sin() -> Operation.SIN;
      case Op.Cos() -> Operation.COS;
      case Op.Tanh() -> Operation.TANH;
      case Op.Atan() -> Operation.ATAN;
      case Op.Sigmoid() -> Operation.SIGMOID;
    };
  }

  private static Operation binary(Op.Binary op) {
    return switch (op) {
      case Op.Add() -> Operation.ADD;
      case Op.Subtract() -> Operation.SUBTRACT;
      case Op.Multiply() -> Operation.MULTIPLY;
      case Op.Divide() -> Operation.DIVIDE;
      case Op.Power() -> Operation.POWER;
      case Op.Minimum() -> Operation.MINIMUM;
      case Op.Maximum() -> Operation.MAXIMUM;
      case Op.Less() -> Operation.LESS;
    };
  }

  private static Scalar[] constant(Tensor value) {
    Scalar[] out = new Scalar[value.size()];
    Arrays.setAll(out, i -> new Scalar.Number(value.at(i)));
    return out;
  }

  private static Scalar[] zeros(Shape shape) {
    Scalar[] out = new Scalar[shape.size()];
    Arrays.fill(out, ScalarCode.ZERO);
    return out;
  }

  private Scalar[] each(Operation operation, Shape shape, List<Operand> in) {
    Scalar[] out = new Scalar[shape.size()];
    for (int i = 0; i < out.length; i++) {
      Scalar[] operands = new Scalar[in.size()];
      for (int j = 0; j < operands.length; j++) {
        operands[j] = in.get(j).numbers[i];
      }
      out[i] = code.apply(operation, operands);
    }
    return out;
  }

  private static Scalar[] pick(Scalar[] from, int[] sources) {
    return Arrays.stream(sources).mapToObj(i -> from[i]).toArray(Scalar[]::new);
  }

  /** Copies this many elements along an axis. */
  private static void copy(
      Scalar[] in, Shape source, int axis, int from, Scalar[] out, Shape target, int at, int n) {
    int inner = source.product(axis + 1, source.rank());
    for (int i = 0; i < source.product(0, axis); i++) {
      int start = (i * source.extent(axis) + from) * inner;
      int to = (i * target.extent(axis) + at) * inner;
      System.arraycopy(in, start, out, to, n * inner);
    }
  }

  private static Scalar[] concatenate(int axis, Shape shape, List<Operand> in) {
    Scalar[] out = zeros(shape);
    int before = 0;
    for (Operand part : in) {
      int extent = part.shape.extent(axis);
      copy(part.numbers, part.shape, axis, 0, out, shape, before, extent);
      before += extent;
    }
    return out;
  }

  /** The numbers along an axis, for every place beside it. */
  private static List<Scalar> line(Operand a, int axis, int outer, int inner) {
    int width = a.shape.product(axis + 1, a.shape.rank());
    List<Scalar> line = new ArrayList<>();
    for (int k = 0; k < a.shape.extent(axis); k++) {
      line.add(a.numbers[(outer * a.shape.extent(axis) + k) * width + inner]);
    }
    return line;
  }

  private Scalar[] sum(int axis, Shape shape, Operand a) {
    int inner = a.shape.product(axis + 1, a.shape.rank());
    Scalar[] out = new Scalar[shape.size()];
    for (int i = 0; i < out.length; i++) {
      List<Scalar> line = line(a, axis, i / inner, i % inner);
      out[i] = inner == 1 ? code.sum(line) : inSequence(line);
    }
    return out;
  }

  private Scalar inSequence(List<Scalar> values) {
    Scalar sum = ScalarCode.ZERO;
    for (Scalar value : values) {
      sum = code.add(sum, value);
    }
    return sum;
  }

  private Scalar[] running(int axis, boolean reverse, Operand a) {
    int inner = a.shape.product(axis + 1, a.shape.rank());
    int extent = a.shape.extent(axis);
    Scalar[] out = a.numbers.clone();
    for (int i = 0; i < out.length / Math.max(1, extent); i++) {
      int first = i / inner * extent * inner + i % inner;
      for (int k = 1; k < extent; k++) {
        int before = reverse ? extent - k : k - 1;
        int at = reverse ? before - 1 : before + 1;
        out[first + at * inner] = code.add(out[first + before * inner], out[first + at * inner]);
      }
    }
    return out;
  }

  private static Scalar[] gather(int axis, List<Integer> indices, Shape shape, Operand a) {
    Scalar[] out = zeros(shape);
    for (int j = 0; j < indices.size(); j++) {
      if (indices.get(j) >= 0) {
        copy(a.numbers, a.shape, axis, indices.get(j), out, shape, j, 1);
      }
    }
    return out;
  }

  private Scalar[] scatter(int axis, List<Integer> indices, Shape shape, Operand a) {
    Scalar[] out = zeros(shape);
    int inner = shape.product(axis + 1, shape.rank());
    for (int i = 0; i < shape.product(0, axis); i++) {
      for (int j = 0; j < indices.size(); j++) {
        for (int w = 0; indices.get(j) >= 0 && w < inner; w++) {
          int at = (i * shape.extent(axis) + indices.get(j)) * inner + w;
          out[at] = code.add(out[at], a.numbers[(i * indices.size() + j) * inner + w]);
        }
      }
    }
    return out;
  }

  private Scalar[] multiply(boolean left, boolean right, Shape shape, Operand a, Operand b) {
    int columns = shape.extent(1);
    Scalar[] out = new Scalar[shape.size()];
    for (int i = 0; i < out.length; i++) {
      List<Scalar> row = vector(a, left, i / columns);
      List<Scalar> column = vector(b, !right, i % columns);
      out[i] = right ? code.dot(row, column) : product(row, column);
    }
    return out;
  }

  /** Row i of a matrix, or its column. */
  private static List<Scalar> vector(Operand matrix, boolean column, int i) {
    return column ? line(matrix, 0, 0, i) : line(matrix, 1, i, 0);
  }

  private Scalar product(List<Scalar> a, List<Scalar> b) {
    Scalar sum = ScalarCode.ZERO;
    for (int k = 0; k < a.size(); k++) {
      sum = code.fma(a.get(k), b.get(k), sum);
    }
    return sum;
  }

  private Scalar[] multiplyEach(Shape shape, Operand a, Operand b) {
    int count = shape.extent(2);
    int columns = shape.extent(1);
    int inner = a.shape.extent(1);
    Scalar[] out = zeros(shape);
    for (int at = 0; at < out.length; at++) {
      int sample = at % count;
      int column = at / count % columns;
      int row = at / count / columns;
      for (int k = 0; k < inner; k++) {
        Scalar x = a.numbers[(row * inner + k) * count + sample];
        Scalar y = b.numbers[(k * columns + column) * count + sample];
        out[at] = code.fma(x, y, out[at]);
      }
    }
    return out;
  }
}
