package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Named;
import odeum.equation.Expression.Formula;

/** Reads lines that take several values from a net: {@code (x', y') = f(x, y)}. */
final class TupleParser {
  private final Cursor cursor;

  TupleParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@return the equations of the line {@code (x', y') = f(x, y)} that begins here} */
  List<Equation> equations() {
    return parse("(x', y') = f(x, y)", TupleParser::equation);
  }

  private static Equation equation(Token left, Formula right) {
    String variable = left.text().replace("'", "");
    int order = left.text().length() - variable.length();
    return new Equation(variable, order, left.place(), right, Optional.empty());
  }

  /** {@return the lets of {@code (u, v) = f(x, y)}, which begins here behind {@code let}} */
  List<Named> lets() {
    return parse(
        "let (u, v) = f(x, y)", (left, right) -> new Named(left.text(), left.place(), right));
  }

  private <T> List<T> parse(String example, BiFunction<Token, Formula, T> item) {
    List<Token> names = names(example);
    cursor.expect("=", example);
    if (!example.startsWith("let")) {
      names.forEach(this::requirePrime);
    }
    String subject = "(%s)".formatted(String.join(", ", names.stream().map(Token::text).toList()));
    Formula right = SystemParser.formula(cursor, subject);
    if (cursor.peek().is(",")) {
      throw cursor.error(cursor.peek(), "Several values from a net stand on a line of their own.");
    }
    SystemParser.end(cursor);
    if (!(right.expression() instanceof Expression.Call call)) {
      throw cursor.error(
          right.place(), "Several values come from a net, and from nothing else: " + example);
    }
    List<T> items = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Expression part = names.size() == 1 ? call : new Expression.Part(call, i, names.size());
      items.add(item.apply(names.get(i), new Formula(part, right.place())));
    }
    return items;
  }

  private List<Token> names(String example) {
    Token opening = cursor.next();
    List<Token> names = new ArrayList<>();
    do {
      Token name = cursor.peek();
      if (!name.isName()) {
        throw cursor.error(
            name.isEnd() ? cursor.last() : name, "A name is expected here, as in: " + example);
      }
      names.add(cursor.next());
    } while (cursor.accept(","));
    if (cursor.peek().isEnd()) {
      throw cursor.error(opening, "This '(' is never closed.");
    }
    cursor.expect(")", example);
    return names;
  }

  private void requirePrime(Token name) {
    if (!name.text().endsWith("'")) {
      throw cursor.error(
          name,
          "An equation has a prime: (%s', …) = f(…) ; named values begin with let: let (%1$s, …) = f(…)"
              .formatted(name.text()));
    }
  }
}
