package odeum.plot;

import static odeum.plot.SvgDocument.point;

/** Draws the points of curves. */
final class SvgDot {
  private SvgDot() {}

  /** Draws one plotly marker; unknown symbols are circles. */
  static void draw(SvgDocument svg, String symbol, double x, double y, double size, String colour) {
    double r = size / 2;
    Attributes filled = Attributes.of("fill", colour);
    switch (symbol) {
      case "square" -> svg.path(polygon(x, y, -r, -r, r, -r, r, r, -r, r), filled);
      case "diamond" -> {
        double d = 1.3 * r;
        svg.path(polygon(x, y, 0, -d, d, 0, 0, d, -d, 0), filled);
      }
      case "triangle-up" -> svg.path(polygon(x, y, -r, 0.7 * r, 0, -r, r, 0.7 * r), filled);
      case "triangle-down" -> svg.path(polygon(x, y, -r, -0.7 * r, 0, r, r, -0.7 * r), filled);
      case "cross" -> strokes(svg, x, y, r, 0, colour);
      case "x" -> strokes(svg, x, y, 0.8 * r, 0.8 * r, colour);
      default -> svg.circle(x, y, r, filled);
    }
  }

  /** Two strokes across, the second one the first turned by a right angle. */
  private static void strokes(
      SvgDocument svg, double x, double y, double dx, double dy, String colour) {
    String first = "M" + point(x - dx, y - dy) + "L" + point(x + dx, y + dy);
    String second = "M" + point(x - dy, y + dx) + "L" + point(x + dy, y - dx);
    svg.path(first + second, Attributes.of("stroke", colour).and("stroke-width", 2));
  }

  private static String polygon(double x, double y, double... offsets) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < offsets.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(point(x + offsets[i], y + offsets[i + 1]));
    }
    return path.append('Z').toString();
  }
}
