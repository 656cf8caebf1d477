package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Puts one chart into a larger plotly figure, with its own axes, legend and colour bar. */
final class PanelJson {
  private static final double LEGEND_BELOW = 54;

  private final ObjectNode panel;
  private final JsonNode own;
  private final String number;
  private final double left;
  private final double top;
  private final double width;
  private final double height;

  /**
   * A chart at a place of the whole.
   *
   * @param left the pixels on the left of it
   * @param top the pixels above it
   * @param width the whole figure's
   * @param height the whole figure's
   */
  PanelJson(ObjectNode panel, int index, double left, double top, double width, double height) {
    this.panel = panel;
    this.own = panel.get("layout");
    this.number = index == 0 ? "" : Integer.toString(index + 1);
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
  }

  void into(ObjectNode layout, ArrayNode data) {
    double panelWidth = own.get("width").asDouble();
    double panelHeight = own.get("height").asDouble();
    JsonNode margin = own.get("margin");
    double x0 = (left + margin.get("l").asDouble()) / width;
    double x1 = (left + panelWidth - margin.get("r").asDouble()) / width;
    double y0 = 1 - (top + panelHeight - margin.get("b").asDouble()) / height;
    double y1 = 1 - (top + margin.get("t").asDouble()) / height;
    for (Map.Entry<String, JsonNode> entry : own.properties()) {
      switch (entry.getKey()) {
        case "xaxis" -> layout.set("xaxis" + number, axis(entry.getValue(), "y", x0, x1));
        case "yaxis" -> layout.set("yaxis" + number, axis(entry.getValue(), "x", y0, y1));
        case "scene" -> layout.set("scene" + number, scene(entry.getValue(), x0, x1, y0, y1));
        case "annotations" -> entry.getValue().forEach(note -> texts(layout).add(placed(note)));
        default -> {}
      }
    }
    ObjectNode legend = layout.putObject("legend" + number);
    legend.setAll((ObjectNode) own.get("legend"));
    legend.put("xanchor", "left").put("yanchor", "top");
    if (legend.path("orientation").asText().equals("v")) {
      legend.put("x", x1 + 8 / width).put("y", y1);
    } else {
      legend.put("x", x0).put("y", Math.max(0, y0 - (LEGEND_BELOW - 6) / height));
      legend.put("orientation", isOneRow() ? "h" : "v");
    }
    heading(layout, x0);
    for (JsonNode trace : panel.get("data")) {
      data.add(trace((ObjectNode) trace, x1, y0, y1));
    }
  }

  /** plotly breaks rows at the width of the whole figure only. */
  private boolean isOneRow() {
    if (!MarkReader.canDraw(panel)) {
      return true;
    }
    Frame frame = Frame.of(panel);
    return frame.legend().fits(frame.roomBelow());
  }

  private ObjectNode trace(ObjectNode trace, double x1, double y0, double y1) {
    ObjectNode placed = trace.deepCopy();
    if (own.has("scene")) {
      placed.put("scene", "scene" + number);
    } else {
      placed.put("xaxis", "x" + number).put("yaxis", "y" + number);
    }
    placed.put("legend", "legend" + number);
    boolean listed = own.path("showlegend").asBoolean(true) && panel.get("data").size() > 1;
    if (!placed.path("type").asText().equals("heatmap")) {
      placed.put("showlegend", listed && placed.path("showlegend").asBoolean(true));
    }
    if (placed.get("colorbar") instanceof ObjectNode bar) {
      bar.put("x", x1 + 8 / width).put("xanchor", "left").put("xpad", 0);
      bar.put("y", (y0 + y1) / 2).put("len", y1 - y0);
    }
    return placed;
  }

  private ObjectNode axis(JsonNode source, String other, double from, double to) {
    ObjectNode axis = source.deepCopy();
    axis.put("anchor", other + number).put("automargin", false);
    axis.putArray("domain").add(from).add(to);
    if (axis.has("scaleanchor")) {
      axis.put("scaleanchor", axis.get("scaleanchor").asText() + number);
    }
    return axis;
  }

  private static ObjectNode scene(JsonNode source, double x0, double x1, double y0, double y1) {
    ObjectNode scene = source.deepCopy();
    ObjectNode domain = scene.putObject("domain");
    domain.putArray("x").add(x0).add(x1);
    domain.putArray("y").add(y0).add(y1);
    return scene;
  }

  private void heading(ObjectNode layout, double x0) {
    String text = own.path("title").path("text").asText();
    if (text.isEmpty()) {
      return;
    }
    ObjectNode note = texts(layout).addObject();
    double size = own.path("title").path("font").path("size").asDouble() * SvgFigure.BOLD;
    double room = own.get("width").asDouble() - own.get("margin").get("l").asDouble() - 10;
    String shown = Markup.literal(TextWidth.cut(Markup.plain(text), size, room));
    note.put("text", shown).put("x", x0).put("y", 1 - (top + 34) / height);
    note.put("xref", "paper").put("yref", "paper").put("showarrow", false);
    note.put("xanchor", "left").put("yanchor", "bottom").put("borderpad", 0);
    note.set("font", own.get("title").get("font"));
  }

  private ObjectNode placed(JsonNode source) {
    ObjectNode note = source.deepCopy();
    return note.put("xref", "x" + number).put("yref", "y" + number);
  }

  private static ArrayNode texts(ObjectNode layout) {
    return layout.withArray("annotations");
  }
}
