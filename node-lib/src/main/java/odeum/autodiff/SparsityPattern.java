package odeum.autodiff;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import odeum.graph.Graph;

/**
 * Which entries of a Jacobian can differ from zero, whatever the values. Found from the graph, not
 * from numbers, so an entry may still be zero everywhere; one that is left out is zero.
 */
public final class SparsityPattern {
  private final int columns;
  private final int[][] rows;

  SparsityPattern(int columns, int[][] rows) {
    this.columns = columns;
    this.rows = rows;
  }

  /** {@return the pattern of the derivatives of an output of a graph by an input, both flat} */
  public static SparsityPattern of(Graph graph, int output, int input) {
    int columns = graph.inputs().get(input).size();
    return new SparsityPattern(columns, Dependence.of(graph, output, input, true));
  }

  /**
   * {@return which elements of an input each element of an output depends on} Besides {@link #of}
   * this has what depends in steps, and so has no derivative: conditions, signs.
   */
  public static SparsityPattern ofValues(Graph graph, int output, int input) {
    int columns = graph.inputs().get(input).size();
    return new SparsityPattern(columns, Dependence.of(graph, output, input, false));
  }

  /** {@return the pattern that has every entry} */
  public static SparsityPattern dense(int rows, int columns) {
    int[] all = new int[columns];
    Arrays.setAll(all, j -> j);
    int[][] same = new int[rows][];
    Arrays.fill(same, all);
    return new SparsityPattern(columns, same);
  }

  /** {@return how many rows there are} */
  public int rows() {
    return rows.length;
  }

  /** {@return how many columns there are} */
  public int columns() {
    return columns;
  }

  /** {@return the columns of a row that can differ from zero, ascending} */
  public int[] row(int row) {
    return rows[row].clone();
  }

  /** {@return whether an entry can differ from zero} */
  public boolean contains(int row, int column) {
    Objects.checkIndex(column, columns);
    return Arrays.binarySearch(rows[row], column) >= 0;
  }

  /** {@return how many entries can differ from zero} */
  public int count() {
    return Math.toIntExact(Arrays.stream(rows).mapToLong(row -> row.length).sum());
  }

  /** {@return the rows of each column, ascending} */
  int[][] transposed() {
    int[] counts = new int[columns];
    for (int[] row : rows) {
      for (int column : row) {
        counts[column]++;
      }
    }
    int[][] result = new int[columns][];
    Arrays.setAll(result, column -> new int[counts[column]]);
    Arrays.fill(counts, 0);
    for (int i = 0; i < rows.length; i++) {
      for (int column : rows[i]) {
        result[column][counts[column]++] = i;
      }
    }
    return result;
  }

  /**
   * {@return a colour for each column, so that columns of one colour have no row in common} Then
   * one derivative along their sum has the entries of all of them.
   */
  public int[] colours() {
    return Colouring.of(this);
  }

  /** {@return where a square matrix of this pattern is best stored to be factorised} */
  public MatrixLayout layout() {
    if (rows.length != columns) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "Only a square matrix is factorised, this one is %d by %d.",
              rows.length,
              columns));
    }
    return BandOrder.layout(this);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SparsityPattern that
        && columns == that.columns
        && Arrays.deepEquals(rows, that.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%d of %d x %d entries: %s", count(), rows.length, columns, text());
  }

  private String text() {
    return rows.length > 20 ? "..." : Arrays.deepToString(rows);
  }
}
