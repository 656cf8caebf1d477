package odeum.plot;

import java.util.List;

/** Draws grid, ticks, labels and titles of the two axes. */
final class SvgAxes {
  private static final double TICK = 4;
  private static final double LINE_HEIGHT = 45;
  private static final double LABEL_ROOM = 85;

  private final SvgDocument svg;
  private final Scale x;
  private final Scale y;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;

  SvgAxes(SvgDocument svg, Scale x, Scale y) {
    this.svg = svg;
    this.x = x;
    this.y = y;
    left = Math.min(x.from(), x.to());
    right = Math.max(x.from(), x.to());
    top = Math.min(y.from(), y.to());
    bottom = Math.max(y.from(), y.to());
  }

  /** {@return the pixels that the labels of a vertical axis need} */
  static double widest(Scale y) {
    return yTicks(y).stream()
        .mapToDouble(tick -> Math.min(TextWidth.of(tick.label(), SvgFigure.LABEL), 160))
        .max()
        .orElse(0);
  }

  void draw(String xTitle, String yTitle) {
    List<Ticks.Tick> across = xTicks();
    List<Ticks.Tick> up = yTicks(y);
    grid(across, up);
    svg.open("g", "stroke", Palette.AXIS, "fill", "none");
    svg.empty("path", "d", path(left, top) + path(left, bottom, 'L') + path(right, bottom, 'L'));
    across.forEach(tick -> line(x.at(tick.value()), bottom, x.at(tick.value()), bottom + TICK));
    up.forEach(tick -> line(left - TICK, y.at(tick.value()), left, y.at(tick.value())));
    svg.close();
    svg.open("g", "font-size", SvgFigure.LABEL, "text-anchor", "middle");
    double room = x.pixels() / Math.max(1, across.size());
    for (Ticks.Tick tick : across) {
      String label =
          x.kind() == Scale.Kind.CATEGORY
              ? TextWidth.cut(tick.label(), SvgFigure.LABEL, room)
              : tick.label();
      svg.text(label, "x", x.at(tick.value()), "y", bottom + 18);
    }
    svg.close();
    svg.open("g", "font-size", SvgFigure.LABEL, "text-anchor", "end");
    for (Ticks.Tick tick : up) {
      String label = TextWidth.cut(tick.label(), SvgFigure.LABEL, 160);
      svg.text(label, "x", left - 8, "y", y.at(tick.value()) + 4);
    }
    svg.close();
    titles(xTitle, yTitle);
  }

  private void grid(List<Ticks.Tick> across, List<Ticks.Tick> up) {
    svg.open("g", "stroke", "#808080", "stroke-opacity", "0.3", "fill", "none");
    across.forEach(tick -> line(x.at(tick.value()), top, x.at(tick.value()), bottom));
    up.forEach(tick -> line(left, y.at(tick.value()), right, y.at(tick.value())));
    svg.close();
    svg.open("g", "stroke", "#808080", "stroke-opacity", "0.5", "fill", "none");
    if (y.kind() == Scale.Kind.LINEAR && y.contains(0)) {
      line(left, y.at(0), right, y.at(0));
    }
    if (x.kind() == Scale.Kind.LINEAR && x.contains(0)) {
      line(x.at(0), top, x.at(0), bottom);
    }
    svg.close();
  }

  private void titles(String xTitle, String yTitle) {
    if (!xTitle.isEmpty()) {
      svg.text(
          TextWidth.cut(xTitle, SvgFigure.TITLE, right - left),
          "x",
          (left + right) / 2,
          "y",
          bottom + 42,
          "text-anchor",
          "middle",
          "font-size",
          SvgFigure.TITLE);
    }
    if (!yTitle.isEmpty()) {
      String middle = SvgDocument.number((top + bottom) / 2);
      svg.text(
          TextWidth.cut(yTitle, SvgFigure.TITLE, bottom - top),
          "transform",
          "translate(18 " + middle + ") rotate(-90)",
          "text-anchor",
          "middle",
          "font-size",
          SvgFigure.TITLE);
    }
  }

  private List<Ticks.Tick> xTicks() {
    return x.ticks(LABEL_ROOM);
  }

  private static List<Ticks.Tick> yTicks(Scale y) {
    return y.ticks(y.kind() == Scale.Kind.CATEGORY ? 16 : LINE_HEIGHT);
  }

  private void line(double x1, double y1, double x2, double y2) {
    svg.empty("path", "d", path(x1, y1) + path(x2, y2, 'L'));
  }

  private static String path(double x, double y) {
    return path(x, y, 'M');
  }

  private static String path(double x, double y, char command) {
    return command + SvgDocument.number(x) + " " + SvgDocument.number(y);
  }
}
