package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The look of every figure: fills in what the user did not set, and changes nothing else. */
final class Theme {
  static final int WIDTH = 700;
  static final int HEIGHT = 420;
  private static final String CLEAR = "rgba(0,0,0,0)";

  private Theme() {}

  static void apply(ObjectNode figure) {
    ObjectNode layout = (ObjectNode) figure.get("layout");
    boolean deep = false;
    for (JsonNode trace : figure.get("data")) {
      deep |= trace((ObjectNode) trace);
    }
    size(layout);
    unset(layout, "paper_bgcolor", CLEAR);
    unset(layout, "plot_bgcolor", CLEAR);
    ObjectNode font = child(layout, "font");
    unset(font, "color", Palette.TEXT);
    unset(font, "family", "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif");
    unset(font, "size", 13);
    unset(child(child(layout, "title"), "font"), "size", 16);
    if (!layout.has("colorway")) {
      Palette.SERIES.forEach(layout.withArray("colorway")::add);
    }
    child(layout, "modebar").put("bgcolor", CLEAR).put("color", Palette.AXIS);
    unset(child(layout, "legend"), "bgcolor", CLEAR);
    if (deep) {
      ObjectNode scene = child(layout, "scene");
      List.of("xaxis", "yaxis", "zaxis").forEach(name -> spatialAxis(child(scene, name)));
    } else {
      child(layout, "xaxis");
      child(layout, "yaxis");
      for (Map.Entry<String, JsonNode> entry : layout.properties()) {
        if (entry.getKey().matches("[xy]axis\\d*")) {
          axis((ObjectNode) entry.getValue(), entry.getKey());
        }
      }
    }
    margin(layout, deep);
    ObjectNode config = (ObjectNode) figure.get("config");
    unset(config, "displaylogo", false);
  }

  /** jsplot always writes a size; 800 x 600 is its default and so not a wish of the user. */
  private static void size(ObjectNode layout) {
    if (layout.path("width").asInt(800) == 800 && layout.path("height").asInt(600) == 600) {
      layout.put("width", WIDTH).put("height", HEIGHT);
    }
  }

  private static void margin(ObjectNode layout, boolean deep) {
    ObjectNode margin = child(layout, "margin");
    boolean titled = !layout.path("title").path("text").asText().isEmpty();
    unset(margin, "l", deep ? 10 : 70);
    unset(margin, "r", 20);
    unset(margin, "t", titled ? 50 : 25);
    unset(margin, "b", deep ? 10 : 55);
  }

  private static void axis(ObjectNode axis, String name) {
    unset(axis, "gridcolor", Palette.GRID);
    unset(axis, "zerolinecolor", Palette.ZERO);
    unset(axis, "linecolor", Palette.AXIS);
    unset(axis, "tickcolor", Palette.AXIS);
    unset(axis, "ticks", "outside");
    unset(axis, "exponentformat", "power");
    unset(axis, "automargin", true);
    if (axis.path("type").asText().equals("log")) {
      unset(axis, "dtick", 1); // decades; plotly's own choice labels every second digit
      if (span(axis) < 2) {
        axis.remove("dtick");
      }
    }
    if (axis.has("scaleratio") && !axis.has("scaleanchor") && name.startsWith("yaxis")) {
      axis.put("scaleanchor", "x"); // jsplot has no setter for it, and the ratio is void without
    }
  }

  private static double span(ObjectNode axis) {
    JsonNode range = axis.path("range");
    return range.size() == 2 ? Math.abs(range.get(1).asDouble() - range.get(0).asDouble()) : 0;
  }

  private static void spatialAxis(ObjectNode axis) {
    unset(axis, "gridcolor", "rgba(128,128,128,0.4)");
    unset(axis, "zerolinecolor", Palette.AXIS);
    unset(axis, "backgroundcolor", CLEAR);
    unset(axis, "exponentformat", "power");
  }

  private static boolean trace(ObjectNode trace) {
    boolean deep = trace.path("type").asText().matches(".*3d|surface|cone|streamtube|isosurface");
    switch (trace.path("type").asText("scatter")) {
      case "scatter" -> {
        if (trace.path("mode").asText("lines").contains("lines")) {
          unset(child(trace, "line"), "width", 2);
        }
      }
      case "scatter3d" -> {
        unset(child(trace, "line"), "width", 4);
        unset(child(trace, "marker"), "size", 3);
      }
      case "heatmap", "contour", "histogram2d", "surface" -> unset(trace, "colorscale", "Viridis");
      default -> {}
    }
    return deep;
  }

  private static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode node ? node : parent.putObject(name);
  }

  private static void unset(ObjectNode node, String name, Object value) {
    if (node.has(name)) {
      return;
    }
    switch (value) {
      case String text -> node.put(name, text);
      case Integer number -> node.put(name, number);
      case Boolean flag -> node.put(name, flag);
      default -> throw new IllegalArgumentException(name);
    }
  }

}
