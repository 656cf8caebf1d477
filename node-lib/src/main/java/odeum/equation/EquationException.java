package odeum.equation;

/** Says what is wrong in a system of equations, where, and what to try. */
public final class EquationException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final String source;
  private final int line;
  private final int column;
  private final int length;
  private final String problem;

  EquationException(String name, String source, Place place, String problem) {
    super(text(name, place.line(), problem, caret(source, place.column(), place.length())));
    this.source = source;
    this.line = place.line();
    this.column = place.column();
    this.length = place.length();
    this.problem = problem;
  }

  /** {@return the line, counted from 1 in the body} */
  public int line() {
    return line;
  }

  /** {@return the first wrong character of the line, counted from 1} */
  public int column() {
    return column;
  }

  /** {@return how many characters are meant; 0 when it is about the body as a whole} */
  public int length() {
    return length;
  }

  /** {@return what is wrong and what to try, in one line} */
  public String problem() {
    return problem;
  }

  /** {@return the source line indented by two blanks and the carets under it, or nothing} */
  public String caret() {
    return caret(source, column, length);
  }

  /** {@return all of it under a prefix: {@code prefix, line 2: problem} and the caret lines} */
  public String report(String prefix) {
    return text(prefix, line, problem, caret());
  }

  private static String text(String prefix, int line, String problem, String caret) {
    String where = (prefix.isEmpty() ? "" : prefix + ", ") + "line " + line + ": ";
    return where + problem + (caret.isEmpty() ? "" : "\n" + caret);
  }

  private static String caret(String source, int column, int length) {
    String shown = source.strip();
    if (shown.isEmpty() || length == 0) {
      return "";
    }
    int indent = source.codePointCount(0, source.indexOf(shown));
    int before = Math.max(0, column - 1 - indent);
    return "  " + shown.replace('\t', ' ') + "\n  " + " ".repeat(before) + "^".repeat(length);
  }
}
