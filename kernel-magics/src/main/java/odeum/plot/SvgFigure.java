package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lays out a figure and writes it as SVG:
 *
 * <pre>
 *   title
 *   y |  plot area  | legend, colour bar
 *     +-------------
 *           x
 * </pre>
 */
final class SvgFigure {
  static final double LABEL = 12;
  static final double TITLE = 13;
  private static final double HEADING = 16;

  private SvgFigure() {}

  static String of(ObjectNode figure) {
    JsonNode layout = figure.path("layout");
    double width = layout.path("width").asDouble(Theme.WIDTH);
    double height = layout.path("height").asDouble(Theme.HEIGHT);
    SvgDocument svg = new SvgDocument();
    svg.open(
        "svg",
        "xmlns",
        "http://www.w3.org/2000/svg",
        "width",
        width,
        "height",
        height,
        "viewBox",
        "0 0 " + SvgDocument.number(width) + " " + SvgDocument.number(height),
        "role",
        "img",
        "aria-label",
        Caption.of(figure),
        "font-family",
        "system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif",
        "fill",
        layout.path("font").path("color").asText(Palette.TEXT));
    if (MarkReader.canDraw(figure)) {
      draw(svg, figure, width, height);
    } else {
      placeholder(svg, figure, width, height);
    }
    return svg.close().toString();
  }

  private static void draw(SvgDocument svg, ObjectNode figure, double width, double height) {
    AxisReader xAxis = new AxisReader(figure, "x");
    AxisReader yAxis = new AxisReader(figure, "y");
    List<Mark> marks = new MarkReader(figure, xAxis, yAxis).read();
    SvgLegend legend = SvgLegend.of(figure, marks);
    String title = title(figure);
    double top = title.isEmpty() ? 16 : 46;
    double bottom = height - (xAxis.title().isEmpty() ? 34 : 54);
    Scale y = Autorange.y(yAxis, marks).stretched(bottom, top);
    double left = 16 + SvgAxes.widest(y) + (yAxis.title().isEmpty() ? 4 : 22);
    double right = width - Math.max(20, legend.width());
    Scale x = Autorange.x(xAxis, marks).stretched(left, Math.max(right, left + 50));
    JsonNode shape = figure.path("layout").path("yaxis");
    if (shape.has("scaleanchor")) {
      double ratio = shape.path("scaleratio").asDouble(1);
      double unit = Math.min(x.unit(), y.unit() / ratio);
      boolean shrink = shape.path("constrain").asText().equals("domain");
      x = shrink ? x.shrunk(unit) : x.widened(unit);
      y = shrink ? y.shrunk(unit * ratio) : y.widened(unit * ratio);
    }
    if (!title.isEmpty()) {
      svg.text(
          TextWidth.cut(title, HEADING, width - left - 10),
          "x",
          left,
          "y",
          28.0,
          "font-size",
          HEADING,
          "font-weight",
          "600");
    }
    new SvgAxes(svg, x, y).draw(xAxis.title(), yAxis.title());
    new SvgMarks(svg, x, y).draw(marks);
    legend.draw(svg, Math.max(x.from(), x.to()), Math.min(y.from(), y.to()), bottom);
  }

  private static String title(ObjectNode figure) {
    return Markup.plain(figure.path("layout").path("title").path("text").asText());
  }

  private static void placeholder(SvgDocument svg, ObjectNode figure, double width, double height) {
    Set<String> types = new LinkedHashSet<>();
    figure.get("data").forEach(trace -> types.add(trace.path("type").asText("scatter")));
    svg.empty(
        "rect",
        "x",
        1.0,
        "y",
        1.0,
        "width",
        width - 2,
        "height",
        height - 2,
        "rx",
        8.0,
        "fill",
        "none",
        "stroke",
        Palette.AXIS,
        "stroke-dasharray",
        "6 4");
    String title = title(figure);
    double middle = height / 2;
    if (!title.isEmpty()) {
      svg.text(
          TextWidth.cut(title, HEADING, width - 40),
          "x",
          width / 2,
          "y",
          middle - 24,
          "text-anchor",
          "middle",
          "font-size",
          HEADING,
          "font-weight",
          "600");
    }
    svg.text(
        "This figure (" + String.join(", ", types) + ") is interactive.",
        "x",
        width / 2,
        "y",
        middle + 4,
        "text-anchor",
        "middle",
        "font-size",
        TITLE);
    svg.text(
        "Open the notebook in JupyterLab to view it.",
        "x",
        width / 2,
        "y",
        middle + 24,
        "text-anchor",
        "middle",
        "font-size",
        TITLE);
  }
}
