package odeum.equation;

import java.util.List;

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
}
