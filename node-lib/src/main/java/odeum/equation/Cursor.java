package odeum.equation;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Walks along the tokens of one line. */
final class Cursor {
  private final Source source;
  private final List<Token> tokens;
  private int at;

  Cursor(Source source, List<Token> tokens) {
    this.source = source;
    this.tokens = List.copyOf(tokens);
  }

  /** {@return the next token, without taking it} */
  Token peek() {
    return tokens.get(at);
  }

  /** {@return a token further on, or the end} */
  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  /** {@return the token taken last} */
  Token last() {
    return tokens.get(Math.max(at - 1, 0));
  }

  int position() {
    return at;
  }

  /** {@return the next token, and takes it} The end can be taken any number of times. */
  Token next() {
    Token token = tokens.get(at);
    at = Math.min(at + 1, tokens.size() - 1);
    return token;
  }

  /** {@return whether the next token is this symbol, which is then taken} */
  boolean accept(String symbol) {
    boolean found = peek().is(symbol);
    if (found) {
      next();
    }
    return found;
  }

  /** {@return whether the next token is this word, which is then taken} */
  boolean acceptName(String name) {
    boolean found = peek().isName(name);
    if (found) {
      next();
    }
    return found;
  }

  /** Takes a symbol, or says what is missing. */
  void expect(String symbol, String example) {
    if (!accept(symbol)) {
      throw error(peek(), "'%s' is missing here. Write it as: %s".formatted(symbol, example));
    }
  }

  /** {@return whether any token of the line is this symbol} */
  boolean has(String symbol) {
    return find(token -> token.is(symbol)).isPresent();
  }

  /** {@return the first token of the line of which this is true} */
  Optional<Token> find(Predicate<Token> test) {
    return tokens.stream().filter(test).findFirst();
  }

  /** {@return the text of the tokens from a position to the one taken last} */
  String textFrom(int position) {
    StringBuilder text = new StringBuilder();
    for (Token token : tokens.subList(position, at)) {
      text.append(token.text());
    }
    return text.toString();
  }

  /** {@return the source from a position to the token before the next one, as it was written} */
  String sourceFrom(int position) {
    Place place = tokens.get(position).place().to(tokens.get(at - 1).place());
    String line = source.lines().get(place.line() - 1);
    int begin = line.offsetByCodePoints(0, place.column() - 1);
    return line.substring(begin, line.offsetByCodePoints(begin, place.length()));
  }

  /** {@return where the tokens from a position to the one taken last stand} */
  Place placeFrom(int position) {
    Place first = tokens.get(position).place();
    return at == position ? first : first.to(tokens.get(at - 1).place());
  }

  /** {@return where the whole line stands} */
  Place whole() {
    return tokens.getFirst().place().to(tokens.get(Math.max(tokens.size() - 2, 0)).place());
  }

  /** {@return where the rest of the line stands} */
  Place rest() {
    return peek().place().to(tokens.get(Math.max(tokens.size() - 2, at)).place());
  }

  EquationException error(Token token, String problem) {
    return error(token.place(), problem);
  }

  EquationException error(Place place, String problem) {
    return source.error(place, problem);
  }
}
