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

  /** More of them hide each other, and fill the notebook. */
  static final int MOST_CURVES = 40;

  /** Few curves are drawn finer than they were saved. */
  private static final int FEW = 10;

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
    List<Integer> drawn = some(MOST_CURVES, IntStream.range(0, sweep.size()).boxed().toList());
    List<Integer> named = some(MOST_NAMES, drawn);
    for (int i : drawn) {
      Solution solution = sweep.get(i);
      if (solution.size() == 0) {
        continue;
      }
      Trajectory saved = Trajectory.of("", solution);
      Trajectory fine = sweep.size() <= FEW ? saved.fine(2, POINTS) : saved;
      List<double[]> curve = fine.complete(List.of(x, y));
      chart = chart.line(sweep.label(i), curve.getFirst(), curve.getLast()).shade(shade(sweep, i));
      chart = listed && named.contains(i) ? chart : chart.unlisted();
    }
    return chart;
  }

  /** By the value, if there is one; values may be spaced unevenly, so curves are by their order. */
  private static double shade(SweepSolution sweep, int i) {
    return sweep.size() == 1 ? 0 : (double) i / (sweep.size() - 1);
  }

  /** {@return so many of a list, evenly spaced and with both ends} */
  private static List<Integer> some(int most, List<Integer> all) {
    int count = Math.min(all.size(), most);
    return IntStream.range(0, count)
        .mapToObj(
            i -> count == 1 ? 0 : (int) Math.round((double) i * (all.size() - 1) / (count - 1)))
        .map(all::get)
        .toList();
  }
}
