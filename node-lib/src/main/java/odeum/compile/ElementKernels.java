package odeum.compile;

import odeum.graph.Op;
import odeum.simd.Choices;
import odeum.simd.Loops;

/**
 * Kernels that act on elements alone. Each stands in a lambda of its own, so that the JIT compiler
 * sees each as a method of its own.
 */
final class ElementKernels {
  private ElementKernels() {}

  static Kernel unary(Op.Unary op, Place o, Place a, int n) {
    int at = o.at();
    int from = a.at();
    return switch (op) {
      case Op.Negate() -> (m, f, _) -> Loops.negate(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Abs() -> (m, f, _) -> Loops.abs(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Sign() -> (m, f, _) -> Loops.sign(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Sqrt() -> (m, f, _) -> Loops.sqrt(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Exp() -> (m, f, _) -> Loops.exp(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Log() -> (m, f, _) -> Loops.log(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Sin() -> (m, f, _) -> Loops.sin(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Cos() -> (m, f, _) -> Loops.cos(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Tanh() -> (m, f, _) -> Loops.tanh(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Atan() -> (m, f, _) -> atan(o.in(m, f), at, a.in(m, f), from, n);
      case Op.Sigmoid() -> (m, f, _) -> Loops.sigmoid(o.in(m, f), at, a.in(m, f), from, n);
    };
  }

  // Rare in equations and never in networks, so not worth a polynomial of its own.
  private static void atan(double[] out, int o, double[] a, int ao, int n) {
    for (int i = 0; i < n; i++) {
      out[o + i] = StrictMath.atan(a[ao + i]);
    }
  }

  static Kernel binary(Op.Binary op, Place o, Place a, Place b, int n) {
    int x = a.at();
    int y = b.at();
    int at = o.at();
    return switch (op) {
      case Op.Add() -> (m, f, _) -> Loops.add(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Subtract() ->
          (m, f, _) -> Loops.subtract(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Multiply() ->
          (m, f, _) -> Loops.multiply(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Divide() ->
          (m, f, _) -> Loops.divide(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Power() -> (m, f, _) -> Loops.power(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Minimum() ->
          (m, f, _) -> Loops.minimum(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Maximum() ->
          (m, f, _) -> Loops.maximum(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
      case Op.Less() -> (m, f, _) -> Loops.less(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, n);
    };
  }

  static Kernel where(Place o, Place condition, Place yes, Place no, int n) {
    return (m, f, _) ->
        Loops.where(
            o.in(m, f),
            o.at(),
            condition.in(m, f),
            condition.at(),
            yes.in(m, f),
            yes.at(),
            no.in(m, f),
            no.at(),
            n);
  }

  static Kernel tanhBackward(Place o, Place v, Place y, int n) {
    return (m, f, _) ->
        Loops.tanhBackward(o.in(m, f), o.at(), v.in(m, f), v.at(), y.in(m, f), y.at(), n);
  }

  static Kernel sigmoidBackward(Place o, Place v, Place y, int n) {
    return (m, f, _) ->
        Loops.sigmoidBackward(o.in(m, f), o.at(), v.in(m, f), v.at(), y.in(m, f), y.at(), n);
  }

  @FunctionalInterface
  private interface Choice {
    void run(
        double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n);
  }

  static Kernel choose(
      Task.Choose kind, Place o, Place a, Place v, Place bound, Place number, int n) {
    Choice choice =
        kind.below()
            ? kind.keep() ? Choices::keepBelow : Choices::dropBelow
            : kind.keep() ? Choices::keepAbove : Choices::dropAbove;
    return (m, f, _) ->
        choice.run(
            o.in(m, f),
            o.at(),
            a.in(m, f),
            a.at(),
            bound.in(m, f)[bound.at()],
            v.in(m, f),
            v.at(),
            number.in(m, f)[number.at()],
            n);
  }

  static Kernel repeated(Task.Repeated kind, Place o, Place a, Place b) {
    return switch (kind.repetition()) {
      case NUMBER -> number(kind.op(), o, a, b, kind.width());
      case NUMBER_FIRST -> numberFirst(kind.op(), o, a, b, kind.width());
      case COLUMN -> column(kind.op(), o, a, b, kind.rows(), kind.width());
      case ROW -> blocks(kind, o, a, b);
    };
  }

  private static Kernel blocks(Task.Repeated kind, Place o, Place a, Place b) {
    int size = kind.rows() * kind.width();
    Kernel[] blocks = new Kernel[kind.blocks()];
    for (int i = 0; i < blocks.length; i++) {
      Place part = b.plus(i * kind.width());
      blocks[i] =
          row(kind.op(), o.plus(i * size), a.plus(i * size), part, kind.rows(), kind.width());
    }
    if (blocks.length == 1) {
      return blocks[0];
    }
    return (m, f, records) -> {
      for (Kernel block : blocks) {
        block.run(m, f, records);
      }
    };
  }

  private static Kernel number(Op.Binary op, Place o, Place a, Place b, int n) {
    int at = o.at();
    int x = a.at();
    int y = b.at();
    return switch (op) {
      case Op.Add() ->
          (m, f, _) -> Loops.addNumber(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      case Op.Subtract() ->
          (m, f, _) -> Loops.subtractNumber(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      case Op.Multiply() ->
          (m, f, _) -> Loops.multiplyNumber(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      case Op.Divide() ->
          (m, f, _) -> Loops.divideNumber(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      case Op.Minimum() ->
          (m, f, _) -> Loops.minimumNumber(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      case Op.Maximum() ->
          (m, f, _) -> Loops.maximumNumber(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      default -> throw notRepeated(op);
    };
  }

  private static Kernel numberFirst(Op.Binary op, Place o, Place a, Place b, int n) {
    int at = o.at();
    int x = a.at();
    int y = b.at();
    return switch (op) {
      case Op.Subtract() ->
          (m, f, _) -> Loops.numberMinus(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      case Op.Divide() ->
          (m, f, _) -> Loops.numberOver(o.in(m, f), at, a.in(m, f), x, b.in(m, f)[y], n);
      default -> throw notRepeated(op);
    };
  }

  private static Kernel column(Op.Binary op, Place o, Place a, Place b, int rows, int w) {
    int at = o.at();
    int x = a.at();
    int y = b.at();
    return switch (op) {
      case Op.Add() ->
          (m, f, _) -> Loops.addColumn(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      case Op.Subtract() ->
          (m, f, _) -> Loops.subtractColumn(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      case Op.Multiply() ->
          (m, f, _) -> Loops.multiplyColumn(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      case Op.Divide() ->
          (m, f, _) -> Loops.divideColumn(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      default -> throw notRepeated(op);
    };
  }

  private static Kernel row(Op.Binary op, Place o, Place a, Place b, int rows, int w) {
    int at = o.at();
    int x = a.at();
    int y = b.at();
    return switch (op) {
      case Op.Add() ->
          (m, f, _) -> Loops.addRow(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      case Op.Subtract() ->
          (m, f, _) -> Loops.subtractRow(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      case Op.Multiply() ->
          (m, f, _) -> Loops.multiplyRow(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      case Op.Divide() ->
          (m, f, _) -> Loops.divideRow(o.in(m, f), at, a.in(m, f), x, b.in(m, f), y, rows, w);
      default -> throw notRepeated(op);
    };
  }

  private static IllegalStateException notRepeated(Op op) {
    return new IllegalStateException("No kernel repeats an operand of " + op);
  }
}
