package odeum.equation;

import java.util.regex.Pattern;

/**
 * Recognises a line that stands for what a student has still to write: dots, question marks, or the
 * statement that a grading tool puts where a solution was.
 */
final class Stubs {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(throw |raise |TODO\\b|your[ _]code[ _]here|\\.\\.\\.|…|\\?+|_+$)",
          Pattern.CASE_INSENSITIVE);

  private Stubs() {}

  /** Refuses a line that is nothing but a stub. */
  static void refuse(Cursor cursor) {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 4 && !cursor.peek(i).isEnd(); i++) {
      words.append(cursor.peek(i).text()).append(separator(cursor, i));
    }
    if (STATEMENT.matcher(words).lookingAt() && !cursor.peek(1).is("=")) {
      throw cursor.error(
          cursor.whole(), "This is not written yet. Write one line per state, such as x' = -x");
    }
  }

  private static String separator(Cursor cursor, int i) {
    return cursor.peek(i).isName() && cursor.peek(i + 1).isName() ? " " : "";
  }
}
