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
  private static final Attributes HEAVY =
      Attributes.of("font-size", HEADING).and("font-weight", 600);

  private SvgFigure() {}

  static String of(ObjectNode figure) {
    JsonNode layout = figure.path("layout");
    double width = layout.path("width").asDouble(Theme.WIDTH);
    double height = layout.path("height").asDouble(Theme.HEIGHT);
    SvgDocument svg = new SvgDocument();
    svg.open(
        "svg",
        Attributes.of("xmlns", "http://www.w3.org/2000/svg")
            .and("width", width)
            .and("height", height)
            .and("viewBox", "0 0 " + SvgDocument.point(width, height))
            .and("role", "img")
            .and("aria-label", Caption.of(figure))
            .and("font-family", Theme.FONT)
            .and("fill", layout.path("font").path("color").asText(Palette.TEXT)));
    if (MarkReader.canDraw(figure)) {
      draw(svg, figure, width, height);
    } else if (SvgSpace.canDraw(figure)) {
      svg.text(TextWidth.cut(title(figure), HEADING, width - 30), 16, 28, HEAVY);
      SvgSpace.draw(svg, figure, width, height, title(figure).isEmpty() ? 10 : 40);
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
    svg.text(TextWidth.cut(title, HEADING, width - left - 10), left, 28, HEAVY);
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
    Attributes dashed = Attributes.of("fill", "none").and("stroke", Palette.AXIS);
    svg.rectangle(1, 1, width - 2, height - 2, dashed.and("rx", 8).and("stroke-dasharray", "6 4"));
    Attributes centred = Attributes.of("text-anchor", "middle");
    String title = TextWidth.cut(title(figure), HEADING, width - 40);
    svg.text(title, width / 2, height / 2 - 24, new Attributes(HEAVY.text() + centred.text()));
    Attributes size = centred.and("font-size", TITLE);
    String what = "This figure (" + String.join(", ", types) + ") is interactive.";
    svg.text(what, width / 2, height / 2 + 4, size);
    svg.text("Open the notebook in JupyterLab to view it.", width / 2, height / 2 + 24, size);
  }
}
