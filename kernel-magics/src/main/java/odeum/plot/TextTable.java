package odeum.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table in plain text: columns padded to equal width, numbers to the right, also those with a
 * unit of time or memory. Immutable; {@link #row} returns a new table.
 *
 * @param head the names of the columns; all empty for a table without a head
 * @param rows the cells, as many in each row as there are names
 */
public record TextTable(List<String> head, List<List<String>> rows) {
  private static final String GAP = "  ";

  /** Also a dash, dots or nothing, where there is no number. */
  private static final Pattern NUMBER =
      Pattern.compile("|-|…|NaN|[-+−]?∞|[-+−]?[\\d.,]+([eE][-+]?\\d+)?( ?(%|ms|s|kB|MB))?");

  public TextTable {
    head = List.copyOf(head);
    rows = rows.stream().map(List::copyOf).toList();
    for (List<String> row : rows) {
      if (row.size() != head.size()) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "A table of %d columns got a row of %d: %s.",
                head.size(),
                row.size(),
                row));
      }
    }
  }

  /** {@return an empty table with these columns} */
  public static TextTable of(String... head) {
    return new TextTable(List.of(head), List.of());
  }

  /** {@return this table with one more row; cells are shown by {@code String.valueOf}} */
  public TextTable row(Object... cells) {
    List<List<String>> all = new ArrayList<>(rows);
    all.add(Arrays.stream(cells).map(String::valueOf).toList());
    return new TextTable(head, all);
  }

  /** {@return the table as text, one line for each row} */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (!head.stream().allMatch(String::isEmpty)) {
      append(text, head);
      append(text, columns().stream().map(column -> "-".repeat(width(column))).toList());
    }
    rows.forEach(row -> append(text, row));
    return text.toString().stripTrailing();
  }

  /** {@return the table as an output of a cell} */
  public MimeBundle bundle() {
    return MimeBundle.of(text());
  }

  @Override
  public String toString() {
    return text();
  }

  private void append(StringBuilder text, List<String> cells) {
    StringBuilder line = new StringBuilder();
    List<List<String>> columns = columns();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(width(columns.get(i)) - length(cell));
      line.append(i == 0 ? "" : GAP);
      line.append(isNumeric(i) ? padding + cell : cell + padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }

  private List<List<String>> columns() {
    List<List<String>> columns = new ArrayList<>();
    for (int i = 0; i < head.size(); i++) {
      List<String> column = new ArrayList<>(List.of(head.get(i)));
      for (List<String> row : rows) {
        column.add(row.get(i));
      }
      columns.add(column);
    }
    return columns;
  }

  /** {@return whether all cells of this column are numbers, and some are} */
  public boolean isNumeric(int column) {
    return rows.stream().anyMatch(row -> !row.get(column).isEmpty())
        && rows.stream().allMatch(row -> NUMBER.matcher(row.get(column)).matches());
  }

  private static int width(List<String> column) {
    return column.stream().mapToInt(TextTable::length).max().orElse(0);
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
