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

  /** A page that is narrower than the figure shows all of it, smaller. */
  static final String FITTING = "max-width:100%;height:auto";

  private static final double HEADING = 16;

  /** How much wider bold letters are. */
  static final double BOLD = 1.2;

  private SvgFigure() {}

  static String of(ObjectNode figure) {
    return of(figure, Attributes.of("style", FITTING));
  }

  /**
   * {@return the figure as an element}
   *
   * @param outer how it fits into a page, or nothing inside another figure
   */
  static String of(ObjectNode figure, Attributes outer) {
    JsonNode layout = figure.path("layout");
    double width = layout.path("width").asDouble(Styling.WIDTH);
    double height = layout.path("height").asDouble(Styling.HEIGHT);
    SvgDocument svg = new SvgDocument();
    Attributes root = root(width, height, Caption.of(figure), layout);
    svg.open("svg", new Attributes(root.text() + outer.text()));
    Paint ground = Paint.of(layout.path("paper_bgcolor").asText("none"));
    if (ground.opacity() > 0 && !ground.colour().equals("none")) {
      svg.rectangle(0, 0, width, height, ground.fill());
    }
    if (MarkReader.canDraw(figure)) {
      draw(svg, figure);
    } else if (SvgSpace.canDraw(figure)) {
      heading(svg, figure, 16, width - 30);
      SvgSpace.draw(svg, figure, width, height, title(figure).isEmpty() ? 10 : 40);
    } else if (SvgPicture.canDraw(figure)) {
      double left = layout.path("margin").path("l").asDouble(20);
      heading(svg, figure, left, width - left - 10);
      SvgPicture.draw(svg, figure, width, height, title(figure).isEmpty() ? 16 : 46);
    } else if (SvgPie.canDraw(figure)) {
      heading(svg, figure, 16, width - 30);
      SvgPie.draw(svg, figure, width, height, title(figure).isEmpty() ? 16 : 46);
    } else {
      placeholder(svg, figure, width, height);
    }
    return svg.close().toString();
  }

  static Attributes root(double width, double height, String caption, JsonNode layout) {
    return Attributes.of("xmlns", "http://www.w3.org/2000/svg")
        .and("width", width)
        .and("height", height)
        .and("viewBox", "0 0 " + SvgDocument.point(width, height))
        .and("role", "img")
        .and("aria-label", caption)
        .and("font-family", Styling.FONT)
        .and("fill", layout.path("font").path("color").asText(Palette.TEXT));
  }

  private static void draw(SvgDocument svg, ObjectNode figure) {
    Frame frame = Frame.of(figure);
    double left = frame.left();
    heading(svg, figure, left, frame.width() - left - 10);
    Ink ink = Ink.of(figure.path("layout"));
    new SvgAxes(svg, frame.x(), frame.y(), ink).draw(frame.xTitle(), frame.yTitle());
    new SvgMarks(svg, frame.x(), frame.y()).draw(frame.marks());
    SvgTexts.draw(svg, figure, frame);
    frame.legend().draw(svg, frame);
  }

  static void heading(SvgDocument svg, ObjectNode figure, double left, double room) {
    double size = figure.path("layout").path("title").path("font").path("size").asDouble(HEADING);
    Attributes heavy = Attributes.of("font-size", size).and("font-weight", 600);
    svg.text(TextWidth.cut(title(figure), BOLD * size, room), left, 28, heavy);
  }

  static String title(ObjectNode figure) {
    return Markup.plain(figure.path("layout").path("title").path("text").asText());
  }

  private static void placeholder(SvgDocument svg, ObjectNode figure, double width, double height) {
    Set<String> types = new LinkedHashSet<>();
    figure.get("data").forEach(trace -> types.add(trace.path("type").asText("scatter")));
    Attributes dashed = Attributes.of("fill", "none").and("stroke", Palette.AXIS);
    svg.rectangle(1, 1, width - 2, height - 2, dashed.and("rx", 8).and("stroke-dasharray", "6 4"));
    Attributes centred = Attributes.of("text-anchor", "middle");
    String title = TextWidth.cut(title(figure), HEADING, width - 40);
    Attributes heavy = centred.and("font-size", HEADING).and("font-weight", 600);
    svg.text(title, width / 2, height / 2 - 24, heavy);
    Attributes size = centred.and("font-size", TITLE);
    String what = "This figure (" + String.join(", ", List.copyOf(types)) + ") is interactive.";
    svg.text(what, width / 2, height / 2 + 4, size);
    svg.text("Open the notebook in JupyterLab to view it.", width / 2, height / 2 + 24, size);
  }
}
