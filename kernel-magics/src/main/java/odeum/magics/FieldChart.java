package odeum.magics;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import odeum.model.Model;
import odeum.plot.Chart;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.solver.Solvers;
import odeum.term.Derivative;

/**
 * The vector field of a system in the plane of two of its states: arrows along the derivative, and
 * where one of the two derivatives is zero. Other states stay where they start. The field of a
 * single state is drawn over time.
 */
final class FieldChart {
  private static final int COLUMNS = 17;
  private static final int ROWS = 11;

  /** Cells of the grid on which the lines of zero derivatives are looked for. */
  private static final int FINE = 80;

  private static final double ROOM = 0.2;
  private static final double AROUND_NOTHING = 1;

  private final Problem system;
  private final String x;
  private final String y;
  private final Derivative derivative;
  private final double[] start;

  private FieldChart(Problem system, List<String> axes) {
    this.system = system;
    this.x = axes.get(0);
    this.y = axes.get(1);
    this.derivative = system.term().open();
    this.start = system.initial().toArray();
  }

  /** {@return the system's own solution in the plane of two states, or over time} */
  static Chart orbit(String title, Problem system, List<String> names) {
    List<String> axes = axes(system, names);
    Chart chart = Chart.of(title).xAxis(axes.get(0)).yAxis(axes.get(1));
    Solution solution = solved(system);
    Trajectory path = Trajectory.of("", solution).fine(2, 2000);
    List<double[]> curve = path.complete(axes);
    if (curve.getFirst().length == 0) {
      return chart;
    }
    String from = "from (" + Text.brief(first(curve, 0)) + ", " + Text.brief(first(curve, 1)) + ")";
    return chart
        .line(from, curve.get(0), curve.get(1))
        .points("start", new double[] {first(curve, 0)}, new double[] {first(curve, 1)})
        .colour(0)
        .unlisted();
  }

  private static double first(List<double[]> curve, int axis) {
    return curve.get(axis)[0];
  }

  private static Solution solved(Problem system) {
    return system instanceof Model model
        ? model.solve()
        : Integrator.of(Solvers.auto()).solve(system);
  }

  /** {@return the chart with the field below what it shows, in its window} */
  static Chart under(Chart portrait, Problem system, List<String> names) {
    FieldChart field = new FieldChart(system, axes(system, names));
    Chart chart = portrait.withRoom(ROOM);
    double[] across = window(chart.xRange(), field.isOverTime() ? system.start() : field.at(0));
    double[] up = window(chart.yRange(), field.at(1));
    chart = chart.xRange(across[0], across[1]).yRange(up[0], up[1]);
    chart = field.arrows(chart, across, up);
    return field.isOverTime() ? chart : field.nullclines(chart, across, up);
  }

  private static double[] window(double[] range, double middle) {
    return range.length == 2
        ? range
        : new double[] {middle - AROUND_NOTHING, middle + AROUND_NOTHING};
  }

  private static List<String> axes(Problem system, List<String> names) {
    List<String> states = system.names();
    if (names.isEmpty()) {
      return states.size() == 1 ? List.of("t", states.getFirst()) : states.subList(0, 2);
    }
    boolean overTime = states.size() == 1 && names.equals(List.of("t", states.getFirst()));
    if (!overTime && (names.size() != 2 || !states.containsAll(names))) {
      throw new MagicException(
          String.format(
              Locale.ROOT,
              "A vector field is drawn in the plane of two states, got: %s. States: %s",
              String.join(" ", names),
              String.join(" ", states)));
    }
    return names;
  }

  private boolean isOverTime() {
    return !system.names().contains(x);
  }

  private double at(int axis) {
    return start[system.names().indexOf(axis == 0 ? x : y)];
  }

  /** {@return the derivatives along both axes} */
  private double[] slope(double a, double b) {
    double[] state = start.clone();
    double[] slope = new double[state.length];
    int i = system.names().indexOf(x);
    int j = system.names().indexOf(y);
    state[j] = b;
    if (i >= 0) {
      state[i] = a;
    }
    derivative.evaluate(i < 0 ? a : system.start(), state, slope);
    return new double[] {i < 0 ? 1 : slope[i], slope[j]};
  }

  private Chart arrows(Chart chart, double[] across, double[] up) {
    double[][] all = new double[4][COLUMNS * ROWS];
    for (int k = 0; k < COLUMNS * ROWS; k++) {
      all[0][k] = across[0] + (across[1] - across[0]) * (k % COLUMNS + 0.5) / COLUMNS;
      all[1][k] = up[0] + (up[1] - up[0]) * (k / COLUMNS + 0.5) / ROWS;
      double[] slope = slope(all[0][k], all[1][k]);
      all[2][k] = slope[0];
      all[3][k] = slope[1];
    }
    return chart.arrows("field", all[0], all[1], all[2], all[3]);
  }

  private Chart nullclines(Chart chart, double[] across, double[] up) {
    double[] xs = places(across);
    double[] ys = places(up);
    double[][][] slopes = new double[2][ys.length][xs.length];
    for (int row = 0; row < ys.length; row++) {
      for (int column = 0; column < xs.length; column++) {
        double[] slope = slope(xs[column], ys[row]);
        slopes[0][row][column] = slope[0];
        slopes[1][row][column] = slope[1];
      }
    }
    Chart result = chart;
    List<String> names = new ArrayList<>(List.of(x, y));
    for (int i = 0; i < 2; i++) {
      if (changesSign(slopes[i])) {
        result = result.contour(names.get(i) + "' = 0", xs, ys, slopes[i], 0);
      }
    }
    return result;
  }

  private static boolean changesSign(double[][] values) {
    boolean above = false;
    boolean below = false;
    for (double[] row : values) {
      for (double value : row) {
        above |= value > 0;
        below |= value < 0;
      }
    }
    return above && below;
  }

  private static double[] places(double[] ends) {
    return IntStream.rangeClosed(0, FINE)
        .mapToDouble(i -> ends[0] + (ends[1] - ends[0]) * i / FINE)
        .toArray();
  }
}
