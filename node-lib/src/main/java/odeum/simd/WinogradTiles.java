package odeum.simd;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a convolution by 3 x 3 weights with stride 1 falls apart into tiles: 2 x 2 places of the
 * result, and the 4 x 4 inputs under their weights.
 *
 * @param count how many tiles there are
 * @param grid how many inputs a channel has
 * @param results how many places a channel of the result has
 * @param inputs 16 inputs per tile, row by row; -1 in the padding
 * @param places 4 places per tile, row by row; -1 beyond the result
 */
record WinogradTiles(int count, int grid, int results, int[] inputs, int[] places) {
  private static final int KERNEL = 9;

  /** Not known whether an input lies there. */
  private static final int OPEN = -2;

  /** What lies at the points of a plane; -1 or {@link #OPEN} where nothing does. */
  private record Plane(int height, int width, int[] points) {
    static Plane of(int height, int width, int value) {
      int[] points = new int[height * width];
      Arrays.fill(points, value);
      return new Plane(height, width, points);
    }

    int at(int row, int column) {
      boolean inside = row >= 0 && row < height && column >= 0 && column < width;
      return inside ? Math.max(-1, points[row * width + column]) : -1;
    }
  }

  /** The places over a plane of inputs, in their order. */
  private static Plane numbered(Plane inputs) {
    int[] points = IntStream.range(0, (inputs.height - 2) * (inputs.width - 2)).toArray();
    return new Plane(inputs.height - 2, inputs.width - 2, points);
  }

  /** {@return the tiles of a convolution, if it is of this kind} */
  static Optional<WinogradTiles> of(Patches patches) {
    return inputs(patches).map(plane -> tiles(plane, patches.grid, numbered(plane)));
  }

  /**
   * {@return the tiles of the way back, where the results lie over the inputs, mirrored} The inputs
   * must be a whole rectangle.
   */
  static Optional<WinogradTiles> back(Patches patches) {
    return inputs(patches).flatMap(plane -> back(plane, patches));
  }

  /** The inputs as a plane with their padding, over which weights move one by one. */
  private static Optional<Plane> inputs(Patches patches) {
    if (patches.kernel != KERNEL) {
      return Optional.empty();
    }
    for (int width = 2; width <= patches.places / 2; width++) {
      if (patches.places % width == 0) {
        Optional<Plane> plane = inputs(patches, width);
        if (plane.isPresent()) {
          return plane;
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Plane> inputs(Patches patches, int width) {
    Plane plane = Plane.of(patches.places / width + 2, width + 2, OPEN);
    boolean[] seen = new boolean[patches.grid];
    for (int place = 0; place < patches.places; place++) {
      for (int weight = 0; weight < KERNEL; weight++) {
        int at = (place / width + weight / 3) * plane.width + place % width + weight % 3;
        int input = patches.input(weight, place);
        int known = plane.points[at];
        if (known == OPEN && (input < 0 || !seen[input])) {
          plane.points[at] = input;
          if (input >= 0) {
            seen[input] = true;
          }
        } else if (known != input) {
          return Optional.empty();
        }
      }
    }
    return Optional.of(plane);
  }

  private static Optional<WinogradTiles> back(Plane plane, Patches patches) {
    int[] rows = rows(plane, plane.width, 1, plane.height);
    int[] columns = rows(plane, 1, plane.width, plane.width);
    if (!isRun(rows) || !isRun(columns) || rows.length * columns.length != patches.grid) {
      return Optional.empty();
    }
    Plane results = Plane.of(rows.length, columns.length, -1);
    Plane over = Plane.of(rows.length + 2, columns.length + 2, -1);
    Plane places = numbered(plane);
    for (int i = 0; i < over.points.length; i++) {
      int row = i / over.width;
      int column = i % over.width;
      over.points[i] = places.at(rows[0] - 2 + row, columns[0] - 2 + column);
      if (row < rows.length && column < columns.length) {
        results.points[row * columns.length + column] = plane.at(rows[row], columns[column]);
      }
    }
    boolean whole = Arrays.stream(results.points).allMatch(input -> input >= 0);
    return whole ? Optional.of(tiles(over, patches.places, results)) : Optional.empty();
  }

  /** The rows in which inputs lie, or the columns. */
  private static int[] rows(Plane plane, int down, int across, int count) {
    int length = plane.points.length / count;
    return IntStream.range(0, count)
        .filter(
            i -> IntStream.range(0, length).anyMatch(j -> plane.points[i * down + j * across] >= 0))
        .toArray();
  }

  private static boolean isRun(int[] numbers) {
    return numbers.length > 0 && numbers[numbers.length - 1] - numbers[0] == numbers.length - 1;
  }

  private static WinogradTiles tiles(Plane inputs, int grid, Plane results) {
    int across = (results.width + 1) / 2;
    int count = (results.height + 1) / 2 * across;
    int[] in = new int[16 * count];
    int[] out = new int[4 * count];
    for (int tile = 0; tile < count; tile++) {
      int row = tile / across * 2;
      int column = tile % across * 2;
      for (int i = 0; i < 16; i++) {
        in[16 * tile + i] = inputs.at(row + i / 4, column + i % 4);
      }
      for (int i = 0; i < 4; i++) {
        out[4 * tile + i] = results.at(row + i / 2, column + i % 2);
      }
    }
    return new WinogradTiles(count, grid, results.points.length, in, out);
  }
}
