package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads formulas by recursive descent.
 *
 * <pre>
 *   sum     = product (("+" | "-") product)*
 *   product = unary (("*" | "/") unary)*
 *   unary   = ("-" | "+") unary | power
 *   power   = primary ("^" unary)?
 *   primary = number | name | function "(" sum ("," sum)* ")" | "(" sum ")"
 *           | name "[" sum "]" "'"* | ("sum" | "mean") "(" sum ("for" range)? ")" | "stiff" "(" sum ")"
 * </pre>
 */
final class ExpressionParser {
  /** Words that end a formula. */
  private static final Set<String> ENDS = Set.of("in", "for", "falling", "rising");

  // Formulas are read and walked by recursion: these leave half of a usual thread's stack (1 MB).
  private static final int MAX_DEPTH = 100;
  private static final int MAX_HEIGHT = 300;

  private final Cursor cursor;
  private String subject = "";
  private int depth;
  private int start;

  /** Of the tree read last. */
  private int height;

  /** Of the trees of a sum read so far. */
  private int tallest;

  ExpressionParser(Cursor cursor) {
    this.cursor = cursor;
  }

  /** {@return the formula that begins here; {@code subject} is what it is the value of} */
  Expression parse(String subject) {
    this.subject = subject;
    this.start = cursor.position();
    return sum();
  }

  private Expression sum() {
    Expression left = product();
    while (cursor.peek().is("+") || cursor.peek().is("-")) {
      Operator operator = cursor.next().is("+") ? Operator.ADD : Operator.SUBTRACT;
      int below = height;
      left = new Expression.Binary(operator, left, product());
      grow(below);
    }
    return left;
  }

  private Expression product() {
    int factor = cursor.position();
    Expression left = unary();
    while (true) {
      refuseMissingTimes(factor);
      if (!cursor.peek().is("*") && !cursor.peek().is("/")) {
        return left;
      }
      Operator operator = cursor.next().is("*") ? Operator.MULTIPLY : Operator.DIVIDE;
      factor = cursor.position();
      int below = height;
      left = new Expression.Binary(operator, left, unary());
      grow(below);
    }
  }

  /** Notes that a tree was put above the one read last and another of height {@code below}. */
  private void grow(int below) {
    height = 1 + Math.max(height, below);
    if (height > MAX_HEIGHT) {
      throw cursor.error(cursor.last(), "This is too long. Give its parts names with let.");
    }
  }

  private Expression unary() {
    if (++depth > MAX_DEPTH) {
      throw cursor.error(
          cursor.peek(), "This is nested too deeply. Give its parts names with let.");
    }
    Expression result;
    if (cursor.accept("-")) {
      result = new Expression.Negate(unary());
      grow(0);
    } else if (cursor.accept("+")) {
      result = unary();
    } else {
      result = power();
    }
    depth--;
    return result;
  }

  private Expression power() {
    Expression base = primary();
    int below = height;
    if (!cursor.accept("^")) {
      return base;
    }
    Expression exponent = unary();
    grow(below);
    return new Expression.Binary(Operator.POWER, base, exponent);
  }

  private Expression primary() {
    Token token = cursor.peek();
    height = 0;
    if (token.isEnd() || token.isStub()) {
      throw unwritten(token);
    }
    if (cursor.accept("(")) {
      return parenthesised(token);
    }
    return switch (token.kind()) {
      case NUMBER -> number(cursor.next());
      case NAME -> name(cursor.next());
      case SYMBOL, END -> throw Unexpected.operand(cursor);
    };
  }

  private EquationException unwritten(Token token) {
    boolean whole = cursor.position() == start;
    if (token.isEnd() && !whole) {
      return cursor.error(
          cursor.last(), "Something is missing after '%s'.".formatted(cursor.last().text()));
    }
    String stub = token.is("..") ? "..." : token.text();
    String where =
        token.isEnd() ? "Write it after the '='." : "Put it where '%s' stands.".formatted(stub);
    return cursor.error(
        token.isEnd() ? cursor.whole() : token.place(),
        "%s is not written yet. %s".formatted(subject, where));
  }

  private Expression parenthesised(Token opening) {
    if (cursor.peek().is(")")) {
      throw cursor.error(cursor.peek(), "There is nothing between the parentheses.");
    }
    Expression inner = sum();
    close(opening);
    return inner;
  }

