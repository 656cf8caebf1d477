package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import odeum.graph.Tracer;
import odeum.simd.Elementary;

/** The functions an equation may use, on numbers and on traced values with the same bits. */
enum Function {
  SIN(Elementary::sin, Tracer::sin),
  COS(Elementary::cos, Tracer::cos),
  TAN(Elementary::tan, Tracer::tan),
  EXP(Elementary::exp, Tracer::exp),
  LOG(Elementary::log, Tracer::log),
  SQRT(Math::sqrt, Tracer::sqrt),
  TANH(Elementary::tanh, Tracer::tanh),
  SIGMOID(Elementary::sigmoid, Tracer::sigmoid),
  ABS(Math::abs, Tracer::abs),
  MIN(Math::min, Tracer::min, true),
  MAX(Math::max, Tracer::max, true),
  POW(Operator.POWER::apply, Operator.POWER::apply, false);

  private final int arity;
  private final boolean more;
  private final DoubleUnaryOperator number;
  private final UnaryOperator<Tracer> traced;
  private final DoubleBinaryOperator numbers;
  private final BinaryOperator<Tracer> traces;

  Function(DoubleUnaryOperator number, UnaryOperator<Tracer> traced) {
    this.arity = 1;
    this.more = false;
    this.number = number;
    this.traced = traced;
    this.numbers = null;
    this.traces = null;
  }

  Function(DoubleBinaryOperator numbers, BinaryOperator<Tracer> traces, boolean more) {
    this.arity = 2;
    this.more = more;
    this.number = null;
    this.traced = null;
    this.numbers = numbers;
    this.traces = traces;
  }

  String symbol() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the function of this name, if there is one} */
  static Optional<Function> named(String name) {
    for (Function function : values()) {
      if (function.symbol().equals(name)) {
        return Optional.of(function);
      }
    }
    return Optional.empty();
  }

  static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Function function : values()) {
      names.add(function.symbol());
    }
    return names;
  }

  boolean takes(int arguments) {
    return arguments == arity || more && arguments > arity;
  }

  String arity() {
    return arity == 1 ? "one argument" : more ? "two or more arguments" : "two arguments";
  }

  double apply(double argument) {
    return number.applyAsDouble(argument);
  }

  double apply(double a, double b) {
    return numbers.applyAsDouble(a, b);
  }

  Tracer apply(Tracer argument) {
    return traced.apply(argument);
  }

  Tracer apply(Tracer a, Tracer b) {
    return traces.apply(a, b);
  }
}
