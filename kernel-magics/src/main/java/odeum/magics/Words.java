package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The words of a magic's line. Blanks separate words except inside {@code "…"} and inside brackets,
 * so that a word may be a Java expression; a word that ends in a comma goes on in the next one; a
 * {@code #} or {@code //} where a word could start begins a comment; a trailing {@code ;} silences.
 */
final class Words {
  /** One word; {@code quoted} when it stood in quotes, so that it is never an option. */
  record Word(String text, boolean quoted) {}

  private final String line;
  private final List<Word> words = new ArrayList<>();
  private boolean silent;
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /** {@return the words of this line} */
  static Words of(String line) {
    Words words = new Words(line);
    words.read();
    return words;
  }

  List<Word> list() {
    return List.copyOf(words);
  }

  /** {@return whether the line ended in a semicolon} */
  boolean silent() {
    return silent;
  }

  private void read() {
    skipBlanks();
    while (at < line.length() && !atComment()) {
      Word word = word();
      while (!word.quoted() && word.text().endsWith(",") && moreFollows()) {
        word = new Word(word.text() + word().text(), false);
      }
      words.add(word);
      skipBlanks();
    }
    silence();
  }

  private boolean moreFollows() {
    skipBlanks();
    return at < line.length() && !atComment() && !line.startsWith("--", at);
  }

  private void silence() {
    while (!words.isEmpty() && !words.getLast().quoted() && words.getLast().text().endsWith(";")) {
      silent = true;
      String text = words.removeLast().text();
      text = text.substring(0, text.length() - 1);
      if (!text.isEmpty()) {
        words.add(new Word(text, false));
      }
    }
  }

  private boolean atComment() {
    return line.charAt(at) == '#' || line.startsWith("//", at);
  }

  private void skipBlanks() {
    while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
  }

  private Word word() {
    if (line.charAt(at) == '"') {
      String text = group();
      if (at == line.length() || Character.isWhitespace(line.charAt(at))) {
        return new Word(text, true);
      }
      return new Word(text + bare(), true);
    }
    return new Word(bare(), false);
  }

  /** A word without quotes around it; a {@code "…"} after {@code --option=} loses its quotes. */
  private String bare() {
    StringBuilder text = new StringBuilder();
    StringBuilder open = new StringBuilder();
    int start = at;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (Character.isWhitespace(c) && open.isEmpty()) {
        break;
      }
      if (c == '"') {
        text.append(endsInOption(text) ? group() : literal());
        continue;
      }
      bracket(open, c, start);
      text.append(c);
      at++;
    }
    if (!open.isEmpty()) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "'%s' is not closed in: %s",
              open.charAt(open.length() - 1),
              line.substring(start)));
    }
    return text.toString();
  }

  private static boolean endsInOption(CharSequence text) {
    int last = text.length() - 1;
    return last > 0 && text.charAt(0) == '-' && text.charAt(last) == '=';
  }

  private void bracket(StringBuilder open, char c, int start) {
    switch (c) {
      case '(', '[', '{' -> open.append(c);
      case ')', ']', '}' -> {
        char partner = c == ')' ? '(' : c == ']' ? '[' : '{';
        int last = open.length() - 1;
        if (last < 0 || open.charAt(last) != partner) {
          throw new MagicException(
              String.format(
                  Locale.ROOT,
                  "'%s' has no '%s' before it in: %s",
                  c,
                  partner,
                  line.substring(start)));
        }
        open.setLength(last);
      }
      default -> {}
    }
  }

  /** Reads {@code "…"} and gives what is inside; {@code \"} and {@code \\} stand for themselves. */
  private String group() {
    String literal = literal();
    StringBuilder text = new StringBuilder();
    for (int i = 1; i < literal.length() - 1; i++) {
      char c = literal.charAt(i);
      char next = literal.charAt(i + 1);
      if (c == '\\' && i + 1 < literal.length() - 1 && (next == '"' || next == '\\')) {
        c = next;
        i++;
      }
      text.append(c);
    }
    return text.toString();
  }

  /** Reads {@code "…"} and gives it with its quotes, as Java code has it. */
  private String literal() {
    int start = at++;
    while (at < line.length() && line.charAt(at) != '"') {
      at += line.charAt(at) == '\\' ? 2 : 1;
    }
    if (at >= line.length()) {
      throw new MagicException("A quote is not closed: " + line.substring(start));
    }
    at++;
    return line.substring(start, at);
  }
}
