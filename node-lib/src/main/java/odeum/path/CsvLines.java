package odeum.path;

import java.util.ArrayList;
import java.util.List;

/** The cells of a CSV text (RFC 4180, without line breaks inside of cells). */
final class CsvLines {
  private static final String SEPARATORS = ",;\t";

  /** One line of the file: its number, counted from 1, and its cells. */
  record Row(int line, List<String> cells) {}

  private final String file;
  private char separator;

  CsvLines(String file) {
    this.file = file;
  }

  /** {@return what separates cells: what separates those of the first line} */
  char separator() {
    return separator;
  }

  /** {@return the lines that are neither blank nor comments} */
  List<Row> read(String text) {
    List<Row> rows = new ArrayList<>();
    String body = text.startsWith("\ufeff") ? text.substring(1) : text;
    int number = 0;
    for (String line : body.split("\r\n|\n|\r", -1)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      separator = rows.isEmpty() ? separator(line) : separator;
      rows.add(new Row(number, cells(number, line)));
    }
    return rows;
  }

  private static char separator(String header) {
    boolean quoted = false;
    for (char c : header.toCharArray()) {
      quoted ^= c == '"';
      if (!quoted && SEPARATORS.indexOf(c) >= 0) {
        return c;
      }
    }
    return ',';
  }

  private List<String> cells(int number, String line) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder cell = new StringBuilder();
      int start = skipBlanks(line, at, separator);
      if (start < line.length() && line.charAt(start) == '"') {
        at = quotedCell(number, line, start, cell);
        at = skipBlanks(line, at, separator);
        if (at < line.length() && line.charAt(at) != separator) {
          throw new CsvException(
              "%s, line %s: after a closing quote a separator must follow, got '%s'."
                  .formatted(file, number, line.charAt(at)));
        }
        cells.add(cell.toString());
      } else {
        int end = line.indexOf(separator, at);
        end = end < 0 ? line.length() : end;
        cells.add(line.substring(at, end).strip());
        at = end;
      }
      if (at >= line.length()) {
        return cells;
      }
      at++;
    }
  }

  private static int skipBlanks(String line, int from, char separator) {
    int at = from;
    while (at < line.length()
        && line.charAt(at) != separator
        && Character.isWhitespace(line.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Reads a cell that begins with a quote; a doubled quote inside stands for one. */
  private int quotedCell(int number, String line, int start, StringBuilder cell) {
    int at = start + 1;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c != '"') {
        cell.append(c);
      } else if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
        cell.append(c);
        at++;
      } else {
        return at + 1;
      }
      at++;
    }
    throw new CsvException("%s, line %s: a quote is not closed.".formatted(file, number));
  }

  /** {@return a name as a CSV cell} */
  static String quoted(String name) {
    boolean plain =
        name.equals(name.strip())
            && !name.startsWith("#")
            && name.chars().noneMatch(c -> c == '"' || SEPARATORS.indexOf(c) >= 0);
    return plain ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
