package odeum.compile;

import java.util.TreeMap;

/** Hands out places in a growing memory and takes them back. */
final class FreeSpace {
  /** Sizes are rounded up to this, so that rows of small arrays start where vectors like it. */
  private static final int GRAIN = 8;

  private final TreeMap<Integer, Integer> free = new TreeMap<>();
  private int end;
  private int largest;

  FreeSpace(int start) {
    end = start;
    largest = start;
  }

  /** {@return how much memory so many values take} */
  static int rounded(int size) {
    return (size + GRAIN - 1) / GRAIN * GRAIN;
  }

  int take(int size) {
    int wanted = rounded(size);
    int best = -1;
    for (var block : free.entrySet()) {
      boolean fits = block.getValue() >= wanted;
      if (fits && (best < 0 || block.getValue() < free.get(best))) {
        best = block.getKey();
      }
    }
    if (best < 0) {
      int at = end;
      end += wanted;
      largest = Math.max(largest, end);
      return at;
    }
    int length = free.remove(best);
    if (length > wanted) {
      free.put(best + wanted, length - wanted);
    }
    return best;
  }

  void giveBack(int at, int size) {
    int from = at;
    int length = rounded(size);
    var before = free.lowerEntry(at);
    if (before != null && before.getKey() + before.getValue() == at) {
      from = before.getKey();
      length += before.getValue();
      free.remove(from);
    }
    Integer after = free.remove(at + rounded(size));
    if (after != null) {
      length += after;
    }
    if (from + length == end) {
      end = from;
    } else if (length > 0) {
      free.put(from, length);
    }
  }

  /** How much memory there has to be. */
  int size() {
    return largest;
  }
}
