package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/**
 * The traced values of a grid, and those beyond its ends. Neighbours are read by slices of the
 * whole array, not point by point.
 *
 * @param array what holds the values, shape {@code (size)}
 * @param offset of the first value in the array
 * @param points the indices
 * @param edges what is beyond the ends, if anything is
 */
record GridArray(Tracer array, int offset, Points points, Optional<Edges> edges) {
  /** Above this many pieces an array is gathered by its indices. */
  private static final int MOST_PIECES = 8;

  /** What lies beyond the ends of a grid. */
  sealed interface Edges {
    /** The grid is a ring. */
    record Periodic() implements Edges {}

    /** A number at each end, shape {@code ()}, or the grid mirrored there. */
    record Sides(Optional<Supplier<Tracer>> left, Optional<Supplier<Tracer>> right)
        implements Edges {}
  }

  /** Where a value comes from: a position in the grid, or the number at an end. */
  private static final int LEFT = -1;

  private static final int RIGHT = -2;

  /** {@return the grid as one array, shape {@code (size)}} */
  Tracer all() {
    return array.slice(0, offset, offset + points.size());
  }

  /** {@return whether there is a value at an index, be it beyond the ends} */
  boolean has(int index) {
    long position = (long) index - points.first();
    return points.contains(index)
        || edges.isPresent() && position >= -points.size() && position < 2L * points.size();
  }

  /** {@return the value at an index, shape {@code ()}} */
  Tracer at(int index) {
    int position = position(index);
    return position < 0 ? side(position) : array.get(offset + position);
  }

  /** {@return the values at these indices, shape {@code (indices)}} */
  Tracer at(int[] indices) {
    int[] positions = IntStream.of(indices).map(this::position).toArray();
    List<int[]> runs = runs(positions);
    boolean inside = IntStream.of(positions).allMatch(p -> p >= 0);
    if (inside && runs.size() > MOST_PIECES) {
      return array.gather(0, IntStream.of(positions).mapToObj(p -> p + offset).toList());
    }
    return Tracer.concatenate(0, runs.stream().map(run -> piece(positions, run)).toList());
  }

  /** From where to where positions follow one another, or are the same end. */
  private static List<int[]> runs(int[] positions) {
    List<int[]> runs = new ArrayList<>();
    int start = 0;
    for (int i = 1; i <= positions.length; i++) {
      boolean goesOn =
          i < positions.length
              && (positions[i - 1] < 0
                  ? positions[i] == positions[i - 1]
                  : positions[i] == positions[i - 1] + 1);
      if (!goesOn) {
        runs.add(new int[] {start, i});
        start = i;
      }
    }
    return runs;
  }

  private Tracer piece(int[] positions, int[] run) {
    int length = run[1] - run[0];
    int first = positions[run[0]];
    return first < 0
        ? side(first).broadcast(Shape.of(length))
        : array.slice(0, offset + first, offset + first + length);
  }

  private Tracer side(int end) {
    Edges.Sides sides = (Edges.Sides) edges.orElseThrow();
    return (end == LEFT ? sides.left() : sides.right()).orElseThrow().get();
  }

  private int position(int index) {
    int size = points.size();
    int position = index - points.first();
    if (points.contains(index)) {
      return position;
    }
    return switch (edges.orElseThrow()) {
      case Edges.Periodic() -> Math.floorMod(position, size);
      case Edges.Sides(var left, var right) -> {
        if (position < 0) {
          yield left.isPresent() ? LEFT : -1 - position;
        }
        yield right.isPresent() ? RIGHT : 2 * size - 1 - position;
      }
    };
  }

  /** {@return an array some of whose values are replaced, each by one of shape {@code ()}} */
  static Tracer replaced(Tracer array, SortedMap<Integer, Tracer> values) {
    List<Tracer> pieces = new ArrayList<>();
    int start = 0;
    for (int position : values.keySet()) {
      if (position > start) {
        pieces.add(array.slice(0, start, position));
      }
      pieces.add(values.get(position).reshape(Shape.of(1)));
      start = position + 1;
    }
    int size = array.shape().extent(0);
    if (start < size) {
      pieces.add(array.slice(0, start, size));
    }
    return pieces.isEmpty() ? array : Tracer.concatenate(0, pieces);
  }
}
