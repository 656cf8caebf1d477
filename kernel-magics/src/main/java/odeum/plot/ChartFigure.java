package odeum.plot;

import tech.tablesaw.plotly.components.Axis;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.components.Line;
import tech.tablesaw.plotly.components.Marker;
import tech.tablesaw.plotly.components.threeD.Scene;
import tech.tablesaw.plotly.traces.BarTrace;
import tech.tablesaw.plotly.traces.Scatter3DTrace;
import tech.tablesaw.plotly.traces.ScatterTrace;
import tech.tablesaw.plotly.traces.Trace;

/** Says a {@link Chart} in jsplot's words. */
final class ChartFigure {
  private ChartFigure() {}

  static Figure of(Chart chart) {
    Trace[] traces = chart.series().stream().map(ChartFigure::trace).toArray(Trace[]::new);
    Layout.LayoutBuilder layout =
        Layout.builder(markup(chart.title())).width(chart.width()).height(chart.height());
    if (!chart.series().isEmpty() && chart.series().getFirst().spatial()) {
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
    return new Figure(layout.build(), traces);
  }

  private static Axis.AxisBuilder axis(Chart.Axis axis) {
    Axis.AxisBuilder builder = Axis.builder().title(markup(axis.label()));
    if (axis.log()) {
      builder.type(Axis.Type.LOG);
    }
    if (!axis.range().isEmpty()) {
      double[] ends = axis.range().stream().mapToDouble(Double::doubleValue).toArray();
      if (axis.log()) { // plotly wants the exponents
        ends = new double[] {StrictMath.log10(ends[0]), StrictMath.log10(ends[1])};
      }
      builder.range(ends[0], ends[1]);
    }
    return builder;
  }

  private static Trace trace(Series series) {
    String colour = Palette.series(series.colour());
    String name = markup(series.name());
    if (series.spatial()) {
      boolean points = series.look() == Series.Look.POINTS;
      return Scatter3DTrace.builder(series.x(), series.y(), series.z())
          .mode(points ? Scatter3DTrace.Mode.MARKERS : Scatter3DTrace.Mode.LINE)
          .marker(Marker.builder().color(colour).size(3).build())
          .name(name)
          .build();
    }
    Marker marker = Marker.builder().color(colour).size(7).build();
    if (series.look() == Series.Look.BARS) {
      Object[] places = new Object[series.x().length];
      for (int i = 0; i < places.length; i++) {
        places[i] = series.x()[i];
      }
      return BarTrace.builder(places, series.y())
          .marker(Marker.builder().color(colour).build())
          .name(name)
          .build();
    }
    ScatterTrace.ScatterBuilder builder =
        ScatterTrace.builder(series.x(), series.y()).name(name).mode(mode(series.look()));
    if (series.look() != Series.Look.LINE && series.look() != Series.Look.DASHED) {
      builder.marker(marker);
    }
    if (series.look() != Series.Look.POINTS) {
      builder.line(Line.builder().color(colour).width(2).dash(dash(series)).build());
    }
    return builder.build();
  }

  private static ScatterTrace.Mode mode(Series.Look look) {
    return switch (look) {
      case LINE, DASHED -> ScatterTrace.Mode.LINE;
      case LINE_AND_POINTS -> ScatterTrace.Mode.LINE_AND_MARKERS;
      case POINTS, BARS -> ScatterTrace.Mode.MARKERS;
    };
  }

  /** After one round of the palette the dash tells the lines apart. */
  private static Line.Dash dash(Series series) {
    boolean secondRound = series.colour() / Palette.SERIES.size() % 2 == 1;
    if (series.look() == Series.Look.DASHED) {
      return secondRound ? Line.Dash.DASH_DOT : Line.Dash.DASH;
    }
    return secondRound ? Line.Dash.DOT : Line.Dash.SOLID;
  }

  /** plotly reads titles as markup, but a chart's texts are meant literally. */
  private static String markup(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
