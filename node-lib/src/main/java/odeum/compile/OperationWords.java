package odeum.compile;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import odeum.graph.Op;

/** An operation on numbers, as one says it. */
final class OperationWords {
  private static final MathContext FEW_DIGITS = new MathContext(4);

  private OperationWords() {}

  /** {@return an operation in words, with its operands if it acts on single numbers} */
  static String of(Op op, double... operands) {
    return switch (op) {
      case Op.Unary unary -> name(unary) + " of " + number(operands[0]);
      case Op.Binary binary -> pair(binary, number(operands[0]), number(operands[1]));
      case Op.Input _ -> "an input";
      case Op.Constant _ -> "a constant";
      case Op.Sum _, Op.CumulativeSum _, Op.ScatterAdd _, Op.PutAdd _ -> "a sum";
      case Op.MatrixMultiply _, Op.MultiplyEach _ -> "a matrix product";
      case Op.Implicit(var function) -> function.name();
      default -> name(op);
    };
  }

  private static String name(Op op) {
    return op instanceof Op.Sqrt
        ? "square root"
        : op.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String pair(Op.Binary op, String a, String b) {
    return switch (op) {
      case Op.Add _ -> "sum of " + a + " and " + b;
      case Op.Subtract _ -> "difference of " + a + " and " + b;
      case Op.Multiply _ -> "product of " + a + " and " + b;
      case Op.Divide _ -> "division of " + a + " by " + b;
      case Op.Power _ -> "power of " + a + " with the exponent " + b;
      case Op.Minimum _, Op.Maximum _, Op.Less _ -> name(op) + " of " + a + " and " + b;
    };
  }

  /** A number with up to four digits. */
  private static String number(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(FEW_DIGITS).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-4 && size < 1e6 ? rounded.toPlainString() : scientific(rounded);
  }

  private static String scientific(BigDecimal value) {
    int exponent = value.precision() - value.scale() - 1;
    return value.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
  }
}
