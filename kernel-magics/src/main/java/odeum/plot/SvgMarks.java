package odeum.plot;

import java.util.List;
import java.util.Locale;

/** Draws marks inside the plot area. */
final class SvgMarks {
  private final SvgDocument svg;
  private final Scale x;
  private final Scale y;
  private final double left;
  private final double top;

  SvgMarks(SvgDocument svg, Scale x, Scale y) {
    this.svg = svg;
    this.x = x;
    this.y = y;
    left = Math.min(x.from(), x.to());
    top = Math.min(y.from(), y.to());
  }

  /** An inner svg element clips without an id, which would clash between figures of a notebook. */
  void draw(List<Mark> marks) {
    svg.open(
        "svg",
        "x",
        left,
        "y",
        top,
        "width",
        x.pixels(),
        "height",
        y.pixels(),
        "viewBox",
        String.format(
            Locale.ROOT,
            "%s %s %s %s",
            SvgDocument.number(left),
            SvgDocument.number(top),
            SvgDocument.number(x.pixels()),
            SvgDocument.number(y.pixels())));
    for (Mark mark : marks) {
      switch (mark) {
        case Mark.Curve curve -> curve(curve);
        case Mark.Bars bars -> bars(bars);
        case Mark.Cells cells -> cells(cells);
      }
    }
    svg.close();
  }

