package odeum.magics;

import java.util.List;
import java.util.stream.IntStream;
import odeum.model.SweepSolution;
import odeum.plot.Chart;
import odeum.solver.Solution;

/** One curve for each solve of a sweep, from dark to bright. */
final class FamilyChart {
  /** More names would be no legend but a list. */
  private static final int MOST_NAMES = 7;

  private static final int POINTS = 500;

  private FamilyChart() {}

  /**
   * {@return the family}
   *
   * @param x {@code t}, or what stands on the horizontal axis
   * @param listed whether there is a legend
   */
  static Chart of(String title, SweepSolution sweep, String x, String y, boolean listed) {
    Chart chart = Chart.of(title).xAxis(x).yAxis(y);
    List<Integer> named = named(sweep.size());
    for (int i = 0; i < sweep.size(); i++) {
      Solution solution = sweep.get(i);
      if (solution.size() == 0) {
        continue;
      }
      List<double[]> curve = Trajectory.of("", solution).fine(2, POINTS).complete(List.of(x, y));
      chart = chart.line(sweep.label(i), curve.getFirst(), curve.getLast()).shade(shade(sweep, i));
      chart = listed && named.contains(i) ? chart : chart.unlisted();
    }
    return chart;
  }

  /** By the value, if there is one; values may be spaced unevenly, so curves are by their order. */
  private static double shade(SweepSolution sweep, int i) {
    return sweep.size() == 1 ? 0 : (double) i / (sweep.size() - 1);
  }

  /** The solves that the legend names: all, or some with both ends. */
  private static List<Integer> named(int size) {
    int count = Math.min(size, MOST_NAMES);
    return IntStream.range(0, count)
        .mapToObj(i -> count == 1 ? 0 : (int) Math.round((double) i * (size - 1) / (count - 1)))
        .toList();
  }
}
