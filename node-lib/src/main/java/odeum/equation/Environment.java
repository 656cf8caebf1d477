package odeum.equation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import odeum.graph.Tracer;

/** Computes formulas on traced values. What depends on numbers alone stays a number. */
final class Environment {
  private sealed interface Value {}

  private record Known(double number) implements Value {}

  private record Unknown(Tracer tracer) implements Value {}

  private final Tracer anchor;
  private final Map<String, Value> values = new HashMap<>();

  /** An environment in the trace of {@code anchor} that knows these numbers. */
  Environment(Tracer anchor, Map<String, Double> numbers) {
    this.anchor = anchor;
    numbers.forEach((name, number) -> values.put(name, new Known(number)));
  }

  /** Gives a name to a traced number. */
  void put(String name, Tracer tracer) {
    values.put(name, new Unknown(tracer));
  }

  /** Gives a name to what a formula computes. */
  void put(String name, Expression expression) {
    values.put(name, value(expression));
  }

  /** {@return what a formula computes, shape {@code ()}} */
  Tracer trace(Expression expression) {
    return tracer(value(expression));
  }

  private Value value(Expression expression) {
    return switch (expression) {
      case Expression.Number(double number) -> new Known(number);
      case Expression.Name(String name, Place _) ->
          values.containsKey(name) ? values.get(name) : new Known(Vocabulary.NUMBERS.get(name));
      case Expression.Negate(Expression operand) ->
          switch (value(operand)) {
            case Known(double number) -> new Known(-number);
            case Unknown(Tracer tracer) -> new Unknown(tracer.unaryMinus());
          };
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          binary(operator, value(left), value(right));
      case Expression.Call call ->
          call(
              Function.named(call.function()).orElseThrow(),
              call.arguments().stream().map(this::value).toList());
    };
  }

  private Value binary(Operator operator, Value left, Value right) {
    if (left instanceof Known(double a) && right instanceof Known(double b)) {
      return new Known(operator.apply(a, b));
    }
    if (operator == Operator.POWER && right instanceof Known(double exponent)) {
      return new Unknown(tracer(left).pow(exponent));
    }
    return new Unknown(operator.apply(tracer(left), tracer(right)));
  }

  private Value call(Function function, List<Value> arguments) {
    double[] numbers = new double[arguments.size()];
    for (int i = 0; i < numbers.length; i++) {
      if (!(arguments.get(i) instanceof Known(double number))) {
        return new Unknown(function.apply(arguments.stream().map(this::tracer).toList()));
      }
      numbers[i] = number;
    }
    return new Known(function.apply(numbers));
  }

  private Tracer tracer(Value value) {
    return switch (value) {
      case Known(double number) -> anchor.constant(number);
      case Unknown(Tracer tracer) -> tracer;
    };
  }
}
