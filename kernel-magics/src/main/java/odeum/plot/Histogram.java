package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The bins that all histograms of a figure share, as plotly.js does. */
record Histogram(double[] edges) {
  static Histogram of(ObjectNode figure) {
    List<double[]> samples = new ArrayList<>();
    int asked = 0;
    for (JsonNode trace : figure.get("data")) {
      if (trace.path("type").asText().equals("histogram")) {
        samples.add(values(trace));
        asked = Math.max(asked, trace.path(trace.has("x") ? "nbinsx" : "nbinsy").asInt(0));
      }
    }
    return of(samples, asked);
  }

  /**
   * {@return bins for samples, by Rice's rule unless so many are asked for}
   *
   * @param asked how many bins at most; 0 for as many as suit the largest sample
   */
  static Histogram of(List<double[]> samples, int asked) {
    Extent extent = Extent.EMPTY;
    int most = 0;
    for (double[] sample : samples) {
      extent = extent.and(Extent.of(sample));
      most = Math.max(most, sample.length);
    }
    if (extent.isEmpty()) {
      return new Histogram(new double[] {0, 1});
    }
    int bins = asked > 0 ? asked : Math.clamp((int) Math.ceil(2 * StrictMath.cbrt(most)), 4, 60);
    return new Histogram(edges(Scale.around(extent, 0, 0), bins));
  }

  /** {@return the height of each bin for one trace, in the unit of its {@code histnorm}} */
  double[] heights(JsonNode trace) {
    double[] heights = counts(values(trace));
    double width = width();
    double total = Arrays.stream(heights).sum();
    double unit =
        switch (trace.path("histnorm").asText()) {
          case "percent" -> 100.0 / total;
          case "probability" -> 1.0 / total;
          case "density" -> 1 / width;
          case "probability density" -> 1 / (total * width);
          default -> 1;
        };
    for (int i = 0; i < heights.length; i++) {
      heights[i] *= total == 0 ? 1 : unit;
    }
    return heights;
  }

  /** {@return how many of the values fall into each bin} */
  double[] counts(double[] values) {
    double[] counts = new double[edges.length - 1];
    for (double value : values) {
      if (Double.isFinite(value)) {
        int bin = (int) Math.floor((value - edges[0]) / width());
        counts[Math.clamp(bin, 0, counts.length - 1)]++;
      }
    }
    return counts;
  }

  double width() {
    return edges[1] - edges[0];
  }

  /** Round edges, at most {@code bins} bins that hold the whole range. */
  private static double[] edges(double[] ends, int bins) {
    BigDecimal least =
        new BigDecimal(ends[1] - ends[0]).divide(BigDecimal.valueOf(bins), MathContext.DECIMAL64);
    BigDecimal step = least;
    int exponent = least.precision() - least.scale() - 1;
    for (int round : new int[] {1, 2, 5, 10}) {
      step = BigDecimal.valueOf(round).scaleByPowerOfTen(exponent);
      if (step.compareTo(least) >= 0) {
        break;
      }
    }
    double width = step.doubleValue();
    double first = Math.floor(ends[0] / width);
    List<Double> edges = new ArrayList<>();
    for (double k = first; edges.isEmpty() || edges.getLast() <= ends[1]; k++) {
      edges.add(k * width);
    }
    return edges.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] values(JsonNode trace) {
    JsonNode data = trace.has("x") ? trace.path("x") : trace.path("y");
    double[] values = new double[data.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = data.get(i).isNumber() ? data.get(i).doubleValue() : Double.NaN;
    }
    return values;
  }
}