  private void curve(Mark.Curve curve) {
    double[] xs = pixels(curve.x(), x);
    double[] ys = pixels(curve.y(), y);
    boolean[] kept = Thinning.kept(xs, ys);
    if (curve.fill() != null) {
      fill(curve, xs, ys, kept);
    }
    if (curve.stroke() != null) {
      svg.empty(
          "path",
          "d",
          path(xs, ys, kept),
          "fill",
          "none",
          "stroke",
          curve.stroke().colour(),
          "stroke-width",
          curve.stroke().width(),
          "stroke-dasharray",
          dashes(curve.stroke().dash()),
          "stroke-linejoin",
          "round");
    }
    if (curve.dots() != null) {
      Mark.Dots dots = curve.dots();
      svg.open("g", "opacity", dots.opacity() == 1 ? null : dots.opacity());
      for (int i = 0; i < xs.length; i++) {
        if (kept[i] && !Double.isNaN(xs[i] + ys[i])) {
          dot(dots.symbol(), xs[i], ys[i], dots.size(i), dots.colour(i));
        }
      }
      svg.close();
    }
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

  private void fill(Mark.Curve curve, double[] xs, double[] ys, boolean[] kept) {
    StringBuilder area = new StringBuilder();
    double floor = Math.clamp(y.at(0), top, top + y.pixels());
    int first = -1;
    for (int i = 0; i <= xs.length; i++) {
      boolean gap = i == xs.length || Double.isNaN(xs[i] + ys[i]);
      if (gap && first >= 0) {
        area.append('L').append(point(xs[i - 1], floor)).append('L');
        area.append(point(xs[first], floor)).append('Z');
        first = -1;
      } else if (!gap && first < 0) {
        first = i;
        area.append('M').append(point(xs[i], ys[i]));
      } else if (!gap && kept[i]) {
        area.append('L').append(point(xs[i], ys[i]));
      }
    }
    svg.empty("path", "d", area, "fill", curve.fill(), "fill-opacity", "0.3", "stroke", "none");
  }

  private void dot(String symbol, double cx, double cy, double size, String colour) {
    drawDot(svg, symbol, cx, cy, size, colour);
  }

  /** Draws one plotly marker; unknown symbols are circles. */
  static void drawDot(
      SvgDocument svg, String symbol, double cx, double cy, double size, String colour) {
    double r = size / 2;
    String shape =
        switch (symbol) {
          case "square" -> polygon(cx, cy, -r, -r, r, -r, r, r, -r, r);
          case "diamond" -> polygon(cx, cy, 0, -r * 1.3, r * 1.3, 0, 0, r * 1.3, -r * 1.3, 0);
          case "triangle-up" -> polygon(cx, cy, -r, r * 0.7, 0, -r, r, r * 0.7);
          case "triangle-down" -> polygon(cx, cy, -r, -r * 0.7, 0, r, r, -r * 0.7);
          default -> null;
        };
    if (symbol.equals("x") || symbol.equals("cross")) {
      double a = symbol.equals("x") ? r * 0.8 : r;
      double b = symbol.equals("x") ? a : 0;
      String strokes =
          "M"
              + point(cx - a, cy - b)
              + "L"
              + point(cx + a, cy + b)
              + "M"
              + point(cx - b, cy + a)
              + "L"
              + point(cx + b, cy - a);
      svg.empty("path", "d", strokes, "stroke", colour, "stroke-width", 2.0);
    } else if (shape != null) {
      svg.empty("path", "d", shape, "fill", colour);
    } else {
      svg.empty("circle", "cx", cx, "cy", cy, "r", r, "fill", colour);
    }
  }

  private static String polygon(double cx, double cy, double... offsets) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < offsets.length; i += 2) {
      path.append(i == 0 ? 'M' : 'L').append(point(cx + offsets[i], cy + offsets[i + 1]));
    }
    return path.append('Z').toString();
  }

  private void bars(Mark.Bars bars) {
    svg.open("g", "fill", bars.colour(), "opacity", bars.opacity() == 1 ? null : bars.opacity());
    for (int i = 0; i < bars.x0().length; i++) {
      double x0 = inside(x, bars.x0()[i]);
      double x1 = inside(x, bars.x1()[i]);
      double y0 = inside(y, bars.y0()[i]);
      double y1 = inside(y, bars.y1()[i]);
      if (!Double.isNaN(x0 + x1 + y0 + y1) && x0 != x1 && y0 != y1) {
        double gap = Math.abs(x1 - x0) > 4 && Math.abs(y1 - y0) > 4 ? 0.5 : 0; // tells bars apart
        svg.empty(
            "rect",
            "x",
            Math.min(x0, x1) + gap,
            "y",
            Math.min(y0, y1),
            "width",
            Math.abs(x1 - x0) - 2 * gap,
            "height",
            Math.abs(y1 - y0));
      }
    }
    svg.close();
  }

  private void cells(Mark.Cells cells) {
    Extent z = cells.zExtent();
    double span = Math.max(z.high() - z.low(), Double.MIN_NORMAL);
    svg.open("g", "shape-rendering", "crispEdges");
    for (int row = 0; row < cells.z().length; row++) {
      double[] values = cells.z()[row];
      for (int start = 0; start < values.length; ) {
        String colour = Palette.viridis((values[start] - z.low()) / span);
        int end = start + 1;
        while (end < values.length
            && Double.isNaN(values[end]) == Double.isNaN(values[start])
            && Palette.viridis((values[end] - z.low()) / span).equals(colour)) {
          end++;
        }
        if (!Double.isNaN(values[start])) {
          cell(cells, row, start, end, colour);
        }
        start = end;
      }
    }
    svg.close();
  }

  private void cell(Mark.Cells cells, int row, int start, int end, String colour) {
    double x0 = x.at(cells.xEdges()[start]);
    double x1 = x.at(cells.xEdges()[end]);
    double y0 = y.at(cells.yEdges()[row]);
    double y1 = y.at(cells.yEdges()[row + 1]);
    svg.empty(
        "rect",
        "x",
        Math.min(x0, x1),
        "y",
        Math.min(y0, y1),
        "width",
        Math.abs(x1 - x0),
        "height",
        Math.abs(y1 - y0),
        "fill",
        colour);
  }

  private static double inside(Scale scale, double value) {
    return scale.at(Double.isNaN(value) ? value : Math.clamp(value, scale.low(), scale.high()));
  }

  private static double[] pixels(double[] values, Scale scale) {
    double[] pixels = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double far = 10 * scale.pixels() + 10_000; // some viewers fail on huge coordinates
      pixels[i] = Double.isNaN(values[i]) ? values[i] : Math.clamp(scale.at(values[i]), -far, far);
    }
    return pixels;
  }

  private static String point(double x, double y) {
    return SvgDocument.number(x) + " " + SvgDocument.number(y);
  }

  static String dashes(String plotlyName) {
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
