package odeum.plot;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.plotly.api.AreaPlot;
import tech.tablesaw.plotly.api.BubblePlot;
import tech.tablesaw.plotly.api.CandlestickPlot;
import tech.tablesaw.plotly.api.HorizontalBarPlot;
import tech.tablesaw.plotly.api.LinePlot;
import tech.tablesaw.plotly.api.ScatterPlot;
import tech.tablesaw.plotly.api.TimeSeriesPlot;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.ContourTrace;
import tech.tablesaw.plotly.traces.ViolinTrace;

/** Figures as users of tablesaw make them, by its own short calls. */
final class JsplotSamples {
  private JsplotSamples() {}

  static Map<String, Figure> all() {
    Table table = prices();
    Map<String, Figure> samples = new LinkedHashMap<>();
    samples.put("tablesaw-line", LinePlot.create("Closing price", table, "day", "close"));
    samples.put(
        "tablesaw-scatter", ScatterPlot.create("Two shares", table, "open", "close", "share"));
    samples.put("tablesaw-bubble", BubblePlot.create("Volume", table, "open", "close", "volume"));
    samples.put("tablesaw-bars", HorizontalBarPlot.create("Shares", shares(), "share", "sum"));
    samples.put("tablesaw-area", AreaPlot.create("Closing price", table, "day", "close"));
    samples.put("tablesaw-dates", TimeSeriesPlot.create("Closing price", table, "date", "close"));
    samples.put(
        "tablesaw-candles",
        CandlestickPlot.create("Prices", table, "date", "open", "high", "low", "close"));
    samples.put("tablesaw-contour", contour());
    samples.put("tablesaw-violin", violin(table));
    return samples;
  }

  private static Figure contour() {
    Object[] places = {0, 1, 2, 3};
    double[][] z = {{1, 2, 3, 4}, {2, 4, 6, 8}, {1, 5, 9, 2}, {0, 1, 0, 1}};
    return new Figure(
        Layout.builder("Contours", "x", "y").build(),
        ContourTrace.builder(places, places, z).build());
  }

  private static Figure violin(Table table) {
    return new Figure(
        Layout.builder("Closing price by share").build(),
        ViolinTrace.builder(
                table.stringColumn("share").asObjectArray(),
                table.doubleColumn("close").asDoubleArray())
            .build());
  }

  private static Table shares() {
    return Table.create(
        StringColumn.create("share", "alpha", "beta", "gamma"),
        DoubleColumn.create("sum", 12, 30, 21));
  }

  private static Table prices() {
    int n = 40;
    Random random = new Random(7);
    double[] day = new double[n];
    double[][] price = new double[5][n];
    LocalDate[] dates = new LocalDate[n];
    String[] shares = new String[n];
    double last = 100;
    for (int i = 0; i < n; i++) {
      day[i] = i;
      dates[i] = LocalDate.of(2024, 1, 1).plusDays(i);
      shares[i] = i % 2 == 0 ? "alpha" : "beta";
      price[0][i] = last;
      last += random.nextGaussian() * 3;
      price[1][i] = last;
      price[2][i] = Math.max(price[0][i], last) + random.nextDouble() * 2;
      price[3][i] = Math.min(price[0][i], last) - random.nextDouble() * 2;
      price[4][i] = 5 + random.nextDouble() * 20;
    }
    return Table.create(
        "prices",
        DoubleColumn.create("day", day),
        DateColumn.create("date", dates),
        StringColumn.create("share", shares),
        DoubleColumn.create("open", price[0]),
        DoubleColumn.create("close", price[1]),
        DoubleColumn.create("high", price[2]),
        DoubleColumn.create("low", price[3]),
        DoubleColumn.create("volume", price[4]));
  }
}
