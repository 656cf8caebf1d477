package odeum.equation;

/** The messages for a token that does not fit where it stands. */
final class Unexpected {
  private Unexpected() {}

  /** {@return the error for a token where an operand should begin} */
  static EquationException operand(Cursor cursor) {
    Token token = cursor.peek();
    String text = token.text();
    String problem =
        switch (text) {
          case ")" -> "Something is missing before ')'.";
          case "," -> "Something is missing before ','.";
          case "*", "/", "^" -> "Something is missing before '%s'.".formatted(text);
          case "=", "==" -> "An expression is expected here, got '%s'.".formatted(text);
          case "|" -> "Write abs(x) for |x|.";
          case "√" -> "Write sqrt(x) for √x.";
          case "\"" -> "Text has no place in an equation.";
          case "{", "[" -> "'%s' has no place here. Parentheses are round: ( ).".formatted(text);
          default -> other(text);
        };
    return cursor.error(token, problem);
  }

  /** {@return the error for a token after a formula, where {@code expected} should be} */
  static EquationException after(Cursor cursor, String expected) {
    Token token = cursor.peek();
    String text = token.text();
    if (token.isName() && cursor.peek(1).is("=")) {
      return cursor.error(token, "'%s = …' belongs on a line of its own.".formatted(text));
    }
    String problem =
        switch (text) {
          case "…", "?" ->
              "This is not written yet: put the rest where '%s' stands.".formatted(text);
          case ".." ->
              cursor.peek(1).is(".")
                  ? "This is not written yet: put the rest where '...' stands."
                  : "Unexpected '..'. A range belongs to time or to the bounds of a param.";
          case "in" -> "Bounds (in …) are for param only.";
          case ")" -> "This ')' has no '('.";
          case "**" -> "Powers are written with ^, such as x^2.";
          case "²" -> "Write ^2 for ².";
          case "³" -> "Write ^3 for ³.";
          case ";" -> "No ';' is needed: one line for each thing.";
          case "=", "==" -> "Unexpected '%s'. An equation has one '='.".formatted(text);
          case "," -> "Unexpected ','. Write one equation per line; numbers have a decimal point.";
          case "[" -> "An index stands behind the name of a grid, as in u[i].";
          case "for" -> "A range (for …) is for grids: " + GridParser.EQUATION;
          case "{", "}", "]" ->
              "'%s' has no place here. Parentheses are round: ( ).".formatted(text);
          case "<", ">", "<=", ">=", "!=" ->
              "Comparisons are not part of an equation. Try min, max or an event.";
          case "'" -> "A prime belongs right behind its name: x'.";
          case "%" -> "There is no remainder operator.";
          default -> token.isEnd() ? expected + " is missing here." : other(text);
        };
    return cursor.error(token, problem);
  }

  private static String other(String text) {
    int point = text.codePointAt(0);
    boolean visible =
        !Character.isISOControl(point) && Character.getType(point) != Character.FORMAT;
    String shown = visible ? "'" + text + "'" : "character U+" + Integer.toHexString(point);
    return "Unexpected %s.".formatted(shown);
  }
}
