package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/** Turns plotly traces into marks. */
final class MarkReader {
  private static final Set<String> KNOWN =
      Set.of("scatter", "scattergl", "bar", "histogram", "heatmap", "box");

  private final ObjectNode figure;
  private final AxisReader x;
  private final AxisReader y;

  MarkReader(ObjectNode figure, AxisReader x, AxisReader y) {
    this.figure = figure;
    this.x = x;
    this.y = y;
  }

  /** {@return whether all of this figure can be drawn as SVG} */
  static boolean canDraw(ObjectNode figure) {
    boolean all = true;
    for (JsonNode trace : figure.get("data")) {
      all &= canDraw(trace);
    }
    return all;
  }

  private static boolean canDraw(JsonNode trace) {
    String type = trace.path("type").asText("scatter");
    boolean onePlot =
        trace.path("xaxis").asText("x").equals("x") && trace.path("yaxis").asText("y").equals("y");
    boolean special =
        switch (type) {
          case "box" -> trace.path("orientation").asText("v").equals("h") || !trace.has("y");
          case "histogram" ->
              !trace.path("histfunc").asText("count").equals("count")
                  || trace.path(trace.has("x") ? "x" : "y").path(0).isTextual();
          default -> false;
        };
    return onePlot && KNOWN.contains(type) && !special;
  }

  List<Mark> read() {
    List<Mark> marks = new ArrayList<>();
    BarReader bars = new BarReader(figure, x, y);
    int index = 0;
    for (JsonNode trace : figure.get("data")) {
      String colour = defaultColour(index);
      String name = Markup.plain(trace.path("name").asText("trace " + index));
      if (trace.path("visible").asBoolean(true)) {
        marks.add(
            switch (trace.path("type").asText("scatter")) {
              case "bar", "histogram" -> bars.read(trace, name, colour);
              case "box" -> boxes(trace, name, colour);
              case "heatmap" -> cells(trace, name);
              default -> curve(trace, name, colour);
            });
      }
      index++;
    }
    return marks;
  }

  private String defaultColour(int index) {
    JsonNode colorway = figure.path("layout").path("colorway");
    return colorway.get(index % colorway.size()).asText();
  }

  private Mark curve(JsonNode trace, String name, String colour) {
    int count = Math.max(trace.path("x").size(), trace.path("y").size());
    String mode = trace.path("mode").asText("lines");
    JsonNode line = trace.path("line");
    JsonNode marker = trace.path("marker");
    String markerColour = marker.path("color").isTextual() ? marker.get("color").asText() : colour;
    String lineColour = line.path("color").asText(markerColour);
    Mark.Stroke stroke =
        mode.contains("lines")
            ? new Mark.Stroke(
                lineColour, line.path("width").asDouble(2), line.path("dash").asText("solid"))
            : null;
    String dotColour = marker.has("color") ? markerColour : lineColour;
    Mark.Dots dots = mode.contains("markers") ? dots(trace, dotColour) : null;
    if (trace.path("fill").asText().equals("toself")) {
      return band(trace, name, lineColour, count);
    }
    boolean filled = trace.path("fill").asText().matches("tozeroy|tonexty");
    return new Mark.Curve(
        name,
        x.places(trace, count),
        y.places(trace, count),
        stroke == null && dots == null ? new Mark.Stroke(colour, 2, "solid") : stroke,
        dots,
        filled ? trace.path("fillcolor").asText(lineColour) : null);
  }

  private Mark band(JsonNode trace, String name, String lineColour, int count) {
    Paint inside = Paint.of(trace.path("fillcolor").asText(lineColour));
    boolean faint = inside.opacity() < 1;
    double width = trace.path("line").path("width").asDouble(2);
    return new Mark.Band(
        name,
        x.places(trace, count),
        y.places(trace, count),
        inside.colour(),
        faint ? inside.opacity() : 0.5,
        width > 0 ? new Mark.Stroke(lineColour, width, "solid") : null);
  }

