package odeum.plot;

import static odeum.plot.SvgDocument.number;
import static odeum.plot.SvgDocument.point;

import java.util.List;

/** Draws grid, ticks, labels and titles of the two axes. */
final class SvgAxes {
  private static final double TICK = 4;
  private static final double LINE_HEIGHT = 45;
  private static final double LABEL_ROOM = 85;
  private static final double CATEGORY_HEIGHT = 16;
  private static final double WIDEST = 160;

  private final SvgDocument svg;
  private final Scale x;
  private final Scale y;
  private final Ink ink;
  private final double left;
  private final double right;
  private final double top;
  private final double bottom;

  SvgAxes(SvgDocument svg, Scale x, Scale y, Ink ink) {
    this.svg = svg;
    this.x = x;
    this.y = y;
    this.ink = ink;
    left = Math.min(x.from(), x.to());
    right = Math.max(x.from(), x.to());
    top = Math.min(y.from(), y.to());
    bottom = Math.max(y.from(), y.to());
  }

  /** {@return the pixels that the labels of a vertical axis need} */
  static double widest(Scale y) {
    return yTicks(y).stream()
        .mapToDouble(tick -> Math.min(TextWidth.of(tick.label(), SvgFigure.LABEL), WIDEST))
        .max()
        .orElse(0);
  }

  void draw(String xTitle, String yTitle) {
    List<Ticks.Tick> across = x.ticks(LABEL_ROOM);
    List<Ticks.Tick> up = yTicks(y);
    grid(across, up);
    svg.group(ink.axis().stroke().and("fill", "none"));
    String corner = "M" + point(left, top) + "V" + number(bottom) + "H" + number(right);
    svg.path(corner, Attributes.NONE);
    across.forEach(tick -> svg.line(x.at(tick.value()), bottom, x.at(tick.value()), bottom + TICK));
    up.forEach(tick -> svg.line(left - TICK, y.at(tick.value()), left, y.at(tick.value())));
    svg.close();
    labels(across, up);
    titles(xTitle, yTitle);
  }

  private void grid(List<Ticks.Tick> across, List<Ticks.Tick> up) {
    svg.group(ink.grid().stroke());
    across.forEach(tick -> svg.line(x.at(tick.value()), top, x.at(tick.value()), bottom));
    up.forEach(tick -> svg.line(left, y.at(tick.value()), right, y.at(tick.value())));
    svg.close();
    svg.group(ink.zero().stroke());
    if (y.kind() == Scale.Kind.LINEAR && y.contains(0)) {
      svg.line(left, y.at(0), right, y.at(0));
    }
    if (x.kind() == Scale.Kind.LINEAR && x.contains(0)) {
      svg.line(x.at(0), top, x.at(0), bottom);
    }
    svg.close();
  }

  private void labels(List<Ticks.Tick> across, List<Ticks.Tick> up) {
    Attributes size = Attributes.of("font-size", SvgFigure.LABEL);
    double room = x.kind() == Scale.Kind.CATEGORY ? x.pixels() / across.size() : x.pixels();
    svg.group(size.and("text-anchor", "middle"));
    for (Ticks.Tick tick : across) {
      String label = TextWidth.cut(tick.label(), SvgFigure.LABEL, room);
      svg.text(label, x.at(tick.value()), bottom + 18, Attributes.NONE);
    }
    svg.close();
    svg.group(size.and("text-anchor", "end"));
    for (Ticks.Tick tick : up) {
      String label = TextWidth.cut(tick.label(), SvgFigure.LABEL, WIDEST);
      svg.text(label, left - 8, y.at(tick.value()) + 4, Attributes.NONE);
    }
    svg.close();
  }

  private void titles(String xTitle, String yTitle) {
    Attributes centred = Attributes.of("text-anchor", "middle").and("font-size", SvgFigure.TITLE);
    if (!xTitle.isEmpty()) {
      String shown = TextWidth.cut(xTitle, SvgFigure.TITLE, right - left);
      svg.text(shown, (left + right) / 2, bottom + 42, centred);
    }
    if (!yTitle.isEmpty()) {
      String shown = TextWidth.cut(yTitle, SvgFigure.TITLE, bottom - top);
      String turn = "translate(18 " + number((top + bottom) / 2) + ") rotate(-90)";
      svg.text(shown, 0, 0, centred.and("transform", turn));
    }
  }

  private static List<Ticks.Tick> yTicks(Scale y) {
    return y.ticks(y.kind() == Scale.Kind.CATEGORY ? CATEGORY_HEIGHT : LINE_HEIGHT);
  }
}
