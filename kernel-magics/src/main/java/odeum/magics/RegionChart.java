package odeum.magics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import odeum.model.Classifier;
import odeum.path.Labelled;
import odeum.plot.Chart;

/**
 * Draws a classifier of two numbers: the samples, a colour for each class, over how likely the
 * second of two classes is, or over which of more classes is the likeliest.
 *
 * @param title the chart's title
 * @param data the samples
 */
record RegionChart(String title, Labelled data) implements ModelChart {
  private static final int CELLS = 32;
  private static final double MARGIN = 0.12;

  @Override
  public Chart of(Object model) {
    Classifier classifier = (Classifier) model;
    String first = data.names().get(0);
    String second = data.names().get(1);
    double[] x = places(data.column(first));
    double[] y = places(data.column(second));
    List<String> classes = classifier.classes();
    boolean two = classes.size() == 2;
    Chart chart =
        Chart.of(title)
            .xAxis(first)
            .yAxis(second)
            .heatMap(
                two ? "probability of " + classes.get(1) : "likeliest class, from 0",
                x,
                y,
                values(classifier, x, y));
    for (String kind : classes) {
      int[] rows =
          IntStream.range(0, data.size()).filter(i -> data.labels().get(i).equals(kind)).toArray();
      chart = chart.points(kind, select(first, rows), select(second, rows));
    }
    return chart;
  }

  private double[] select(String column, int[] rows) {
    double[] values = data.column(column);
    return Arrays.stream(rows).mapToDouble(i -> values[i]).toArray();
  }

  /** The middles of cells that cover the values and some more. */
  private static double[] places(double[] values) {
    double low = Arrays.stream(values).min().orElseThrow();
    double high = Arrays.stream(values).max().orElseThrow();
    double wide = high > low ? high - low : 1;
    double from = low - MARGIN * wide;
    double step = (1 + 2 * MARGIN) * wide / CELLS;
    return IntStream.range(0, CELLS).mapToDouble(i -> from + (i + 0.5) * step).toArray();
  }

  private static double[][] values(Classifier classifier, double[] x, double[] y) {
    double[][] cells = new double[CELLS * CELLS][];
    for (int i = 0; i < cells.length; i++) {
      cells[i] = new double[] {x[i % CELLS], y[i / CELLS]};
    }
    double[][] shares = classifier.probabilities(cells);
    double[][] rows = new double[CELLS][CELLS];
    for (int i = 0; i < cells.length; i++) {
      double[] own = shares[i];
      int likeliest =
          IntStream.range(0, own.length).reduce(0, (best, c) -> own[c] > own[best] ? c : best);
      rows[i / CELLS][i % CELLS] = own.length == 2 ? own[1] : likeliest;
    }
    return rows;
  }
}
