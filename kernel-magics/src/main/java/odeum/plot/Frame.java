package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Where everything of a flat figure stands, in pixels; plotly is told the same margins.
 *
 * @param x the horizontal axis over the plot area
 * @param y the vertical axis over the plot area
 * @param below the pixels below the plot area, if it is as high as it can be
 */
record Frame(
    double width,
    double height,
    Scale x,
    Scale y,
    String xTitle,
    String yTitle,
    List<Mark> marks,
    SvgLegend legend,
    double below) {
  private static final double TITLED = 46;
  private static final double UNTITLED = 16;

  static Frame of(ObjectNode figure) {
    JsonNode layout = figure.path("layout");
    double width = layout.path("width").asDouble(Styling.WIDTH);
    double height = layout.path("height").asDouble(Styling.HEIGHT);
    AxisReader xAxis = new AxisReader(figure, "x");
    AxisReader yAxis = new AxisReader(figure, "y");
    List<Mark> marks = new MarkReader(figure, xAxis, yAxis).read();
    SvgLegend legend = SvgLegend.of(figure, marks);
    double top = SvgFigure.title(figure).isEmpty() ? UNTITLED : TITLED;
    double below = xAxis.title().isEmpty() ? 34 : 54;
    double right = width - Math.max(20, legend.width());
    // The labels of y depend on its height, and the rows of a legend below on the labels of y.
    Scale up = Autorange.y(yAxis, marks);
    Scale y = up.stretched(height - below, top);
    double left = 16 + SvgAxes.widest(y) + (yAxis.title().isEmpty() ? 4 : 22);
    double bottom = height - below - legend.height(width - left - 10);
    double floor = Math.max(bottom, top + 50);
    y = up.stretched(floor, top);
    Scale x = Autorange.x(xAxis, marks).stretched(left, Math.max(right, left + 50));
    JsonNode shape = layout.path("yaxis");
    if (shape.has("scaleanchor")) {
      double ratio = shape.path("scaleratio").asDouble(1);
      double unit = Math.min(x.unit(), y.unit() / ratio);
      boolean shrink = shape.path("constrain").asText().equals("domain");
      x = shrink ? x.shrunk(unit) : x.widened(unit);
      y = shrink ? atTop(y.shrunk(unit * ratio), top) : y.widened(unit * ratio);
    }
    return new Frame(
        width, height, x, y, xAxis.title(), yAxis.title(), marks, legend, height - floor);
  }

  /** A plot that is lower than its room stays below its title. */
  private static Scale atTop(Scale y, double top) {
    double shift = top - Math.min(y.from(), y.to());
    return new Scale(y.kind(), y.low(), y.high(), y.from() + shift, y.to() + shift, y.categories());
  }

  /** {@return the width of a legend below} */
  double roomBelow() {
    return width - left() - 10;
  }

  /**
   * {@return the pixels beside the plot area on the right, also when it is narrower than it could}
   */
  double outerRight() {
    return Math.max(20, legend.width());
  }

  double left() {
    return Math.min(x.from(), x.to());
  }

  double right() {
    return Math.max(x.from(), x.to());
  }

  double top() {
    return Math.min(y.from(), y.to());
  }

  double bottom() {
    return Math.max(y.from(), y.to());
  }
}
