package odeum.magics;

import java.util.List;
import odeum.plot.Chart;
import odeum.solver.Ensemble;

/** Where most solves of an ensemble go. */
final class FanChart {
  private static final int MOST_STATES = 6;

  private FanChart() {}

  /**
   * {@return the median and the bands of half and of nine tenths of the solves}
   *
   * @param names which values; none for the states
   */
  static Chart of(String title, Ensemble ensemble, List<String> names) {
    List<String> states = ensemble.get(0).stateNames();
    List<String> all = names.isEmpty() ? states : names;
    List<String> drawn = all.subList(0, Math.min(all.size(), MOST_STATES));
    Chart chart = Chart.of(title + ": median, 50 % and 90 % of " + ensemble.size() + " solves");
    chart = chart.xAxis("t");
    chart = drawn.size() == 1 ? chart.yAxis(drawn.getFirst()) : chart;
    double[] t = ensemble.times();
    for (int i = 0; i < drawn.size(); i++) {
      String name = drawn.get(i);
      chart = band(chart, ensemble, name, t, 0.05).colour(i).unlisted();
      chart = band(chart, ensemble, name, t, 0.25).colour(i).unlisted();
    }
    for (int i = 0; i < drawn.size(); i++) {
      chart = chart.line(drawn.get(i), t, ensemble.quantile(0.5, drawn.get(i))).colour(i);
    }
    return chart;
  }

  private static Chart band(Chart chart, Ensemble ensemble, String name, double[] t, double q) {
    String share = Math.round(100 * (1 - 2 * q)) + " %";
    return chart.band(
        name + " (" + share + ")", t, ensemble.quantile(q, name), ensemble.quantile(1 - q, name));
  }
}
