package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What may come next in the body of an equation cell. */
final class EquationHelp {
  /** The words that begin a line. */
  static final List<String> WORDS =
      List.of("param", "const", "init", "time", "let", "net", "input", "event", "boundary");

  /** The words that a new name follows. */
  private static final List<String> NAMING = List.of("let", "net", "input");

  /** The functions of the language. */
  static final List<String> FUNCTIONS =
      List.of(
          "sin", "cos", "tan", "exp", "log", "sqrt", "tanh", "sigmoid", "abs", "min", "max", "pow");

  private static final List<String> NUMBERS = List.of("t", "pi", "e");
  private static final Pattern DEFINED =
      Pattern.compile(
          "([\\p{L}_][\\p{L}\\p{N}_]*)(?:\\[[^\\]]*\\])?'*\\s*(?:\\[[^\\]]*\\])?'*\\s*=(?!=)");
  private static final Pattern EVENT = Pattern.compile("\\s*event\\b[^:]*");

  private EquationHelp() {}

  /** {@return where the name begins that ends here} */
  static int start(String text, int cursor) {
    int start = cursor;
    while (start > 0 && isName(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isName(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  /** {@return what could be there, words of the language and names of this cell} */
  static Stream<String> candidates(String cell, int cursor) {
    int start = start(cell, cursor);
    int lineStart = cell.lastIndexOf('\n', start - 1) + 1;
    String before = cell.substring(lineStart, start);
    List<String> names = defined(cell.substring(0, lineStart) + "\n" + cell.substring(cursor));
    if (before.isBlank()) {
      return Stream.concat(WORDS.stream(), names.stream());
    }
    if (NAMING.contains(before.strip())) {
      return Stream.of();
    }
    Stream<String> direction =
        EVENT.matcher(before).matches() ? Stream.of("rising", "falling") : Stream.of();
    Stream<String> action = before.endsWith(": ") ? Stream.of("stop") : Stream.of();
    return Stream.of(names.stream(), direction, action, FUNCTIONS.stream(), NUMBERS.stream())
        .flatMap(all -> all);
  }

  private static List<String> defined(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = DEFINED.matcher(text);
    while (matcher.find()) {
      if (!names.contains(matcher.group(1)) && !WORDS.contains(matcher.group(1))) {
        names.add(matcher.group(1));
      }
    }
    return names;
  }
}
