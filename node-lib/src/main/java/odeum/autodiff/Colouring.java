package odeum.autodiff;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Columns of a sparse Jacobian that one derivative can give together (Curtis, Powell and Reid 1974,
 * doi:10.1093/imamat/13.1.117), as a greedy colouring of the graph whose edges are columns with a
 * common row (Coleman and Moré 1983, doi:10.1137/0720013).
 */
final class Colouring {
  private Colouring() {}

  static int[] of(SparsityPattern pattern) {
    int[][] rows = IntStream.range(0, pattern.rows()).mapToObj(pattern::row).toArray(int[][]::new);
    int fullest = Arrays.stream(rows).mapToInt(row -> row.length).max().orElse(0);
    int[] natural = IntStream.range(0, pattern.columns()).toArray();
    if (fullest == pattern.columns()) {
      return natural;
    }
    int[][] columns = pattern.transposed();
    int[] first = greedy(rows, columns, natural);
    if (count(first) <= Math.max(fullest, 1)) {
      return first; // no colouring has fewer
    }
    int[] second = greedy(rows, columns, largestFirst(rows, columns));
    return count(second) < count(first) ? second : first;
  }

  static int count(int[] colours) {
    return 1 + Arrays.stream(colours).max().orElse(-1);
  }

  private static int[] greedy(int[][] rows, int[][] columns, int[] order) {
    int[] colours = new int[columns.length];
    Arrays.fill(colours, -1);
    int[] takenBy = new int[columns.length];
    Arrays.fill(takenBy, -1);
    for (int column : order) {
      for (int row : columns[column]) {
        for (int other : rows[row]) {
          if (colours[other] >= 0) {
            takenBy[colours[other]] = column;
          }
        }
      }
      int colour = 0;
      while (takenBy[colour] == column) {
        colour++;
      }
      colours[column] = colour;
    }
    return colours;
  }

  /** Columns that meet many others first; equal ones in their order. */
  private static int[] largestFirst(int[][] rows, int[][] columns) {
    int[] meets = new int[columns.length];
    Arrays.setAll(meets, j -> Arrays.stream(columns[j]).map(row -> rows[row].length - 1).sum());
    return IntStream.range(0, columns.length)
        .boxed()
        .sorted(Comparator.comparingInt(j -> -meets[j]))
        .mapToInt(j -> j)
        .toArray();
  }
}
