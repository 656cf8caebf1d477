package odeum.equation;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Cuts a line into tokens. Never fails: a character without meaning is a symbol of its own. */
final class Lexer {
  private static final List<String> LONG_SYMBOLS = List.of("..", "**", "==", "<=", ">=", "!=");

  private final int[] points;
  private final int line;
  private int at;

  private Lexer(String text, int line) {
    this.points = text.codePoints().toArray();
    this.line = line;
  }

  /** {@return the tokens of a line, ended by one of kind END; a comment is no token} */
  static List<Token> tokens(String text, int line) {
    Lexer lexer = new Lexer(text, line);
    List<Token> tokens = new ArrayList<>();
    while (lexer.skipBlanks()) {
      tokens.add(lexer.next());
    }
    int end = tokens.isEmpty() ? 1 : endOf(tokens.getLast().place());
    tokens.add(new Token(Token.Kind.END, "", 0, new Place(line, end, 1)));
    return tokens;
  }

  private static int endOf(Place place) {
    return place.column() + place.length();
  }

  /** Skips blanks; false at the end of the line or where a comment begins. */
  private boolean skipBlanks() {
    while (at < points.length && isBlank(points[at])) {
      at++;
    }
    return at < points.length && points[at] != '#' && !(points[at] == '/' && peek(1) == '/');
  }

  private Token next() {
    int start = at;
    if (isDigit(points[at]) || points[at] == '.' && isDigit(peek(1))) {
      return number(start);
    }
    if (Character.isLetter(points[at]) || points[at] == '_') {
      return name(start);
    }
    String pair = at + 1 < points.length ? new String(points, at, 2) : "";
    at += LONG_SYMBOLS.contains(pair) ? 2 : 1;
    String text = new String(points, start, at - start);
    return new Token(Token.Kind.SYMBOL, plain(text), 0, place(start));
  }

  private Token number(int start) {
    digits();
    if (peek(0) == '.' && peek(1) != '.') {
      at++;
      digits();
    }
    int sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
    if ((peek(0) == 'e' || peek(0) == 'E') && isDigit(peek(1 + sign))) {
      at += 1 + sign;
      digits();
    }
    String text = new String(points, start, at - start);
    return new Token(Token.Kind.NUMBER, text, Double.parseDouble(text), place(start));
  }

  private void digits() {
    while (isDigit(peek(0))) {
      at++;
    }
  }

  private Token name(int start) {
    while (isNamePart(peek(0))) {
      at++;
    }
    String name = new String(points, start, at - start);
    StringBuilder primes = new StringBuilder();
    while (primes(peek(0)) > 0) {
      primes.repeat('\'', primes(points[at]));
      at++;
    }
    String text = Normalizer.normalize(name, Normalizer.Form.NFC) + primes;
    return new Token(Token.Kind.NAME, text, 0, place(start));
  }

  private Place place(int start) {
    return new Place(line, start + 1, at - start);
  }

  private int peek(int ahead) {
    return at + ahead < points.length ? points[at + ahead] : -1;
  }

  private static boolean isDigit(int point) {
    return point >= '0' && point <= '9';
  }

  private static boolean isBlank(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point) || point == 0xFEFF;
  }

  private static boolean isNamePart(int point) {
    return Character.isLetterOrDigit(point)
        || point == '_'
        || point >= '₀' && point <= '₉'
        || point > 0 && Character.getType(point) == Character.NON_SPACING_MARK;
  }

  /** How many primes a character is; word processors and books write other ones than keyboards. */
  private static int primes(int point) {
    return switch (point) {
      case '\'', '′', '’' -> 1;
      case '″' -> 2;
      default -> 0;
    };
  }

  private static String plain(String symbol) {
    return switch (symbol) {
      case "−", "–" -> "-";
      case "·", "⋅", "×", "∗" -> "*";
      default -> symbol;
    };
  }
}
