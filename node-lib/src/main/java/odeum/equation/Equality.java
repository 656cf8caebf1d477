package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.equation.Definition.Equation;

/**
 * An equation or a let as a line shows it. Values that come from one call of a net share a line, as
 * they did in the source.
 *
 * @param left one name, or several
 * @param right the formula
 * @param range of a grid's equation
 */
record Equality(List<String> left, Expression right, Optional<Expression.Range> range) {
  Equality {
    left = List.copyOf(left);
  }

  static List<Equality> equations(Definition definition) {
    List<Equality> all = new ArrayList<>();
    definition.equations().forEach(it -> add(all, left(it), it.right().expression(), it.range()));
    return all;
  }

  static List<Equality> lets(Definition definition) {
    List<Equality> all = new ArrayList<>();
    definition
        .lets()
        .forEach(let -> add(all, let.name(), let.value().expression(), Optional.empty()));
    return all;
  }

  private static String left(Equation equation) {
    String name = equation.derivative(equation.order());
    return equation.range().map(range -> Layout.element(name, range.index())).orElse(name);
  }

  private static void add(
      List<Equality> all, String name, Expression right, Optional<Expression.Range> range) {
    if (right instanceof Expression.Part(Expression.Call call, int index, int _)
        && index > 0
        && all.getLast().right instanceof Expression.Part(Expression.Call before, int _, int _)
        && before.equals(call)) {
      List<String> names = new ArrayList<>(all.removeLast().left);
      names.add(name);
      all.add(new Equality(names, right, range));
    } else {
      all.add(new Equality(List.of(name), right, range));
    }
  }

  @Override
  public String toString() {
    String names = String.join(", ", left);
    return (left.size() == 1 ? names : "(" + names + ")")
        + " = "
        + Text.of(right)
        + range.map(it -> " " + Text.of(it)).orElse("");
  }
}
