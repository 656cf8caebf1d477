package odeum.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Says a {@link Chart} in plotly's words, as {@link PlotlyJson} does with its jsplot figure. The
 * detour by jsplot costs 0.3 s for the first figure of a session and 10 ms for each further one,
 * which live figures feel. Tests hold that both ways draw the same.
 */
final class ChartJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ChartJson() {}

  static ObjectNode of(Chart chart) {
    ObjectNode figure = NODES.objectNode();
    ArrayNode data = figure.putArray("data");
    chart.cells().ifPresent(cells -> data.add(trace(cells)));
    chart.series().forEach(series -> data.add(trace(series)));
    ObjectNode layout = figure.putObject("layout");
    layout.set("title", title(chart.title()));
    layout.put("height", chart.height()).put("width", chart.width());
    ObjectNode axes = chart.isSpatial() ? layout.putObject("scene") : layout;
    axes.set("xaxis", axis(chart.axis(0)));
    axes.set("yaxis", axis(chart.axis(1)));
    if (chart.isSpatial()) {
      axes.set("zaxis", axis(chart.axis(2)));
    } else if (chart.isSquare()) {
      ((ObjectNode) axes.get("yaxis")).put("constrain", "domain");
    }
    figure.putObject("config");
    return figure;
  }

  private static ObjectNode axis(ChartAxis axis) {
    ObjectNode node = NODES.objectNode();
    node.set("title", title(axis.label()));
    if (axis.log()) {
      node.put("type", "log");
    }
    if (!axis.range().isEmpty()) {
      ArrayNode range = node.putArray("range");
      axis.ends().forEach(range::add);
    }
    return node;
  }

  private static ObjectNode trace(HeatMap cells) {
    ObjectNode trace = NODES.objectNode();
    trace.set("x", numbers(cells.x()));
    trace.set("y", numbers(cells.y()));
    ArrayNode rows = trace.putArray("z");
    for (double[] row : cells.z()) {
      rows.add(numbers(row));
    }
    trace.put("type", "heatmap");
    if (!cells.name().isEmpty()) {
      trace.put("name", Markup.literal(cells.name()));
    }
    return trace;
  }

  private static ObjectNode trace(Series series) {
    ObjectNode trace = NODES.objectNode();
    trace.set("x", numbers(series.x()));
    trace.set("y", numbers(series.y()));
    String colour = series.paint();
    boolean dots = !series.mode().equals("lines");
    if (series.spatial()) {
      trace.set("z", numbers(series.z()));
      trace.putObject("marker").put("size", series.dot()).put("color", colour);
      trace.put("mode", series.mode()).put("type", "scatter3d");
    } else if (series.look() == Series.Look.BARS) {
      trace.putObject("marker").put("color", colour);
      trace.put("orientation", "v").put("type", "bar");
    } else {
      if (dots) {
        trace.putObject("marker").put("size", series.dot()).put("color", colour);
      }
      if (series.look() != Series.Look.POINTS) {
        ObjectNode line = trace.putObject("line").put("color", colour);
        line.put("dash", series.dash()).put("width", series.width());
      }
      if (series.look() == Series.Look.BAND) {
        trace.put("fill", "toself").put("fillcolor", Palette.faint(colour));
      }
      trace.put("mode", series.mode()).put("type", "scatter");
    }
    if (!series.listed()) {
      trace.put("showlegend", false);
    }
    if (!series.name().isEmpty()) {
      trace.put("name", Markup.literal(series.name()));
    }
    return trace;
  }

  private static ObjectNode title(String text) {
    ObjectNode title = NODES.objectNode();
    return text.isEmpty() ? title : title.put("text", Markup.literal(text));
  }

  private static ArrayNode numbers(double[] values) {
    ArrayNode array = NODES.arrayNode(values.length);
    for (double value : values) {
      if (Double.isFinite(value)) {
        array.add(value);
      } else {
        array.addNull();
      }
    }
    return array;
  }
}
