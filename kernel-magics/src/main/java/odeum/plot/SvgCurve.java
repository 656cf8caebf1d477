package odeum.plot;

import static odeum.plot.SvgDocument.point;

/** Draws the line and the points of one curve. */
final class SvgCurve {
  private SvgCurve() {}

  /**
   * Draws a curve, given in pixels.
   *
   * @param floor where a filled area ends
   */
  static void draw(SvgDocument svg, Mark.Curve curve, double[] xs, double[] ys, double floor) {
    boolean[] kept = Thinning.kept(xs, ys);
    if (curve.fill() != null) {
      Attributes shade = Attributes.of("fill", curve.fill()).and("fill-opacity", 0.3);
      svg.path(area(xs, ys, kept, floor), shade);
    }
    if (curve.stroke() != null) {
      svg.path(path(xs, ys, kept), stroke(curve.stroke()).and("stroke-linejoin", "round"));
    }
    if (curve.dots() != null) {
      dots(svg, curve.dots(), xs, ys, kept);
    }
  }

  static Attributes stroke(Mark.Stroke stroke) {
    return Attributes.of("fill", "none")
        .and("stroke", stroke.colour())
        .and("stroke-width", stroke.width())
        .and("stroke-dasharray", dashes(stroke.dash()));
  }

  private static void dots(
      SvgDocument svg, Mark.Dots dots, double[] xs, double[] ys, boolean[] kept) {
    svg.group(SvgMarks.opacity(dots.opacity()));
    for (int i = 0; i < xs.length; i++) {
      if (kept[i] && !Double.isNaN(xs[i] + ys[i])) {
        SvgDot.draw(svg, dots.symbol(), xs[i], ys[i], dots.size(i), dots.colour(i));
      }
    }
    svg.close();
  }

  private static String path(double[] xs, double[] ys, boolean[] kept) {
    StringBuilder path = new StringBuilder();
    boolean drawing = false;
    for (int i = 0; i < xs.length; i++) {
      boolean gap = Double.isNaN(xs[i] + ys[i]);
      if (kept[i] && !gap) {
        path.append(drawing ? 'L' : 'M').append(point(xs[i], ys[i]));
      }
      drawing = !gap && (drawing || kept[i]);
    }
    return path.toString();
  }

  private static String area(double[] xs, double[] ys, boolean[] kept, double floor) {
    StringBuilder area = new StringBuilder();
    int first = -1;
    for (int i = 0; i <= xs.length; i++) {
      boolean gap = i == xs.length || Double.isNaN(xs[i] + ys[i]);
      if (gap && first >= 0) {
        area.append('L').append(point(xs[i - 1], floor));
        area.append('L').append(point(xs[first], floor)).append('Z');
        first = -1;
      } else if (!gap && first < 0) {
        first = i;
        area.append('M').append(point(xs[i], ys[i]));
      } else if (!gap && kept[i]) {
        area.append('L').append(point(xs[i], ys[i]));
      }
    }
    return area.toString();
  }

  private static String dashes(String plotlyName) {
    return switch (plotlyName) {
      case "dot" -> "2 4";
      case "dash" -> "8 5";
      case "longdash" -> "14 6";
      case "dashdot" -> "8 4 2 4";
      case "longdashdot" -> "14 5 2 5";
      default -> null;
    };
  }
}
