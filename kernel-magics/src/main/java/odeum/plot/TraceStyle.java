package odeum.plot;

import static odeum.plot.Styling.child;
import static odeum.plot.Styling.unset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The look of one trace, where the user left it open. */
final class TraceStyle {
  private static final int SMOOTH = 10_000;

  /** Below this share of the larger side, the other sign is noise around zero. */
  private static final double BOTH_SIGNS = 0.05;

  private TraceStyle() {}

  /** {@return whether it is drawn in space} */
  static boolean apply(ObjectNode trace) {
    String type = trace.path("type").asText("scatter");
    switch (type) {
      case "scatter" -> {
        if (trace.path("marker").path("size").isArray()) {
          unset(child(trace, "marker"), "opacity", 0.7); // plotly's own, also for the SVG
          unset(child(child(trace, "marker"), "line"), "width", 0);
        }
        if (trace.path("mode").asText("lines").contains("lines")) {
          unset(child(trace, "line"), "width", 2);
          // jsplot asks plotly for simplified lines by default, which shows as corners in curves.
          child(trace, "line").put("simplify", trace.path("y").size() > SMOOTH);
        }
      }
      case "scatter3d" -> {
        unset(child(trace, "line"), "width", 4);
        unset(child(trace, "marker"), "size", 3);
      }
      case "heatmap", "contour", "histogram2d", "surface" -> colours(trace);
      case "candlestick", "ohlc" -> {
        // The default pair, red and green, is the one most often confused.
        unset(child(child(trace, "increasing"), "line"), "color", Palette.SERIES.get(0));
        unset(child(child(trace, "decreasing"), "line"), "color", Palette.SERIES.get(1));
      }
      default -> {}
    }
    return type.matches(".*3d|surface|cone|streamtube|isosurface");
  }

  private static void colours(ObjectNode trace) {
    if (!trace.has("colorscale")) {
      if (hasBothSigns(trace.path("z"))) {
        trace.set("colorscale", ColourScale.SIGNED.json());
        unset(trace, "zmid", 0);
      } else {
        trace.put("colorscale", "Viridis");
      }
    }
    ObjectNode bar = child(trace, "colorbar");
    unset(bar, "thickness", 14);
    unset(bar, "outlinewidth", 0);
    unset(bar, "len", 1.0);
    unset(bar, "ypad", 0);
    unset(child(bar, "tickfont"), "size", 12);
    unset(bar, "exponentformat", "power");
    String name = trace.path("name").asText();
    if (!name.isEmpty()) {
      ObjectNode title = child(bar, "title");
      unset(title, "text", name);
      unset(title, "side", "right");
      unset(child(title, "font"), "size", 13);
    }
  }

  static boolean hasBothSigns(JsonNode rows) {
    double low = 0;
    double high = 0;
    for (JsonNode row : rows) {
      for (JsonNode value : row) {
        low = Math.min(low, value.asDouble(0));
        high = Math.max(high, value.asDouble(0));
      }
    }
    return Math.min(-low, high) > BOTH_SIGNS * Math.max(-low, high);
  }
}
