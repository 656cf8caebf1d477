package odeum.equation;

import java.util.List;
import java.util.Optional;

/** A formula as written. */
sealed interface Expression {
  /** A number. */
  record Number(double value) implements Expression {}

  /** A name, of anything. */
  record Name(String text, Place place) implements Expression {}

  /** {@code -a}. */
  record Negate(Expression operand) implements Expression {}

  /** {@code a + b} and the like. */
  record Binary(Operator operator, Expression left, Expression right) implements Expression {}

  /**
   * One of the values that a network gives, of so many that are taken: the second of {@code (u, v)
   * = f(x, y)}.
   */
  record Part(Call call, int index, int count) implements Expression {}

  /** A function or a network applied; whether it exists is checked later. */
  record Call(String function, List<Expression> arguments, Place place) implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }
  }

  /** {@code u[i-1]}, or {@code u[i]'}: a value of the grid {@code u'}. */
  record Element(String grid, Expression index, Place place) implements Expression {}

  /**
   * {@code sum(u)}, {@code mean(u[i]^2 for i in 1..64)}: of a whole grid, whose name is the body,
   * or over a range.
   */
  record Total(boolean mean, Expression body, Optional<Range> range, Place place)
      implements Expression {
    String function() {
      return mean ? "mean" : "sum";
    }
  }

  /** {@code stiff(a)}: the value of a, for implicit steps. */
  record Stiff(Expression operand, Place place) implements Expression {}

  /** {@code for i in 1..n}. */
  record Range(String index, Place place, Formula from, Formula to) {}

  /** An expression and where it stands. */
  record Formula(Expression expression, Place place) {}
}
