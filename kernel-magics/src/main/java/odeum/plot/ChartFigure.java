package odeum.plot;

import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.threeD.Scene;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.HeatmapTrace;
import tech.tablesaw.plotly.traces.HistogramTrace;
import tech.tablesaw.plotly.traces.Scatter3DTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/** Says a {@link Chart} in jsplot's words, without what it has no words for. */
final class ChartFigure {
  private ChartFigure() {}

  static Figure of(Chart chart, Drawing drawing) {
    Trace[] traces =
        Stream.concat(
                chart.ground().stream()
                    .filter(HeatMap.class::isInstance)
                    .map(cells -> trace((HeatMap) cells)),
                chart.series().stream().map(ChartFigure::trace))
            .toArray(Trace[]::new);
    Layout.LayoutBuilder layout =
        Layout.builder(Markup.literal(chart.title())).width(chart.width()).height(chart.height());
    if (chart.isSpatial()) {
      layout.scene(
          Scene.sceneBuilder()
              .xAxis(axis(chart.axis(0)).build())
              .yAxis(axis(chart.axis(1)).build())
              .zAxis(axis(chart.axis(2)).build())
              .build());
    } else {
      Axis.AxisBuilder y = axis(chart.axis(1));
      layout.xAxis(axis(chart.axis(0)).build());
      layout.yAxis(chart.isSquare() ? y.constrain(Axis.Constrain.DOMAIN).build() : y.build());
    }
    return new DrawnFigure(drawing, layout.build(), traces);
  }

  private static Axis.AxisBuilder axis(ChartAxis axis) {
    Axis.AxisBuilder builder = Axis.builder().title(Markup.literal(axis.label()));
    if (axis.log()) {
      builder.type(Axis.Type.LOG);
    }
    if (!axis.range().isEmpty()) {
      builder.range(axis.ends().getFirst(), axis.ends().getLast());
    }
    return builder;
  }

  private static Trace trace(HeatMap cells) {
    HeatmapTrace.HeatmapBuilder builder =
        HeatmapTrace.builder(boxed(cells.x()), boxed(cells.y()), cells.z());
    builder.name(Markup.literal(cells.name()));
    return builder.build();
  }

  private static Object[] boxed(double[] values) {
    return DoubleStream.of(values).boxed().toArray();
  }

  private static Trace trace(Series series) {
    String colour = series.paint();
    String name = Markup.literal(series.name());
    if (series.spatial()) {
      boolean points = series.look() == Series.Look.POINTS;
      return Scatter3DTrace.builder(series.x(), series.y(), series.z())
          .mode(points ? Scatter3DTrace.Mode.MARKERS : Scatter3DTrace.Mode.LINE)
          .marker(Marker.builder().color(colour).size(series.dot()).build())
          .name(name)
          .showLegend(series.listed())
          .build();
    }
    if (series.look() == Series.Look.HISTOGRAM) {
      return HistogramTrace.builder(series.x())
          .marker(Marker.builder().color(colour).build())
          .name(name)
          .build();
    }
    Marker marker = Marker.builder().color(colour).size(series.dot()).build();
    if (series.look() == Series.Look.BARS) {
      return BarTrace.builder(
              series.labels().isEmpty() ? boxed(series.x()) : series.labels().toArray(), series.y())
          .marker(Marker.builder().color(colour).build())
          .name(name)
          .build();
    }
    ScatterTrace.ScatterBuilder builder =
        ScatterTrace.builder(series.x(), series.y()).name(name).mode(mode(series.mode()));
    builder.showLegend(series.listed());
    if (!series.mode().equals("lines")) {
      builder.marker(marker);
    }
    if (series.look() == Series.Look.BAND) {
      builder.fill(ScatterTrace.Fill.TO_SELF).fillColor(Palette.faint(colour));
    }
    if (series.look() != Series.Look.POINTS) {
      builder.line(
          Line.builder().color(colour).width(series.width()).dash(dash(series.dash())).build());
    }
    return builder.build();
  }

  private static ScatterTrace.Mode mode(String mode) {
    return switch (mode) {
      case "lines" -> ScatterTrace.Mode.LINE;
      case "markers" -> ScatterTrace.Mode.MARKERS;
      default -> ScatterTrace.Mode.LINE_AND_MARKERS;
    };
  }

  private static Line.Dash dash(String dash) {
    return switch (dash) {
      case "dash" -> Line.Dash.DASH;
      case "dot" -> Line.Dash.DOT;
      case "dashdot" -> Line.Dash.DASH_DOT;
      default -> Line.Dash.SOLID;
    };
  }
}
