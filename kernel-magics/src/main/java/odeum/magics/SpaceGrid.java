package odeum.magics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import odeum.plot.Chart;

/**
 * Columns that are the values of one grid: {@code u[1]}, {@code u[2]}, ...
 *
 * @param name of the grid, with primes if it is a derivative
 * @param indices of its columns
 * @param columns their names
 */
record SpaceGrid(String name, List<Integer> indices, List<String> columns) {
  private static final Pattern VALUE = Pattern.compile("(.+)\\[(-?\\d{1,9})]('*)");
  private static final int MOST_ROWS = 100;
  private static final int MOST_TIMES = 120;

  SpaceGrid {
    indices = List.copyOf(indices);
    columns = List.copyOf(columns);
  }

  /** {@return the grids among the columns, in their order} */
  static List<SpaceGrid> of(List<String> names) {
    Map<String, List<Integer>> indices = new LinkedHashMap<>();
    Map<String, List<String>> columns = new LinkedHashMap<>();
    for (String column : names) {
      Matcher matcher = VALUE.matcher(column);
      if (matcher.matches()) {
        String name = matcher.group(1) + matcher.group(3);
        indices
            .computeIfAbsent(name, _ -> new ArrayList<>())
            .add(Integer.parseInt(matcher.group(2)));
        columns.computeIfAbsent(name, _ -> new ArrayList<>()).add(column);
      }
    }
    return indices.keySet().stream()
        .map(name -> new SpaceGrid(name, indices.get(name), columns.get(name)))
        .toList();
  }

  static Optional<SpaceGrid> named(String name, List<String> names) {
    return of(names).stream().filter(grid -> grid.name().equals(name)).findFirst();
  }

  /** {@return the columns that belong to no grid} */
  static List<String> others(List<String> names) {
    return names.stream().filter(name -> !VALUE.matcher(name).matches()).toList();
  }

  /** {@return its values as colours: time to the right, the index upward} */
  Chart chart(String title, Trajectory thing) {
    int[] rows = picked(columns.size(), MOST_ROWS);
    int[] times = picked(thing.times().length, MOST_TIMES);
    double[][] z = new double[rows.length][];
    for (int row = 0; row < rows.length; row++) {
      double[] values = thing.values(columns.get(rows[row]));
      z[row] = IntStream.of(times).mapToDouble(i -> values[i]).toArray();
    }
    return Chart.of(title.isEmpty() ? name : title + ": " + name)
        .xAxis(thing.timeName())
        .yAxis("index")
        .heatMap(
            name,
            IntStream.of(times).mapToDouble(i -> thing.times()[i]).toArray(),
            IntStream.of(rows).mapToDouble(indices::get).toArray(),
            z);
  }

  /** At most so many of the positions below a count, the first and the last among them. */
  private static int[] picked(int count, int most) {
    return count <= most
        ? IntStream.range(0, count).toArray()
        : IntStream.range(0, most).map(i -> (int) ((long) i * (count - 1) / (most - 1))).toArray();
  }
}
