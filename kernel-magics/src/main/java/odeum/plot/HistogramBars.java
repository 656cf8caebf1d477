package odeum.plot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * The histograms of a chart as bars that touch: what they count is many numbers, what they show
 * few.
 */
record HistogramBars(Histogram bins, int count) {
  private static final double SEE_THROUGH = 0.6;

  static HistogramBars of(List<Series> all) {
    List<double[]> samples =
        all.stream().filter(s -> s.look() == Series.Look.HISTOGRAM).map(Series::x).toList();
    return new HistogramBars(Histogram.of(samples, 0), samples.size());
  }

  ObjectNode trace(Series series) {
    double[] edges = bins.edges();
    double[] middles = new double[edges.length - 1];
    for (int i = 0; i < middles.length; i++) {
      middles[i] = (edges[i] + edges[i + 1]) / 2;
    }
    ObjectNode trace = JsonNodeFactory.instance.objectNode();
    trace.set("x", ChartJson.numbers(middles));
    trace.set("y", ChartJson.numbers(bins.counts(series.x())));
    trace.put("type", "bar").put("meta", "histogram").put("width", bins.width());
    trace.putObject("marker").put("color", series.paint());
    if (count > 1) {
      trace.put("opacity", SEE_THROUGH);
    }
    if (!series.name().isEmpty()) {
      trace.put("name", Markup.literal(series.name()));
    }
    return trace;
  }
}
