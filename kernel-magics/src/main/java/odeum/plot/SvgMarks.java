package odeum.plot;

import static odeum.plot.SvgDocument.number;
import static odeum.plot.SvgDocument.point;

import java.util.List;

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
    String box = point(left, top) + " " + point(x.pixels(), y.pixels());
    svg.open(
        "svg",
        Attributes.of("x", left)
            .and("y", top)
            .and("width", x.pixels())
            .and("height", y.pixels())
            .and("viewBox", box));
    for (Mark mark : marks) {
      switch (mark) {
        case Mark.Curve curve -> curve(curve);
        case Mark.Band band -> band(band);
        case Mark.Bars bars -> bars(bars);
        case Mark.Boxes boxes -> SvgBox.draw(svg, boxes, x, y);
        case Mark.Cells cells -> cells(cells);
      }
    }
    svg.close();
  }

  private void curve(Mark.Curve curve) {
    double floor = Math.clamp(y.at(0), top, top + y.pixels());
    SvgCurve.draw(svg, curve, pixels(curve.x(), x), pixels(curve.y(), y), floor);
  }

  private void band(Mark.Band band) {
    double[] xs = pixels(band.x(), x);
    double[] ys = pixels(band.y(), y);
    StringBuilder edge = new StringBuilder();
    for (int i = 0; i < xs.length; i++) {
      edge.append(i == 0 ? 'M' : 'L').append(point(xs[i], ys[i]));
    }
    Attributes filled = Attributes.of("fill", band.colour()).and("fill-opacity", band.opacity());
    svg.path(edge.append('Z').toString(), filled);
  }

  private void bars(Mark.Bars bars) {
    svg.group(opacity(bars.opacity()).and("fill", bars.colour()));
    for (int i = 0; i < bars.x0().length; i++) {
      double x0 = inside(x, bars.x0()[i]);
      double x1 = inside(x, bars.x1()[i]);
      double y0 = inside(y, bars.y0()[i]);
      double y1 = inside(y, bars.y1()[i]);
      double width = Math.abs(x1 - x0);
      double height = Math.abs(y1 - y0);
      if (width > 0 && height > 0) {
        double gap = width > 4 ? 0.5 : 0; // tells neighbours apart
        svg.rectangle(
            Math.min(x0, x1) + gap, Math.min(y0, y1), width - 2 * gap, height, Attributes.NONE);
      }
    }
    svg.close();
  }

  private void cells(Mark.Cells cells) {
    Extent z = cells.zExtent();
    double span = Math.max(z.high() - z.low(), Double.MIN_NORMAL);
    svg.group(Attributes.of("shape-rendering", "crispEdges"));
    for (int row = 0; row < cells.z().length; row++) {
      double[] values = cells.z()[row];
      int start = 0;
      while (start < values.length) {
        String colour = colour(values[start], z.low(), span);
        int end = start + 1;
        while (end < values.length && colour(values[end], z.low(), span).equals(colour)) {
          end++;
        }
        if (!colour.equals("none")) {
          cell(cells, row, start, end, colour);
        }
        start = end;
      }
    }
    svg.close();
  }

  private static String colour(double value, double low, double span) {
    return Double.isNaN(value) ? "none" : Palette.viridis((value - low) / span);
  }

  private void cell(Mark.Cells cells, int row, int start, int end, String colour) {
    double x0 = rounded(x.at(cells.xEdges()[start]));
    double x1 = rounded(x.at(cells.xEdges()[end]));
    double y0 = rounded(y.at(cells.yEdges()[row]));
    double y1 = rounded(y.at(cells.yEdges()[row + 1]));
    double corner = Math.min(x0, x1);
    Attributes filled = Attributes.of("fill", colour);
    svg.rectangle(corner, Math.min(y0, y1), Math.abs(x1 - x0), Math.abs(y1 - y0), filled);
  }

  /** As numbers are written, so that a cell ends where the next one begins. */
  private static double rounded(double pixels) {
    return Math.round(pixels * 100) / 100.0;
  }

  private static double inside(Scale scale, double value) {
    return scale.at(Double.isNaN(value) ? value : Math.clamp(value, scale.low(), scale.high()));
  }

  private static double[] pixels(double[] values, Scale scale) {
    double[] pixels = new double[values.length];
    double far = 10 * scale.pixels() + 10_000; // some viewers fail on huge coordinates
    for (int i = 0; i < values.length; i++) {
      pixels[i] = Double.isNaN(values[i]) ? values[i] : Math.clamp(scale.at(values[i]), -far, far);
    }
    return pixels;
  }

  static Attributes opacity(double opacity) {
    return Attributes.of("opacity", opacity == 1 ? null : number(opacity));
  }
}
