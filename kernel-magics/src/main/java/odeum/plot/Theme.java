package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The look of every figure: fills in what the user did not set, and changes nothing else. */
final class Theme {
  static final int WIDTH = 700;
  static final int HEIGHT = 420;
  static final String FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
  private static final int SMOOTH = 10_000;
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
    unset(font, "family", FONT);
    unset(font, "size", 13);
    ObjectNode title = child(layout, "title");
    unset(child(title, "font"), "size", 16);
    unset(child(title, "font"), "weight", 600);
    unset(title, "x", 0);
    unset(title, "xref", "paper");
    if (!layout.has("colorway")) {
      Palette.SERIES.forEach(layout.withArray("colorway")::add);
    }
    child(layout, "modebar").put("bgcolor", CLEAR).put("color", Palette.AXIS);
    unset(child(layout, "legend"), "bgcolor", CLEAR);
    if (deep) {
      ObjectNode scene = child(layout, "scene");
      if (!scene.path("camera").has("eye")) {
        child(child(scene, "camera"), "eye").put("x", 1.5).put("y", -1.5).put("z", 1.2);
        child(child(scene, "camera"), "center").put("x", 0).put("y", 0).put("z", -0.12);
      }
      List.of("xaxis", "yaxis", "zaxis").forEach(name -> spatialAxis(child(scene, name)));
    } else {
      child(layout, "xaxis");
      child(layout, "yaxis");
      for (Map.Entry<String, JsonNode> entry : layout.properties()) {
        if (entry.getKey().matches("[xy]axis\\d*")) {
          axis((ObjectNode) entry.getValue(), entry.getKey());
        }
      }
      decades(figure, "x");
      decades(figure, "y");
      room(figure);
      square(layout);
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
    unset(margin, "b", deep ? 10 : 62);
  }

  private static void axis(ObjectNode axis, String name) {
    unset(axis, "gridcolor", Palette.GRID);
    unset(axis, "zerolinecolor", Palette.ZERO);
    unset(axis, "linecolor", Palette.AXIS);
    unset(axis, "tickcolor", Palette.AXIS);
    unset(axis, "showline", true);
    unset(axis, "ticks", "outside");
    unset(axis, "exponentformat", "power");
    unset(axis, "automargin", true);
    unset(child(child(axis, "title"), "font"), "size", 13);
    // jsplot has no setter for the anchor, and both of these are void without.
    if ((axis.has("scaleratio") || axis.has("constrain")) && name.equals("yaxis")) {
      unset(axis, "scaleanchor", "x");
    }
  }

  /** Shrinks both axes, not only one, when one unit of x is to be as long as one of y. */
  private static void square(ObjectNode layout) {
    ObjectNode x = child(layout, "xaxis");
    ObjectNode y = child(layout, "yaxis");
    if (y.has("scaleanchor") && y.path("constrain").asText().equals("domain")) {
      unset(x, "constrain", "domain");
      unset(x, "constraintoward", "left");
    }
  }

  /** Marks whole decades, or 1, 2 and 5 where there are few, when plotly would mark each digit. */
  private static void decades(ObjectNode figure, String letter) {
    ObjectNode axis = child((ObjectNode) figure.get("layout"), letter + "axis");
    AxisReader reader = new AxisReader(figure, letter);
    if (reader.isLog()) {
      Scale scale = reader.scale(reader.extent(figure), 0, 0);
      double decades = scale.high() - scale.low();
      if (decades >= 3) {
        unset(axis, "dtick", 1 + (int) decades / 9);
      } else if (decades >= 1) {
        unset(axis, "dtick", "D2");
      }
    }
  }

  /** Leaves room beside curves that turn back, as phase portraits do; plotly would cut them. */
  private static void room(ObjectNode figure) {
    ObjectNode axis = child((ObjectNode) figure.get("layout"), "xaxis");
    AxisReader reader = new AxisReader(figure, "x");
    if (axis.has("range") || reader.isCategory() || !turnsBack(figure, reader)) {
      return;
    }
    Scale scale = reader.scale(reader.extent(figure), Autorange.ROOM, Autorange.ROOM);
    axis.putArray("range").add(scale.low()).add(scale.high());
  }

  private static boolean turnsBack(ObjectNode figure, AxisReader reader) {
    boolean back = false;
    for (JsonNode trace : figure.get("data")) {
      boolean line =
          trace.path("type").asText("scatter").equals("scatter")
              && trace.path("mode").asText("lines").equals("lines");
      if (!line) {
        return false;
      }
      boolean band = trace.path("fill").asText().equals("toself");
      back |= !band && !Autorange.isSorted(reader.places(trace, trace.path("x").size()));
    }
    return back;
  }

  private static void spatialAxis(ObjectNode axis) {
    unset(axis, "gridcolor", "rgba(128,128,128,0.4)");
    unset(axis, "zerolinecolor", Palette.AXIS);
    unset(axis, "backgroundcolor", CLEAR);
    unset(axis, "nticks", 6);
    unset(axis, "exponentformat", "power");
  }

  private static boolean trace(ObjectNode trace) {
    boolean deep = trace.path("type").asText().matches(".*3d|surface|cone|streamtube|isosurface");
    switch (trace.path("type").asText("scatter")) {
      case "scatter" -> {
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
