package odeum.equation;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random formulas in x, y and t. */
final class Formulas {
  private static final Place NOWHERE = new Place(1, 1, 1);

  private Formulas() {}

  /** {@return formulas; their exponents are numbers, unless {@code anyPower}} */
  static Arbitrary<Expression> trees(int depth, boolean anyPower) {
    Arbitrary<Expression> leaves = Arbitraries.oneOf(numbers(), names());
    if (depth == 0) {
      return leaves;
    }
    Arbitrary<Expression> smaller = trees(depth - 1, anyPower);
    Arbitrary<Expression> sums =
        Combinators.combine(
                Arbitraries.of(Operator.ADD, Operator.SUBTRACT, Operator.MULTIPLY, Operator.DIVIDE),
                smaller,
                smaller)
            .as(Expression.Binary::new);
    Arbitrary<Expression> powers =
        Combinators.combine(smaller, anyPower ? smaller : exponents())
            .as((base, exponent) -> new Expression.Binary(Operator.POWER, base, exponent));
    return Arbitraries.oneOf(
        leaves,
        sums,
        sums,
        powers,
        smaller.map(Expression.Negate::new),
        unaryCalls(smaller),
        calls(smaller));
  }

  private static Arbitrary<Expression> numbers() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, 12).map(Integer::doubleValue),
            Arbitraries.doubles().between(0, 1e3).ofScale(4),
            Arbitraries.of(1e-9, 1.5e12, 0.1, Double.MIN_VALUE, Double.MAX_VALUE))
        .map(Expression.Number::new);
  }

  private static Arbitrary<Expression> exponents() {
    return Arbitraries.oneOf(
        numbers(),
        Arbitraries.integers()
            .between(1, 5)
            .map(n -> new Expression.Negate(new Expression.Number(n))));
  }

  private static Arbitrary<Expression> names() {
    return Arbitraries.of("x", "y", "t", "pi", "e").map(name -> new Expression.Name(name, NOWHERE));
  }

  private static Arbitrary<Expression> unaryCalls(Arbitrary<Expression> arguments) {
    Arbitrary<String> functions =
        Arbitraries.of("sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sigmoid", "abs");
    return Combinators.combine(functions, arguments)
        .as((name, argument) -> new Expression.Call(name, List.of(argument), NOWHERE));
  }

  private static Arbitrary<Expression> calls(Arbitrary<Expression> arguments) {
    return Combinators.combine(
            Arbitraries.of("min", "max"), arguments.list().ofMinSize(2).ofMaxSize(3))
        .as((name, list) -> new Expression.Call(name, list, NOWHERE));
  }

  /** {@return a formula with other formulas, as text, in the place of names} */
  static Expression renamed(Expression formula, Map<String, String> names) {
    return switch (formula) {
      case Expression.Name(String name, Place _) when names.containsKey(name) ->
          GrammarTest.read(names.get(name));
      case Expression.Negate(Expression operand) -> new Expression.Negate(renamed(operand, names));
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          new Expression.Binary(operator, renamed(left, names), renamed(right, names));
      case Expression.Call(String function, List<Expression> arguments, Place place) ->
          new Expression.Call(
              function, arguments.stream().map(it -> renamed(it, names)).toList(), place);
      default -> formula;
    };
  }
}
