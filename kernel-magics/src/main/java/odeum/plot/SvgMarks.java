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
        case Mark.Cells cells -> SvgCells.draw(svg, cells, x, y);
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
    boolean drawing = false;
    for (int i = 0; i < xs.length; i++) {
      boolean gap = Double.isNaN(xs[i] + ys[i]);
      if (!gap) {
        edge.append(drawing ? 'L' : 'M').append(point(xs[i], ys[i]));
      } else if (drawing) {
        edge.append('Z');
      }
      drawing = !gap;
    }
    edge.append(drawing ? "Z" : "");
    Attributes filled = Attributes.of("fill", band.colour()).and("fill-opacity", band.opacity());
    if (band.edge() != null) {
      filled =
          filled
              .and("stroke", Paint.of(band.edge().colour()).colour())
              .and("stroke-opacity", Paint.of(band.edge().colour()).opacity())
              .and("stroke-width", band.edge().width())
              .and("stroke-linejoin", "bevel");
    }
    svg.path(edge, filled);
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
