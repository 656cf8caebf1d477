package odeum.term;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.autodiff.SparsityPattern;

/** Splits states into positions and velocities: each kind changes as the other kind says. */
final class Separation {
  private Separation() {}

  /**
   * {@return for each state whether it is a position; none if the states cannot be split}
   *
   * @param pattern which states the derivative of each state depends on
   */
  static Optional<boolean[]> of(SparsityPattern pattern) {
    List<List<Integer>> neighbours = new ArrayList<>();
    for (int i = 0; i < pattern.rows(); i++) {
      neighbours.add(new ArrayList<>());
    }
    for (int i = 0; i < pattern.rows(); i++) {
      for (int j : pattern.row(i)) {
        if (i == j) {
          return Optional.empty();
        }
        neighbours.get(i).add(j);
        neighbours.get(j).add(i);
      }
    }
    return coloured(neighbours);
  }

  private static Optional<boolean[]> coloured(List<List<Integer>> neighbours) {
    boolean[] position = new boolean[neighbours.size()];
    boolean[] known = new boolean[neighbours.size()];
    ArrayDeque<Integer> queue = new ArrayDeque<>();
    for (int first = 0; first < known.length; first++) {
      if (known[first]) {
        continue;
      }
      position[first] = true;
      known[first] = true;
      queue.add(first);
      while (!queue.isEmpty()) {
        int state = queue.remove();
        for (int next : neighbours.get(state)) {
          if (known[next] && position[next] == position[state]) {
            return Optional.empty();
          }
          if (!known[next]) {
            known[next] = true;
            position[next] = !position[state];
            queue.add(next);
          }
        }
      }
    }
    return Optional.of(position);
  }
}