  private static Mark.Dots dots(JsonNode trace, String colour) {
    JsonNode marker = trace.path("marker");
    List<String> colours = new ArrayList<>();
    Extent extent = Extent.EMPTY;
    for (JsonNode item : marker.path("color")) {
      extent = item.isNumber() ? extent.and(Extent.of(item.doubleValue())) : extent;
    }
    for (JsonNode item : marker.path("color")) {
      double span = Math.max(extent.high() - extent.low(), Double.MIN_NORMAL);
      colours.add(
          item.isNumber()
              ? Palette.viridis((item.doubleValue() - extent.low()) / span)
              : item.asText(colour));
    }
    List<Double> sizes = new ArrayList<>();
    marker.path("size").forEach(item -> sizes.add(item.asDouble(6)));
    double opacity = trace.path("opacity").asDouble(1) * marker.path("opacity").asDouble(1);
    return new Mark.Dots(
        marker.path("symbol").asText("circle"),
        colours.isEmpty() ? List.of(colour) : List.copyOf(colours),
        sizes.isEmpty() ? List.of(marker.path("size").asDouble(6)) : List.copyOf(sizes),
        opacity);
  }

  private Mark boxes(JsonNode trace, String name, String colour) {
    int count = trace.path("y").size();
    double[] places = x.places(trace, count);
    double[] values = y.places(trace, count);
    NavigableMap<Double, DoubleStream.Builder> groups = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      if (Double.isFinite(places[i]) && Double.isFinite(values[i])) {
        double place = trace.has("x") ? places[i] : 0;
        groups.computeIfAbsent(place, p -> DoubleStream.builder()).add(values[i]);
      }
    }
    double spacing = Double.POSITIVE_INFINITY;
    for (double place : groups.keySet()) {
      Double next = groups.higherKey(place);
      spacing = next == null ? spacing : Math.min(spacing, next - place);
    }
    return new Mark.Boxes(
        name,
        trace.path("marker").path("color").asText(colour),
        Double.isFinite(spacing) ? spacing : 1,
        groups.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        groups.values().stream().map(group -> group.build().toArray()).toArray(double[][]::new));
  }

  private Mark cells(JsonNode trace, String name) {
    JsonNode rows = trace.path("z");
    int columns = 0;
    for (JsonNode row : rows) {
      columns = Math.max(columns, row.size());
    }
    double[][] z = new double[rows.size()][columns];
    for (int i = 0; i < z.length; i++) {
      for (int j = 0; j < columns; j++) {
        JsonNode value = rows.get(i).path(j);
        z[i][j] = value.isNumber() ? value.doubleValue() : Double.NaN;
      }
    }
    return new Mark.Cells(
        name,
        Markup.plain(trace.path("colorbar").path("title").path("text").asText()),
        edges(trace, x, "x", columns),
        edges(trace, y, "y", z.length),
        z,
        colours(trace, z),
        trace.path("opacity").asDouble(1));
  }

  private static Mark.Colours colours(JsonNode trace, double[][] z) {
    Extent extent = Extent.EMPTY;
    for (double[] row : z) {
      extent = extent.and(Extent.of(row));
    }
    double low = trace.path("zmin").asDouble(extent.low());
    double high = trace.path("zmax").asDouble(extent.high());
    if (trace.has("zmid")) {
      double middle = trace.get("zmid").asDouble();
      double half = Math.max(middle - low, high - middle);
      low = middle - half;
      high = middle + half;
    }
    return new Mark.Colours(ColourScale.of(trace.path("colorscale")), low, high);
  }

  /** The places between cells: given when there is one more than cells, else half way. */
  private static double[] edges(JsonNode trace, AxisReader axis, String letter, int count) {
    if (trace.path(letter).size() == count + 1) {
      return axis.places(trace, count + 1);
    }
    double[] centres = axis.places(trace, count);
    double[] edges = new double[count + 1];
    for (int i = 1; i < count; i++) {
      edges[i] = (centres[i - 1] + centres[i]) / 2;
    }
    double half = count > 1 ? (centres[1] - centres[0]) / 2 : 0.5;
    edges[0] = count > 0 ? centres[0] - half : 0;
    edges[count] =
        count > 1
            ? centres[count - 1] + (centres[count - 1] - centres[count - 2]) / 2
            : edges[0] + 1;
    return edges;
  }
}
