package odeum.equation;

/** The ways other notations write an equation, each with how it is written here. */
final class OtherNotations {
  private OtherNotations() {}

  /** Refuses an equation in another notation. */
  static void refuse(Cursor cursor) {
    Token first = cursor.peek();
    if (isDifferential(first) && cursor.peek(1).is("/") && cursor.peek(2).isName("dt")) {
      throw cursor.error(
          first.place().to(cursor.peek(2).place()),
          "Derivatives are written with a prime. Did you mean %s' = …?"
              .formatted(first.text().substring(1)));
    }
    if (first.isName()
        && !SystemParser.KEYWORDS.contains(first.text())
        && cursor.peek(1).is("(")
        && cursor.has("=")) {
      throw cursor.error(
          first,
          first.text().endsWith("'")
              ? "Leave the argument out: %s = …".formatted(first.text())
              : "A start value is written init %s = …, a derivative %1$s' = …"
                  .formatted(first.text()));
    }
  }

  private static boolean isDifferential(Token token) {
    return token.isName() && token.text().length() > 1 && token.text().startsWith("d");
  }

  /** {@return the message for {@code x = …}, a left side without a prime} */
  static String missingPrime(Cursor cursor, String name) {
    if (name.startsWith("d") && cursor.find(token -> token.isName("dt")).isPresent()) {
      return "Derivatives are written with a prime. Did you mean %s' = …?"
          .formatted(name.substring(1));
    }
    boolean keyword = SystemParser.KEYWORDS.contains(name);
    boolean number = cursor.peek().kind() == Token.Kind.NUMBER && cursor.peek(1).isEnd();
    return keyword
        ? "'%s' needs a name before the '=': %1$s a = 1".formatted(name)
        : "An equation has a prime: %s' = … ; a named expression begins with let: let %1$s = …%s"
            .formatted(name, number ? " ; a number with param or const." : "");
  }
}
