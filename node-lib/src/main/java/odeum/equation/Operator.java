package odeum.equation;

import odeum.graph.Tracer;
import odeum.simd.Elementary;

/** What stands between two operands. */
enum Operator {
  ADD("+", 1),
  SUBTRACT("-", 1),
  MULTIPLY("*", 2),
  DIVIDE("/", 2),
  POWER("^", 4);

  /**
   * Of a minus sign before an operand: {@code -x^2} is {@code -(x^2)}, {@code -a*b} is {@code
   * (-a)*b}.
   */
  static final int NEGATE_PRECEDENCE = 3;

  private final String symbol;
  private final int precedence;

  Operator(String symbol, int precedence) {
    this.symbol = symbol;
    this.precedence = precedence;
  }

  String symbol() {
    return symbol;
  }

  /** {@return how tightly it binds: more is tighter} */
  int precedence() {
    return precedence;
  }

  /** {@return whether it joins the terms of a sum} */
  boolean isSum() {
    return this == ADD || this == SUBTRACT;
  }

  double apply(double a, double b) {
    return switch (this) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case POWER -> power(a, b);
    };
  }

  Tracer apply(Tracer a, Tracer b) {
    return switch (this) {
      case ADD -> a.plus(b);
      case SUBTRACT -> a.minus(b);
      case MULTIPLY -> a.times(b);
      case DIVIDE -> a.div(b);
      case POWER -> a.pow(b);
    };
  }

  /** The same products in the same order as {@link Tracer#pow(double)}, so the same bits. */
  private static double power(double base, double exponent) {
    if (exponent == Math.rint(exponent) && Math.abs(exponent) <= 64) {
      double product = product(base, (int) Math.abs(exponent));
      return exponent < 0 ? 1 / product : product;
    }
    return exponent == 0.5 ? Math.sqrt(base) : Elementary.pow(base, exponent);
  }

  private static double product(double base, int exponent) {
    if (exponent < 2) {
      return exponent == 0 ? 1 : base;
    }
    double half = product(base, exponent / 2);
    return exponent % 2 == 0 ? half * half : half * half * base;
  }
}
