package odeum.autodiff;

import java.util.Arrays;

/** Sets of indices in ascending order, most of them shared. For one thread. */
final class IndexSets {
  /** Of a value that is zero whatever the inputs are. */
  static final int[] ZERO = {};

  /** Of a value that depends on nothing, but is not known to be zero. */
  static final int[] NONE = {};

  private final int[] seen;
  private final int[] members;
  private int round;
  private int count;
  private int[] only;

  /** Sets of indices below {@code bound}. */
  IndexSets(int bound) {
    this.seen = new int[bound];
    this.members = new int[bound];
  }

  static int[] product(IndexSets sets, int[] a, int[] b) {
    return a == ZERO || b == ZERO ? ZERO : sets.union(a, b);
  }

  /** {@return the union; of a sum, so that zero is neutral} */
  int[] union(int[] a, int[] b) {
    if (a == b || b == ZERO) {
      return a;
    }
    if (a == ZERO) {
      return b;
    }
    begin();
    add(a);
    add(b);
    return end();
  }

  /** Begins a union of many. */
  void begin() {
    round++;
    count = 0;
    only = ZERO;
  }

  /** Adds a set to the union. */
  void add(int[] set) {
    if (set == ZERO || set == only) {
      return;
    }
    int before = count;
    for (int index : set) {
      if (seen[index] != round) {
        seen[index] = round;
        members[count++] = index;
      }
    }
    if (count > before) {
      only = before == 0 ? set : null;
    } else if (only == ZERO) {
      only = NONE;
    }
  }

  /** {@return the union, one of the sets added where it holds all others} */
  int[] end() {
    if (only != null) {
      return only;
    }
    int[] union = Arrays.copyOf(members, count);
    Arrays.sort(union);
    return union;
  }
}
