package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;

/** The colours of axes and grid, as the figure has them. */
record Ink(Paint axis, Paint grid, Paint zero) {
  static Ink of(JsonNode layout) {
    JsonNode axis = layout.path("xaxis");
    return new Ink(
        Paint.of(axis.path("linecolor").asText(Palette.AXIS)),
        Paint.of(axis.path("gridcolor").asText(Palette.GRID)),
        Paint.of(axis.path("zerolinecolor").asText(Palette.ZERO)));
  }
}
