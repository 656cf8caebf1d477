package odeum.equation;

import java.util.List;
import java.util.Optional;

/** Formulas and numbers as one types them. */
final class Text {
  private Text() {}

  /** {@return a number as short as reads back to the same bits} */
  static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e7) {
      boolean negativeZero = value == 0 && 1 / value < 0;
      return negativeZero ? "-0.0" : Long.toString((long) value);
    }
    return Double.toString(value).replace(".0E", "e").replace('E', 'e');
  }

  /** {@return a formula with the parentheses it needs to be read back as the same tree} */
  static String of(Expression expression) {
    return switch (expression) {
      case Expression.Number(double value) -> number(value);
      case Expression.Name(String name, Place _) -> name;
      case Expression.Negate(Expression operand) ->
          "-" + within(operand, precedence(operand) < Operator.NEGATE_PRECEDENCE);
      case Expression.Binary(Operator operator, Expression left, Expression right) ->
          binary(operator, left, right);
      case Expression.Call(String function, List<Expression> arguments, Place _) ->
          function + "(" + String.join(", ", arguments.stream().map(Text::of).toList()) + ")";
      case Expression.Part part -> of(part.call());
      case Expression.Element(String grid, Expression index, Place _) ->
          Layout.element(grid, compact(index));
      case Expression.Total total ->
          "%s(%s%s)"
              .formatted(
                  total.function(),
                  of(total.body()),
                  total.range().map(range -> " " + of(range)).orElse(""));
      case Expression.Stiff(Expression operand, Place _) -> "stiff(" + of(operand) + ")";
    };
  }

  /** {@return where a text stands within a place of a line, whatever the blanks, if it does} */
  static Optional<Place> find(String text, String line, Place within) {
    int[] points = line.codePoints().toArray();
    int[] wanted = text.codePoints().filter(c -> c != ' ').toArray();
    int end = Math.min(points.length, within.column() - 1 + within.length());
    for (int from = within.column() - 1; from < end; from++) {
      int matched = 0;
      int at = from;
      while (at < end && matched < wanted.length && points[from] != ' ') {
        if (points[at] == wanted[matched]) {
          matched++;
        } else if (points[at] != ' ') {
          break;
        }
        at++;
      }
      if (matched == wanted.length) {
        return Optional.of(new Place(within.line(), from + 1, at - from));
      }
    }
    return Optional.empty();
  }

  /** {@return a range as one types it} */
  static String of(Expression.Range range) {
    return "for %s in %s..%s"
        .formatted(range.index(), of(range.from().expression()), of(range.to().expression()));
  }

  /** An index has no blanks around its signs. */
  private static String compact(Expression index) {
    return of(index).replace(" + ", "+").replace(" - ", "-");
  }

  private static String binary(Operator operator, Expression left, Expression right) {
    int own = operator.precedence();
    boolean power = operator == Operator.POWER;
    boolean spaced = own == Operator.ADD.precedence();
    boolean wrapLeft = power ? precedence(left) <= own : precedence(left) < own;
    boolean wrapRight =
        power ? precedence(right) < Operator.NEGATE_PRECEDENCE : precedence(right) <= own;
    String sign = spaced ? " " + operator.symbol() + " " : operator.symbol();
    return within(left, wrapLeft) + sign + within(right, wrapRight);
  }

  private static String within(Expression expression, boolean parentheses) {
    return parentheses ? "(" + of(expression) + ")" : of(expression);
  }

  /** {@return how tightly a formula holds together: more is tighter} */
  static int precedence(Expression expression) {
    return switch (expression) {
      case Expression.Number _,
          Expression.Name _,
          Expression.Call _,
          Expression.Part _,
          Expression.Element _,
          Expression.Total _,
          Expression.Stiff _ ->
          5;
      case Expression.Negate _ -> Operator.NEGATE_PRECEDENCE;
      case Expression.Binary(Operator operator, Expression _, Expression _) ->
          operator.precedence();
    };
  }
}
