package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The look of every figure: fills in what the user did not set, and changes nothing else. */
final class Styling {
  static final int WIDTH = 700;
  static final int HEIGHT = 420;
  static final String FONT = "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif";
  private static final String CLEAR = "rgba(0,0,0,0)";

  private Styling() {}

  static void apply(ObjectNode figure, Theme theme) {
    ObjectNode layout = (ObjectNode) figure.get("layout");
    boolean deep = false;
    for (JsonNode trace : figure.get("data")) {
      deep |= TraceStyle.apply((ObjectNode) trace);
    }
    size(layout);
    unset(layout, "paper_bgcolor", theme.ground());
    unset(layout, "plot_bgcolor", CLEAR);
    fonts(layout, theme);
    if (!layout.has("colorway")) {
      Palette.SERIES.forEach(layout.withArray("colorway")::add);
    }
    child(layout, "modebar").put("bgcolor", CLEAR).put("color", theme.axis());
    ObjectNode legend = child(layout, "legend");
    unset(legend, "bgcolor", CLEAR);
    unset(child(legend, "font"), "size", 12);
    if (!layout.has("showlegend") && listed(figure) <= 1) {
      layout.put("showlegend", false); // jsplot asks for one even where it names a single series
    }
    if (deep) {
      SceneStyle.apply(child(layout, "scene"), theme);
    } else {
      AxisStyle.apply(figure, theme);
    }
    margin(figure, deep);
    unset((ObjectNode) figure.get("config"), "displaylogo", false);
    Slim.apply(figure, 1);
  }

  /** {@return how many entries a legend has; a pie has one for each slice} */
  private static int listed(ObjectNode figure) {
    int listed = 0;
    for (JsonNode trace : figure.get("data")) {
      String type = trace.path("type").asText("scatter");
      boolean counts = trace.path("showlegend").asBoolean(true) && !type.equals("heatmap");
      listed += type.equals("pie") ? 2 : counts ? 1 : 0;
    }
    return listed;
  }

  private static void fonts(ObjectNode layout, Theme theme) {
    ObjectNode font = child(layout, "font");
    unset(font, "color", theme.text());
    unset(font, "family", FONT);
    unset(font, "size", 13);
    ObjectNode title = child(layout, "title");
    unset(child(title, "font"), "size", 16);
    unset(child(title, "font"), "weight", 600);
    unset(title, "x", 0);
    unset(title, "xref", "paper");
  }

  /** jsplot always writes a size; 800 x 600 is its default and so not a wish of the user. */
  private static void size(ObjectNode layout) {
    if (layout.path("width").asInt(800) == 800 && layout.path("height").asInt(600) == 600) {
      layout.put("width", WIDTH).put("height", HEIGHT);
    }
  }

  /** The same room around the plot area as the SVG has. */
  private static void margin(ObjectNode figure, boolean deep) {
    ObjectNode layout = (ObjectNode) figure.get("layout");
    ObjectNode margin = child(layout, "margin");
    if (MarkReader.canDraw(figure)) {
      Frame frame = Frame.of(figure);
      legendBesideSquare(layout, frame);
      unset(margin, "l", whole(frame.left()));
      unset(margin, "r", whole(frame.outerRight()));
      unset(margin, "t", whole(frame.top()));
      unset(margin, "b", whole(frame.below()));
      return;
    }
    boolean titled = !layout.path("title").path("text").asText().isEmpty();
    boolean named = !layout.path("xaxis").path("title").path("text").asText().isEmpty();
    unset(margin, "l", deep ? 16 : 70);
    unset(margin, "r", 20);
    unset(margin, "t", titled ? 46 : 16);
    unset(margin, "b", deep ? 10 : named ? 54 : 34);
  }

  /** A plot that is narrower than its room keeps its legend near. */
  private static void legendBesideSquare(ObjectNode layout, Frame frame) {
    double room = frame.width() - frame.left() - frame.outerRight();
    double used = (frame.right() - frame.left()) / room;
    ObjectNode legend = child(layout, "legend");
    if (used < 0.98 && !legend.path("orientation").asText().equals("h")) {
      unset(legend, "x", used + 0.02);
    }
  }

  private static int whole(double pixels) {
    return (int) Math.round(pixels);
  }

  static ObjectNode child(ObjectNode parent, String name) {
    return parent.get(name) instanceof ObjectNode node ? node : parent.putObject(name);
  }

  static void unset(ObjectNode node, String name, Object value) {
    if (node.has(name)) {
      return;
    }
    switch (value) {
      case String text -> node.put(name, text);
      case Integer number -> node.put(name, number);
      case Double number -> node.put(name, number);
      case Boolean flag -> node.put(name, flag);
      default -> throw new IllegalArgumentException(name);
    }
  }

  /** The look of a picture in space: a cube without perspective, as {@link SvgSpace} draws it. */
  private static final class SceneStyle {
    static void apply(ObjectNode scene, Theme theme) {
      if (!scene.path("camera").has("eye")) {
        ObjectNode camera = child(scene, "camera");
        child(camera, "eye").put("x", 1.25).put("y", -1.25).put("z", 1.0);
        child(camera, "center").put("x", 0).put("y", 0).put("z", -0.08);
        child(camera, "projection").put("type", "orthographic");
      }
      if (!scene.has("aspectmode")) {
        scene.put("aspectmode", "manual");
        scene.putObject("aspectratio").put("x", 1.25).put("y", 1.25).put("z", 1.25);
      }
      for (String name : List.of("xaxis", "yaxis", "zaxis")) {
        ObjectNode axis = child(scene, name);
        unset(axis, "gridcolor", theme.solidGrid());
        unset(axis, "zerolinecolor", theme.solidGrid());
        unset(axis, "linecolor", theme.axis());
        unset(axis, "showline", true);
        unset(axis, "backgroundcolor", CLEAR);
        unset(axis, "nticks", 6);
        unset(axis, "exponentformat", "power");
        unset(child(axis, "tickfont"), "size", 12);
        unset(child(child(axis, "title"), "font"), "size", 13);
      }
    }
  }
}
