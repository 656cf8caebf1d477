package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Draws a figure that is one picture with texts on it: a grid of images. */
final class SvgPicture {
  private SvgPicture() {}

  static boolean canDraw(ObjectNode figure) {
    JsonNode data = figure.get("data");
    return data.size() == 1
        && data.get(0).path("type").asText().equals("image")
        && Png.size(data.get(0).path("source").asText()).length == 2;
  }

  /** As large as fits, at the top left below the title, as plotly is told. */
  static void draw(SvgDocument svg, ObjectNode figure, double width, double height, double top) {
    String source = figure.get("data").get(0).get("source").asText();
    int[] size = Png.size(source);
    JsonNode layout = figure.get("layout");
    double left = layout.path("margin").path("l").asDouble(20);
    double right = width - layout.path("margin").path("r").asDouble(20);
    double bottom = height - layout.path("margin").path("b").asDouble(16);
    double unit = Math.min((right - left) / size[0], (bottom - top) / size[1]);
    svg.image(source, left, top, size[0] * unit, size[1] * unit);
    for (JsonNode note : layout.path("annotations")) {
      double x = left + (note.path("x").asDouble() + 0.5) * unit;
      double y = top + (note.path("y").asDouble() + 0.5) * unit;
      SvgTexts.draw(svg, note, x, y);
    }
  }
}
