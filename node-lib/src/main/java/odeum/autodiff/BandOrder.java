package odeum.autodiff;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An order of the unknowns that brings the entries of a sparse matrix close to its diagonal: the
 * reverse order of Cuthill and McKee (1969, doi:10.1145/800195.805928), neighbours after
 * neighbours.
 */
final class BandOrder {
  private final int[][] neighbours;
  private final int[] order;
  private final boolean[] placed;
  private int count;

  private BandOrder(int[][] neighbours) {
    this.neighbours = neighbours;
    this.order = new int[neighbours.length];
    this.placed = new boolean[neighbours.length];
  }

  /** {@return the cheapest layout: the band as it is, the band in a better order, or all} */
  static MatrixLayout layout(SparsityPattern pattern) {
    int size = pattern.rows();
    int[] natural = IntStream.range(0, size).toArray();
    MatrixLayout band = band(pattern, natural);
    if (size > 0 && !pays(band)) {
      band = band(pattern, places(pattern));
    }
    return pays(band) ? band : MatrixLayout.dense(size);
  }

  /** A band is worth it once it leaves out half of the matrix. */
  private static boolean pays(MatrixLayout band) {
    return !band.isDense() && 2 * band.width() <= band.size();
  }

  private static MatrixLayout band(SparsityPattern pattern, int[] places) {
    int lower = 0;
    int upper = 0;
    for (int i = 0; i < places.length; i++) {
      for (int j : pattern.row(i)) {
        lower = Math.max(lower, places[i] - places[j]);
        upper = Math.max(upper, places[j] - places[i]);
      }
    }
    return places.length == 0 ? MatrixLayout.dense(0) : MatrixLayout.banded(lower, upper, places);
  }

  private static int[] places(SparsityPattern pattern) {
    BandOrder search = new BandOrder(neighbours(pattern));
    for (int i = 0; i < pattern.rows(); i++) {
      if (!search.placed[i]) {
        search.place(search.end(i));
      }
    }
    int[] places = new int[pattern.rows()];
    for (int k = 0; k < places.length; k++) {
      places[search.order[k]] = places.length - 1 - k;
    }
    return places;
  }

  private static int[][] neighbours(SparsityPattern pattern) {
    int[][] transposed = pattern.transposed();
    int[][] neighbours = new int[pattern.rows()][];
    for (int i = 0; i < neighbours.length; i++) {
      int self = i;
      neighbours[i] =
          IntStream.concat(Arrays.stream(pattern.row(i)), Arrays.stream(transposed[i]))
              .filter(j -> j != self)
              .sorted()
              .distinct()
              .toArray();
    }
    return neighbours;
  }

  /** A node at an end of its component: far from the node that is far from any. */
  private int end(int start) {
    int node = start;
    int depth = -1;
    while (true) {
      int[] levels = new int[neighbours.length];
      Arrays.fill(levels, -1);
      int farthest = farthest(node, levels);
      if (levels[farthest] <= depth) {
        return node;
      }
      depth = levels[farthest];
      node = farthest;
    }
  }

  /** The last level of a breadth-first search: its node with the fewest neighbours. */
  private int farthest(int start, int[] levels) {
    int[] queue = new int[neighbours.length];
    int end = 0;
    queue[end++] = start;
    levels[start] = 0;
    int best = start;
    for (int at = 0; at < end; at++) {
      int node = queue[at];
      boolean deeper = levels[node] > levels[best];
      if (deeper || levels[node] == levels[best] && fewer(node, best)) {
        best = node;
      }
      for (int next : neighbours[node]) {
        if (levels[next] < 0) {
          levels[next] = levels[node] + 1;
          queue[end++] = next;
        }
      }
    }
    return best;
  }

  private boolean fewer(int node, int other) {
    return neighbours[node].length < neighbours[other].length;
  }

  private void place(int start) {
    int at = count;
    order[count++] = start;
    placed[start] = true;
    for (; at < count; at++) {
      int first = count;
      for (int next : neighbours[order[at]]) {
        if (!placed[next]) {
          placed[next] = true;
          order[count++] = next;
        }
      }
      sort(first);
    }
  }

  /** By the number of neighbours, equal ones in their order. */
  private void sort(int first) {
    for (int i = first + 1; i < count; i++) {
      for (int k = i; k > first && fewer(order[k], order[k - 1]); k--) {
        int node = order[k];
        order[k] = order[k - 1];
        order[k - 1] = node;
      }
    }
  }
}
