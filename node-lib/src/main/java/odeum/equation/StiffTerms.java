package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.equation.Definition.Equation;
import odeum.equation.Expression.Formula;

/** Takes the terms in {@code stiff(…)} apart from the others. */
final class StiffTerms {
  /** Equations whose right-hand sides add up to those of the system. */
  record Parts(List<Equation> explicit, List<Equation> implicit) {
    Parts {
      explicit = List.copyOf(explicit);
      implicit = List.copyOf(implicit);
    }
  }

  private StiffTerms() {}

  /** {@return the two parts of equations, of which some have stiff terms} */
  static Optional<Parts> split(List<Equation> equations) {
    List<Equation> explicit = new ArrayList<>();
    List<Equation> implicit = new ArrayList<>();
    boolean any = false;
    for (Equation equation : equations) {
      any |= isStiff(equation);
      explicit.add(part(equation, false));
      implicit.add(part(equation, true));
    }
    return any ? Optional.of(new Parts(explicit, implicit)) : Optional.empty();
  }

  /** {@return whether an equation has a stiff term} */
  static boolean isStiff(Equation equation) {
    return terms(equation.right().expression(), true).isPresent();
  }

  private static Equation part(Equation equation, boolean stiff) {
    Expression right = terms(equation.right().expression(), stiff).orElse(new Expression.Number(0));
    return new Equation(
        equation.variable(),
        equation.order(),
        equation.place(),
        new Formula(right, equation.right().place()),
        equation.range());
  }

  /** The stiff terms of a sum, or the others. */
  private static Optional<Expression> terms(Expression expression, boolean stiff) {
    return switch (expression) {
      case Expression.Stiff(Expression operand, Place _) ->
          stiff ? Optional.of(operand) : Optional.empty();
      case Expression.Negate(Expression operand) ->
          terms(operand, stiff).map(Expression.Negate::new);
      case Expression.Binary(Operator operator, Expression left, Expression right)
          when operator.isSum() -> {
        Optional<Expression> first = terms(left, stiff);
        Optional<Expression> second = terms(right, stiff);
        if (first.isPresent() && second.isPresent()) {
          yield Optional.of(new Expression.Binary(operator, first.get(), second.get()));
        }
        yield operator == Operator.ADD || second.isEmpty()
            ? first.or(() -> second)
            : second.map(Expression.Negate::new);
      }
      default -> stiff ? Optional.empty() : Optional.of(expression);
    };
  }
}
