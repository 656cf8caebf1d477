package odeum.kernel;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import odeum.magics.CellHelp;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;

/**
 * The line of a cell that holds the cursor, when it is a magic's.
 *
 * @param text the line
 * @param start where it begins in the cell
 * @param cursor where the cursor is in the line
 */
record MagicLine(String text, int start, int cursor) {
  private static final Pattern FIRST_WORD = Pattern.compile("%{1,2}(\\w+)");
  private static final Pattern QUESTION = Pattern.compile("(?m)^(%{1,2}(\\w+))\\?[ \\t]*$");

  /** {@return the line at this position, empty when it does not begin with a percent sign} */
  static Optional<MagicLine> at(String code, int at) {
    int position = Math.clamp(at, 0, code.length());
    int start = code.lastIndexOf('\n', position - 1) + 1;
    int end = code.indexOf('\n', position);
    String text = code.substring(start, end < 0 ? code.length() : end);
    return text.startsWith("%")
        ? Optional.of(new MagicLine(text, start, position - start))
        : Optional.empty();
  }

  /**
   * {@return the cell as JJava reads it: with {@code %name?} as {@code %name --help}, for the names
   * that have help, and an empty body for a cell magic that has none}
   */
  static String prepared(String code, Optional<CellHelp> magics) {
    String asking =
        QUESTION
            .matcher(code)
            .replaceAll(
                found -> {
                  boolean known = magics.flatMap(help -> help.help(found.group(2))).isPresent();
                  String line = known ? found.group(1) + " --help" : found.group();
                  return Matcher.quoteReplacement(line);
                });
    boolean headOnly = asking.startsWith("%%") && asking.strip().indexOf('\n') < 0;
    return headOnly ? asking.strip() + "\n\n" : asking;
  }

  Optional<String> help(Optional<CellHelp> magics) {
    return FIRST_WORD.matcher(text).lookingAt()
        ? magics.flatMap(known -> known.help(text, cursor))
        : Optional.empty();
  }

  Optional<ReplacementOptions> complete(Optional<CellHelp> magics) {
    List<String> options = magics.map(known -> known.complete(text, cursor)).orElse(List.of());
    int word = cursor;
    while (word > 0 && !Character.isWhitespace(text.charAt(word - 1))) {
      word--;
    }
    return options.isEmpty()
        ? Optional.empty()
        : Optional.of(new ReplacementOptions(options, start + word, start + cursor));
  }
}
