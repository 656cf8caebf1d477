package odeum.plot;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;

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
    ObjectNode layout = figure.putObject("layout");
    for (Ground ground : chart.ground()) {
      data.add(
          switch (ground) {
            case HeatMap cells -> trace(cells);
            case Arrows arrows -> trace(arrows, chart);
            case Mosaic mosaic -> MosaicJson.trace(mosaic);
          });
    }
    HistogramBars histograms = HistogramBars.of(chart.series());
    for (Series series : chart.series()) {
      boolean counted = series.look() == Series.Look.HISTOGRAM;
      data.add(counted ? histograms.trace(series) : trace(series));
    }
    if (histograms.count() > 0) {
      layout.put("barmode", "overlay");
    }
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
    for (Ground ground : chart.ground()) {
      if (ground instanceof Mosaic mosaic) {
        MosaicJson.layOut(mosaic, layout, chart);
      }
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
    if (!cells.kind().words().isEmpty()) {
      trace.put("meta", cells.kind().words());
    }
    if (cells.kind() == HeatMap.Kind.CLASSES) {
      classes(trace, (int) Math.max(0, zExtent(cells).high()) + 1);
    }
    return trace;
  }

  /** One faint colour of the palette for each class, and no mixing. */
  private static void classes(ObjectNode trace, int count) {
    List<String> colours = IntStream.range(0, count).mapToObj(Palette::series).toList();
    trace.set("colorscale", ColourScale.steps(colours).json());
    trace.put("zmin", -0.5).put("zmax", count - 0.5);
    trace.put("opacity", 0.35).put("showscale", false);
  }

  private static Extent zExtent(HeatMap cells) {
    Extent extent = Extent.EMPTY;
    for (double[] row : cells.z()) {
      extent = extent.and(Extent.of(row));
    }
    return extent;
  }

  private static ObjectNode trace(Arrows arrows, Chart chart) {
    double[][] outlines = arrows.outlines(unit(chart, arrows, 0), unit(chart, arrows, 1));
    ObjectNode trace = NODES.objectNode();
    trace.set("x", numbers(outlines[0]));
    trace.set("y", numbers(outlines[1]));
    trace.put("type", "scatter").put("mode", "lines").put("fill", "toself");
    trace.put("fillcolor", Palette.ARROWS);
    trace.putObject("line").put("color", Palette.ARROWS).put("width", 1.25);
    trace.put("showlegend", false).put("hoverinfo", "skip").put("meta", "vector field");
    if (!arrows.name().isEmpty()) {
      trace.put("name", Markup.literal(arrows.name()));
    }
    return trace;
  }

  /** About how many pixels one unit of an axis is long. */
  private static double unit(Chart chart, Arrows arrows, int axis) {
    double across = pixels(chart, 0) / span(chart, arrows, 0);
    double up = pixels(chart, 1) / span(chart, arrows, 1);
    return chart.isSquare() ? Math.min(across, up) : axis == 0 ? across : up;
  }

  private static double pixels(Chart chart, int axis) {
    boolean legend = chart.series().stream().filter(Series::listed).count() > 1;
    return axis == 0 ? chart.width() - (legend ? 180 : 90) : chart.height() - 100;
  }

  private static double span(Chart chart, Arrows arrows, int axis) {
    List<Double> range = chart.axis(axis).range();
    if (chart.axis(axis).log()) {
      throw new IllegalStateException("Arrows need axes that are not logarithmic.");
    }
    if (!range.isEmpty()) {
      return range.getLast() - range.getFirst();
    }
    Extent extent = Extent.of(axis == 0 ? arrows.x() : arrows.y());
    for (Series series : chart.series()) {
      extent = extent.and(Extent.of(axis == 0 ? series.x() : series.y()));
    }
    double[] ends = Scale.around(extent, Autorange.ROOM, Autorange.ROOM);
    return ends[1] - ends[0];
  }

  private static ObjectNode trace(Series series) {
    ObjectNode trace = NODES.objectNode();
    trace.set("x", series.labels().isEmpty() ? numbers(series.x()) : texts(series.labels()));
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

  private static ArrayNode texts(List<String> labels) {
    ArrayNode array = NODES.arrayNode(labels.size());
    labels.forEach(label -> array.add(Markup.literal(label)));
    return array;
  }

  static ArrayNode numbers(double[] values) {
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