  private void close(Token opening) {
    if (cursor.accept(")")) {
      return;
    }
    if (cursor.peek().isEnd()) {
      throw cursor.error(opening, "This '(' is never closed.");
    }
    throw Unexpected.after(cursor, "')'");
  }

  private Expression number(Token token) {
    if (Double.isInfinite(token.value())) {
      throw cursor.error(token, "%s is too large for a number.".formatted(token.text()));
    }
    return new Expression.Number(token.value());
  }

  private Expression name(Token token) {
    if (ENDS.contains(token.text())) {
      throw cursor.error(token, "An expression is missing before '%s'.".formatted(token.text()));
    }
    if (!cursor.peek().is("(")) {
      Optional<Function> function = Function.named(token.text());
      if (function.isPresent()) {
        String example = function.get().takes(1) ? "(x)" : "(x, y)";
        throw cursor.error(
            token, "%s is a function. Write %s.".formatted(token.text(), token.text() + example));
      }
      return cursor.peek().is("[")
          ? element(token)
          : new Expression.Name(token.text(), token.place());
    }
    if (Vocabulary.TOTALS.contains(token.text())) {
      return total(token);
    }
    Token opening = cursor.next();
    List<Expression> arguments = new ArrayList<>();
    if (!cursor.peek().is(")")) {
      int below = 0;
      do {
        arguments.add(sum());
        grow(below);
        below = height - 1;
      } while (cursor.accept(","));
    }
    close(opening);
    if (token.isName(Vocabulary.STIFF)) {
      return stiff(token, arguments);
    }
    if (token.isName("pow") && arguments.size() == 2) {
      return new Expression.Binary(Operator.POWER, arguments.get(0), arguments.get(1));
    }
    return new Expression.Call(token.text(), arguments, token.place());
  }

  private Expression stiff(Token token, List<Expression> arguments) {
    if (arguments.size() != 1) {
      throw cursor.error(
          token, "stiff takes one term, got %s: stiff(-1000*u)".formatted(arguments.size()));
    }
    return new Expression.Stiff(arguments.getFirst(), token.place());
  }

  private Expression element(Token name) {
    Token opening = cursor.next();
    if (cursor.peek().is("]")) {
      throw cursor.error(opening.place().to(cursor.peek().place()), "An index is missing: [i]");
    }
    Expression index = sum();
    grow(0);
    GridParser.closeIndex(cursor, opening);
    String primes = new GridParser(cursor).primes();
    return new Expression.Element(
        name.text() + primes, index, name.place().to(cursor.last().place()));
  }

  /** A bound of a range, read here and not by a parser of its own, so that depth adds up. */
  private Expression.Formula bound(String what) {
    int first = cursor.position();
    int before = tallest;
    Expression bound = sum();
    tallest = Math.max(before, height);
    return new Expression.Formula(bound, cursor.placeFrom(first));
  }

  private Expression total(Token name) {
    Token opening = cursor.next();
    String example = "%s(u), or over a range: %1$s(u[i]^2 for i in 1..64)".formatted(name.text());
    if (cursor.peek().is(")")) {
      throw cursor.error(name, "%s needs a grid: %s".formatted(name.text(), example));
    }
    Expression body = sum();
    tallest = height;
    Optional<Expression.Range> range = new GridParser(cursor).range(this::bound);
    grow(tallest);
    if (cursor.peek().is(",") || range.isEmpty() && !(body instanceof Expression.Name)) {
      throw cursor.error(name, "%s takes a grid: %s".formatted(name.text(), example));
    }
    close(opening);
    return new Expression.Total(name.isName("mean"), body, range, name.place());
  }

  /** After a factor, an operand without a sign between them. */
  private void refuseMissingTimes(int factor) {
    Token next = cursor.peek();
    if (!next.startsOperand() || ENDS.contains(next.text()) || cursor.peek(1).is("=")) {
      return;
    }
    String before = cursor.textFrom(factor);
    String meant =
        next.kind() == Token.Kind.NUMBER
            ? ""
            : " Did you mean %s*%s?".formatted(before, next.is("(") ? "(…)" : next.text());
    throw cursor.error(
        cursor.placeFrom(factor).to(next.place()),
        "A sign is missing between '%s' and '%s'.%s".formatted(before, next.text(), meant));
  }
}
