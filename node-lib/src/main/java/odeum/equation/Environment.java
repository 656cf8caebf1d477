package odeum.equation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import odeum.graph.Tracer;

/** Computes formulas on traced values. What depends on numbers alone stays a number. */
final class Environment {
  private sealed interface Value {}

  private record Known(double number) implements Value {}

  private record Unknown(Tracer tracer) implements Value {}

  private final Tracer anchor;
  private final BiFunction<String, Tracer, Tracer> nets;
  private final Map<String, Value> values = new HashMap<>();

  /**
   * An environment in the trace of {@code anchor}.
   *
   * @param numbers what it knows
   * @param nets a network by name applied to its inputs, shape {@code (inputs)}
   */
  Environment(Tracer anchor, Map<String, Double> numbers, BiFunction<String, Tracer, Tracer> nets) {
    this.anchor = anchor;
    this.nets = nets;
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
      case Expression.Call call -> {
        Optional<Function> function = Function.named(call.function());
        yield function.isPresent()
            ? call(function.get(), call.arguments().stream().map(this::value).toList())
            : new Unknown(output(call).get(0));
      }
      case Expression.Part(Expression.Call call, int index, int _) ->
          new Unknown(output(call).get(index));
    };
  }

  /** All values that a network gives, shape {@code (outputs)}; a trace knows equal calls. */
  private Tracer output(Expression.Call call) {
    return nets.apply(
        call.function(), Tracer.stack(call.arguments().stream().map(this::trace).toList()));
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
