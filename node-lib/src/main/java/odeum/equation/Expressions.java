package odeum.equation;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** What formulas say: the names in them, and their value where all names are numbers. */
final class Expressions {
  private Expressions() {}

  /** {@return the names a formula uses, functions, networks and indices of sums apart} */
  static Set<String> names(Expression expression) {
    Set<String> names = new LinkedHashSet<>();
    collect(expression, names);
    return names;
  }

  private static void collect(Expression expression, Set<String> names) {
    switch (expression) {
      case Expression.Number _ -> {}
      case Expression.Name(String name, Place _) -> names.add(name);
      case Expression.Negate(Expression operand) -> collect(operand, names);
      case Expression.Binary(Operator _, Expression left, Expression right) -> {
        collect(left, names);
        collect(right, names);
      }
      case Expression.Call call -> call.arguments().forEach(argument -> collect(argument, names));
      case Expression.Part(Expression.Call call, int _, int _) -> collect(call, names);
      case Expression.Element(String grid, Expression index, Place _) -> {
        names.add(grid);
        collect(index, names);
      }
      case Expression.Total total -> {
        Set<String> inside = names(total.body());
        total
            .range()
            .ifPresent(
                range -> {
                  inside.remove(range.index());
                  collect(range.from().expression(), names);
                  collect(range.to().expression(), names);
                });
        names.addAll(inside);
      }
      case Expression.Stiff(Expression operand, Place _) -> collect(operand, names);
    }
  }

  /** {@return the value of a formula, all of whose names are given or have a number by nature} */
  static double value(Expression expression, Map<String, Double> names) {
    return switch (expression) {
      case Expression.Number(double value) -> value;
      case Expression.Name(String name, Place _) ->
          names.containsKey(name) ? names.get(name) : Vocabulary.NUMBERS.get(name);
      case Expression.Negate(Expression operand) -> -value(operand, names);
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          operator.apply(value(left, names), value(right, names));
      case Expression.Call call ->
          Function.named(call.function())
              .orElseThrow()
              .apply(call.arguments().stream().mapToDouble(a -> value(a, names)).toArray());
      case Expression.Stiff(Expression operand, Place _) -> value(operand, names);
      case Expression.Total _, Expression.Element _ ->
          throw new IllegalStateException("A grid is no constant: " + Text.of(expression));
      case Expression.Part part ->
          throw new IllegalStateException("A network is no constant: " + Text.of(part));
    };
  }
}
