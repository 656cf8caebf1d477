package odeum.equation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;
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
  private final ToDoubleFunction<double[]> number;
  private final java.util.function.Function<List<Tracer>, Tracer> traced;

  Function(DoubleUnaryOperator number, UnaryOperator<Tracer> traced) {
    this.arity = 1;
    this.more = false;
    this.number = arguments -> number.applyAsDouble(arguments[0]);
    this.traced = arguments -> traced.apply(arguments.getFirst());
  }

  Function(DoubleBinaryOperator number, BinaryOperator<Tracer> traced, boolean more) {
    this.arity = 2;
    this.more = more;
    this.number = arguments -> Arrays.stream(arguments).reduce(number).orElseThrow();
    this.traced = arguments -> arguments.stream().reduce(traced).orElseThrow();
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

  double apply(double... arguments) {
    return number.applyAsDouble(arguments);
  }

  Tracer apply(List<Tracer> arguments) {
    return traced.apply(arguments);
  }
}
