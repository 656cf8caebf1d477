package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Draws the annotations of a figure that are plain texts at places of its axes. */
final class SvgTexts {
  private SvgTexts() {}

  static void draw(SvgDocument svg, ObjectNode figure, Frame frame) {
    for (JsonNode note : figure.path("layout").path("annotations")) {
      boolean placed = note.path("x").isNumber() && note.path("y").isNumber();
      if (placed && isOnAxis(note, "xref", "x") && isOnAxis(note, "yref", "y")) {
        double x = frame.x().at(note.get("x").doubleValue());
        double y = frame.y().at(note.get("y").doubleValue());
        draw(svg, note, x, y);
      }
    }
  }

  private static boolean isOnAxis(JsonNode note, String reference, String axis) {
    return note.path(reference).asText(axis).equals(axis);
  }

  /** Draws the text of an annotation at a place in pixels. */
  static void draw(SvgDocument svg, JsonNode note, double x, double y) {
    double size = note.path("font").path("size").asDouble(SvgFigure.LABEL);
    double down =
        switch (note.path("yanchor").asText("middle")) {
          case "bottom" -> -0.3 * size;
          case "top" -> size;
          default -> 0.35 * size;
        };
    String anchor =
        switch (note.path("xanchor").asText("center")) {
          case "left" -> "start";
          case "right" -> "end";
          default -> "middle";
        };
    Attributes look = Attributes.of("text-anchor", anchor).and("font-size", size);
    svg.text(Markup.plain(note.path("text").asText()), x, y + down, look);
  }
}
