package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import odeum.plot.TextTable;

/** A table as plain text: columns as wide as their widest cell, two blanks between. */
record Grid(List<List<String>> rows) {
  Grid {
    rows = List.copyOf(rows);
  }

  static Grid of(String... heads) {
    return new Grid(List.of(List.of(heads)));
  }

  Grid row(String... cells) {
    List<List<String>> more = new ArrayList<>(rows);
    more.add(List.of(cells));
    return new Grid(more);
  }

  /** {@return the same table, to be drawn} */
  TextTable table() {
    return new TextTable(rows.getFirst(), rows.subList(1, rows.size()));
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        line.append(row.get(i)).append(" ".repeat(width(i) - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return rows.stream()
        .filter(row -> column < row.size())
        .mapToInt(row -> row.get(column).length())
        .max()
        .orElse(0);
  }
}
