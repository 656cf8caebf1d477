package odeum.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Says a {@link Mosaic} in plotly's words: one picture without axes, and a text for each label. */
final class MosaicJson {
  private static final int BESIDE = 40;

  private MosaicJson() {}

  static ObjectNode trace(Mosaic mosaic) {
    ObjectNode trace = JsonNodeFactory.instance.objectNode();
    trace.put("type", "image").put("meta", mosaic.words()).put("hoverinfo", "skip");
    trace.put("source", Png.uri(mosaic.width(), mosaic.height(), mosaic.argb()));
    return trace;
  }

  static void layOut(Mosaic mosaic, ObjectNode layout, Chart chart) {
    double tile = (double) (chart.width() - BESIDE) / Math.min(mosaic.shown(), 10);
    hide((ObjectNode) layout.get("xaxis"), -0.5, mosaic.width() - 0.5);
    hide((ObjectNode) layout.get("yaxis"), mosaic.height() - 0.5, -0.5);
    ((ObjectNode) layout.get("xaxis")).put("constrain", "domain").put("constraintoward", "left");
    ((ObjectNode) layout.get("yaxis")).put("constrain", "domain").put("constraintoward", "top");
    ((ObjectNode) layout.get("yaxis")).put("scaleanchor", "x");
    ObjectNode margin = layout.putObject("margin");
    margin.put("l", BESIDE / 2).put("r", BESIDE / 2).put("b", 16);
    ArrayNode labels = layout.putArray("annotations");
    for (Mosaic.Label label : mosaic.marks()) {
      ObjectNode text = labels.addObject();
      String shown = TextWidth.cut(label.text(), SvgFigure.LABEL, 1.05 * tile);
      text.put("text", Markup.literal(shown)).put("x", label.x() - 0.5).put("y", label.y() - 0.5);
      text.put("showarrow", false).put("yanchor", "bottom").put("xanchor", "center");
      text.put("borderpad", 0).putObject("font").put("size", SvgFigure.LABEL);
    }
  }

  private static void hide(ObjectNode axis, double from, double to) {
    axis.put("visible", false);
    axis.putArray("range").add(from).add(to);
  }
}
