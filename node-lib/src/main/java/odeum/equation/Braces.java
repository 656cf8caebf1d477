package odeum.equation;

/**
 * A Java expression in braces.
 *
 * @param code what stands between them
 * @param place where they stand
 */
record Braces(String code, Place place) {
  /**
   * {@return the expression whose brace comes next}
   *
   * @param cure what to do if there is none
   */
  static Braces parse(Cursor cursor, String cure) {
    Token opening = cursor.next();
    int first = cursor.position();
    for (int depth = 1; ; ) {
      Token token = cursor.peek();
      if (token.isEnd()) {
        throw cursor.error(opening, "This '{' is never closed.");
      }
      depth += token.is("{") ? 1 : token.is("}") ? -1 : 0;
      if (depth == 0) {
        break;
      }
      cursor.next();
    }
    if (cursor.position() == first) {
      throw cursor.error(
          opening.place().to(cursor.peek().place()),
          "There is nothing between the braces. " + cure);
    }
    String code = cursor.sourceFrom(first);
    return new Braces(code, opening.place().to(cursor.next().place()));
  }
}
