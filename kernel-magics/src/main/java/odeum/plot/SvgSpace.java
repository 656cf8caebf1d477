package odeum.plot;

import static odeum.plot.SvgDocument.point;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A still picture of lines and points in space, as {@link Theme} lets plotly show them first: seen
 * from (1, -1, 0.8) towards the middle of a cube that holds all data, here without perspective.
 *
 * <pre>
 *        .
 *     /     \        right = (1, 1, 0) / √2
 *   |    .    |      up    = (-0.8, 0.8, 2) / √5.28
 *   z \     /
 *    x   '   y
 * </pre>
 */
final class SvgSpace {
  private static final double[] RIGHT = {Math.sqrt(0.5), Math.sqrt(0.5), 0};
  private static final double[] UP = {
    -0.8 / Math.sqrt(5.28), 0.8 / Math.sqrt(5.28), 2 / Math.sqrt(5.28)
  };

  /** The corner of the cube that is farthest away: grids are drawn on the faces around it. */
  private static final double[] BACK = {-0.5, 0.5, -0.5};

  private static final List<String> LETTERS = List.of("x", "y", "z");

  private final SvgDocument svg;
  private final List<AxisReader> axes = new ArrayList<>();
  private final List<Scale> scales = new ArrayList<>();
  private final double centreX;
  private final double centreY;
  private final double size;

  private SvgSpace(SvgDocument svg, ObjectNode figure, double left, double right, double[] span) {
    this.svg = svg;
    JsonNode scene = figure.path("layout").path("scene");
    ObjectNode own = JsLiteral.MAPPER.createObjectNode();
    own.set("data", figure.get("data"));
    own.set("layout", scene);
    for (String letter : LETTERS) {
      AxisReader axis = new AxisReader(own, letter);
      axes.add(axis);
      scales.add(axis.scale(axis.extent(own), 0, 0).stretched(-0.5, 0.5));
    }
    centreX = (left + right) / 2;
    centreY = (span[0] + span[1]) / 2;
    size = Math.min((right - left) / 1.9, (span[1] - span[0]) / 1.8);
  }

  static boolean canDraw(ObjectNode figure) {
    boolean spatial = !figure.get("data").isEmpty();
    for (JsonNode trace : figure.get("data")) {
      spatial &= trace.path("type").asText().equals("scatter3d");
    }
    return spatial;
  }

  /** Draws the figure below {@code top}; the legend stands on the right. */
  static void draw(SvgDocument svg, ObjectNode figure, double width, double height, double top) {
    List<Mark> names =
        new MarkReader(figure, new AxisReader(figure, "x"), new AxisReader(figure, "y")).read();
    SvgLegend legend = SvgLegend.of(figure, names);
    double right = width - Math.max(10, legend.width());
    SvgSpace space = new SvgSpace(svg, figure, 10, right, new double[] {top, height - 5});
    space.box();
    for (int i = 0; i < names.size(); i++) {
      space.curve(figure.get("data").get(i), (Mark.Curve) names.get(i));
    }
    legend.draw(svg, right, top, height - 10);
  }

  private void box() {
    svg.group(Paint.of(Palette.GRID).stroke());
    for (int axis = 0; axis < 3; axis++) {
      for (Ticks.Tick tick : ticks(axis)) {
        double[] back = BACK.clone();
        back[axis] = scales.get(axis).at(tick.value());
        for (int along = 0; along < 3; along++) {
          if (along != axis) {
            double[] end = back.clone();
            end[along] = -back[along];
            line(back, end);
          }
        }
      }
    }
    svg.close();
    labels(0, new double[] {0, -0.5, -0.5}, "end", -6, 14);
    labels(1, new double[] {0.5, 0, -0.5}, "start", 6, 14);
    labels(2, new double[] {-0.5, -0.5, 0}, "end", -8, 4);
  }

  /** Ticks and title beside the edge through {@code edge} along one axis. */
  private void labels(int axis, double[] edge, String anchor, double dx, double dy) {
    double[] end = edge.clone();
    double[] start = edge.clone();
    start[axis] = -0.5;
    end[axis] = 0.5;
    svg.group(Attributes.of("stroke", Palette.AXIS));
    line(start, end);
    svg.close();
    svg.group(Attributes.of("font-size", SvgFigure.LABEL).and("text-anchor", anchor));
    for (Ticks.Tick tick : ticks(axis)) {
      double[] place = edge.clone();
      place[axis] = scales.get(axis).at(tick.value());
      svg.text(tick.label(), across(place) + dx, down(place) + dy, Attributes.NONE);
    }
    double[] middle = edge.clone();
    middle[axis] = 0;
    Attributes bigger = Attributes.of("font-size", SvgFigure.TITLE);
    double further = axis == 2 ? 0 : 18;
    svg.text(axes.get(axis).title(), across(middle) + 5 * dx, down(middle) + dy + further, bigger);
    svg.close();
  }

  private List<Ticks.Tick> ticks(int axis) {
    return scales.get(axis).stretched(0, size).ticks(60);
  }

  private void curve(JsonNode trace, Mark.Curve look) {
    int count = trace.path("x").size();
    double[][] places = new double[3][];
    for (int axis = 0; axis < 3; axis++) {
      Scale scale = scales.get(axis);
      double[] values = axes.get(axis).places(trace, count);
      places[axis] = Arrays.stream(values).map(scale::at).toArray();
    }
    double[] xs = new double[count];
    double[] ys = new double[count];
    for (int i = 0; i < count; i++) {
      double[] place = {places[0][i], places[1][i], places[2][i]};
      xs[i] = across(place);
      ys[i] = down(place);
    }
    SvgCurve.draw(svg, thin(look), xs, ys, Double.NaN);
  }

  /** Lines in space look half as wide in plotly as their width says. */
  private static Mark.Curve thin(Mark.Curve look) {
    Mark.Stroke stroke = look.stroke();
    return stroke == null
        ? look
        : new Mark.Curve(
            look.name(),
            look.x(),
            look.y(),
            new Mark.Stroke(stroke.colour(), stroke.width() / 2, stroke.dash()),
            look.dots(),
            look.fill());
  }

  private void line(double[] from, double[] to) {
    svg.path(
        "M" + point(across(from), down(from)) + "L" + point(across(to), down(to)), Attributes.NONE);
  }

  private double across(double[] place) {
    return centreX + size * dot(RIGHT, place);
  }

  private double down(double[] place) {
    return centreY - size * dot(UP, place);
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
