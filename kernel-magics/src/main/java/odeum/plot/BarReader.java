package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Places bars and histograms beside or on each other. */
final class BarReader {
  private static final double FILLED = 0.8;

  private final AxisReader x;
  private final AxisReader y;
  private final String mode;
  private final int groups;
  private final double unit;
  private final Histogram histogram;
  private final Map<Double, double[]> stacks = new HashMap<>();
  private int next;

  BarReader(ObjectNode figure, AxisReader x, AxisReader y) {
    this.x = x;
    this.y = y;
    this.mode = figure.path("layout").path("barmode").asText("group");
    this.histogram = Histogram.of(figure);
    int bars = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (JsonNode trace : figure.get("data")) {
      if (trace.path("type").asText().equals("bar")) {
        bars++;
        double[] places = places(trace);
        Arrays.sort(places);
        for (int i = 1; i < places.length; i++) {
          double step = places[i] - places[i - 1];
          smallest = step > 0 ? Math.min(smallest, step) : smallest;
        }
      }
    }
    this.groups = mode.equals("group") ? Math.max(bars, 1) : 1;
    this.unit = Double.isFinite(smallest) ? smallest : 1;
  }

  Mark read(JsonNode trace, String name, String defaultColour) {
    JsonNode marker = trace.path("marker");
    String colour = marker.path("color").isTextual() ? marker.get("color").asText() : defaultColour;
    double opacity = trace.path("opacity").asDouble(1) * marker.path("opacity").asDouble(1);
    boolean histogramTrace = trace.path("type").asText().equals("histogram");
    boolean lying = isLying(trace);
    double[] low;
    double[] high;
    double[] values;
    if (histogramTrace) {
      values = histogram.heights(trace);
      low = Arrays.copyOf(histogram.edges(), values.length);
      high = Arrays.copyOfRange(histogram.edges(), 1, values.length + 1);
    } else {
      double[] places = places(trace);
      values = values(trace, places.length);
      double width = trace.path("width").asDouble(unit * FILLED / groups);
      double shift = groups == 1 ? 0 : (next - (groups - 1) / 2.0) * width;
      low = Arrays.stream(places).map(place -> place + shift - width / 2).toArray();
      high = Arrays.stream(places).map(place -> place + shift + width / 2).toArray();
      next++;
    }
    double[] base = new double[values.length];
    double[] top = values.clone();
    if (mode.equals("stack") || mode.equals("relative")) {
      stack(low, base, top);
    }
    AxisReader along = lying ? x : y;
    base = Arrays.stream(base).map(value -> along.isLog() ? floor(along, value) : value).toArray();
    top = Arrays.stream(top).map(along::place).toArray();
    return lying
        ? new Mark.Bars(name, colour, opacity, base, top, low, high)
        : new Mark.Bars(name, colour, opacity, low, high, base, top);
  }

  /** A bar that starts at zero has no lower end on a logarithmic axis: it is cut off later. */
  private static double floor(AxisReader axis, double value) {
    return value > 0 ? axis.place(value) : Double.NEGATIVE_INFINITY;
  }

  private void stack(double[] places, double[] base, double[] top) {
    for (int i = 0; i < places.length; i++) {
      double[] ends = stacks.computeIfAbsent(places[i], place -> new double[2]);
      int side = top[i] < 0 ? 1 : 0;
      base[i] = ends[side];
      top[i] += ends[side];
      ends[side] = Double.isNaN(top[i]) ? ends[side] : top[i];
    }
  }

  private static boolean isLying(JsonNode trace) {
    return trace.path("orientation").asText("v").equals("h")
        || trace.path("type").asText().equals("histogram") && !trace.has("x");
  }

  private double[] places(JsonNode trace) {
    int count = Math.max(trace.path("x").size(), trace.path("y").size());
    return isLying(trace) ? y.places(trace, count) : x.places(trace, count);
  }

  private static double[] values(JsonNode trace, int count) {
    JsonNode data = trace.path(isLying(trace) ? "x" : "y");
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      JsonNode item = data.path(i);
      values[i] = item.isNumber() ? item.doubleValue() : Double.NaN;
    }
    return values;
  }
}
