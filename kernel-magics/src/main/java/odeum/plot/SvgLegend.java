package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What stands to the right of the plot area: the names of the series, and a colour bar. */
final class SvgLegend {
  private static final double SAMPLE = 28;
  private static final double MOST = 200;
  private static final double LINE = 20;
  private static final double BAR = 14;
  private static final int STEPS = 64;

  private final List<Mark> entries;
  private final Mark.Cells cells;
  private final boolean below;

  private SvgLegend(List<Mark> entries, Mark.Cells cells, boolean below) {
    this.entries = entries;
    this.cells = cells;
    this.below = below;
  }

  static SvgLegend of(ObjectNode figure, List<Mark> marks) {
    List<Mark> entries = new ArrayList<>();
    Mark.Cells cells = null;
    int index = 0;
    for (JsonNode trace : figure.get("data")) {
      if (trace.path("visible").asBoolean(true)) {
        Mark mark = marks.get(index++);
        if (mark instanceof Mark.Cells heat) {
          cells = trace.path("showscale").asBoolean(true) ? heat : cells;
        } else if (trace.path("showlegend").asBoolean(true)) {
          entries.add(mark);
        }
      }
    }
    boolean shown = figure.path("layout").path("showlegend").asBoolean(entries.size() > 1);
    boolean below = figure.path("layout").path("legend").path("orientation").asText().equals("h");
    return new SvgLegend(shown ? entries : List.of(), cells, below);
  }

  /** {@return the pixels needed to the right of the plot area, with margins} */
  double width() {
    double names = entries.stream().mapToDouble(SvgLegend::nameWidth).max().orElse(-1);
    double list = names < 0 || below ? 0 : 16 + SAMPLE + 8 + names + 14;
    return list + (cells == null ? 0 : barWidth());
  }

  /** {@return the pixels needed below the axis} */
  double height(double room) {
    return below && !entries.isEmpty() ? 6 + LINE * rows(room).size() : 0;
  }

  private static double nameWidth(Mark mark) {
    return Math.min(MOST, TextWidth.of(mark.name(), SvgFigure.LABEL));
  }

  /** All entries in one row if there is room, else each in its own: plotly can do no more. */
  private List<List<Mark>> rows(double room) {
    return fits(room) ? List.of(entries) : entries.stream().map(List::of).toList();
  }

  /** {@return whether all entries have room in one row} */
  boolean fits(double room) {
    return entries.stream().mapToDouble(entry -> SAMPLE + 8 + nameWidth(entry) + 18).sum() <= room;
  }

  void draw(SvgDocument svg, Frame frame) {
    if (below && !entries.isEmpty()) {
      double room = frame.roomBelow();
      row(svg, rows(room), frame.left(), frame.height() - height(room) + 6);
    }
    draw(svg, frame.right(), frame.top(), frame.bottom());
  }

  private static void row(SvgDocument svg, List<List<Mark>> rows, double left, double top) {
    svg.group(Attributes.of("font-size", SvgFigure.LABEL));
    for (int i = 0; i < rows.size(); i++) {
      double x = left;
      double y = top + LINE * i;
      for (Mark entry : rows.get(i)) {
        sample(svg, entry, x, y);
        String name = TextWidth.cut(entry.name(), SvgFigure.LABEL, MOST);
        svg.text(name, x + SAMPLE + 8, y + 4, Attributes.NONE);
        x += SAMPLE + 8 + nameWidth(entry) + 18;
      }
    }
    svg.close();
  }

  void draw(SvgDocument svg, double right, double top, double bottom) {
    double left = right + 16;
    if (cells != null) {
      colourBar(svg, left, top, bottom);
      left += barWidth();
    }
    if (!below) {
      list(svg, left, top, bottom);
    }
  }

  private void list(SvgDocument svg, double left, double top, double bottom) {
    int room = Math.max(1, (int) ((bottom - top) / LINE));
    svg.group(Attributes.of("font-size", SvgFigure.LABEL));
    for (int i = 0; i < entries.size(); i++) {
      double y = top + 10 + i * LINE;
      boolean full = i == room - 1 && entries.size() > room;
      if (!full) {
        sample(svg, entries.get(i), left, y);
      }
      String name =
          full
              ? "… " + (entries.size() - i) + " more"
              : TextWidth.cut(entries.get(i).name(), SvgFigure.LABEL, MOST);
      svg.text(name, left + SAMPLE + 8, y + 4, Attributes.NONE);
      if (full) {
        break;
      }
    }
    svg.close();
  }

  private static void sample(SvgDocument svg, Mark mark, double left, double y) {
    if (!(mark instanceof Mark.Curve curve)) {
      Double opacity = mark instanceof Mark.Band band ? band.opacity() : null;
      Attributes filled = Attributes.of("fill", mark.colour()).and("fill-opacity", opacity);
      svg.rectangle(left + 8, y - 6, 12, 12, filled);
      return;
    }
    if (curve.stroke() != null) {
      String line = "M" + SvgDocument.point(left, y) + "H" + SvgDocument.number(left + SAMPLE);
      svg.path(line, SvgCurve.stroke(curve.stroke()));
    }
    if (curve.dots() != null) {
      Mark.Dots dots = curve.dots();
      double size = Math.min(dots.size(0), 12);
      SvgDot.draw(svg, dots.symbol(), left + SAMPLE / 2, y, size, dots.colour(0));
    }
  }

  private Scale barScale() {
    double[] ends = Scale.around(cells.colours().extent(), 0, 0);
    return new Scale(Scale.Kind.LINEAR, ends[0], ends[1], 0, 300, List.of());
  }

  private double barWidth() {
    return 16 + BAR + 8 + SvgAxes.widest(barScale()) + 14 + (cells.title().isEmpty() ? 0 : 20);
  }

  private void colourBar(SvgDocument svg, double left, double top, double bottom) {
    Scale scale = barScale().stretched(bottom, top);
    double step = (bottom - top) / STEPS;
    svg.group(Attributes.of("shape-rendering", "crispEdges"));
    for (int i = 0; i < STEPS; i++) {
      Attributes filled = Attributes.of("fill", cells.colours().scale().at((i + 0.5) / STEPS));
      svg.rectangle(left, bottom - (i + 1) * step, BAR, step + 0.5, filled);
    }
    svg.close();
    svg.group(Attributes.of("font-size", SvgFigure.LABEL));
    for (Ticks.Tick tick : scale.ticks(45)) {
      svg.text(tick.label(), left + BAR + 8, scale.at(tick.value()) + 4, Attributes.NONE);
    }
    svg.close();
    String title = TextWidth.cut(cells.title(), SvgFigure.TITLE, bottom - top);
    double x = left + BAR + 8 + SvgAxes.widest(scale) + 16;
    String turn = "translate(" + SvgDocument.point(x, (top + bottom) / 2) + ") rotate(90)";
    Attributes centred = Attributes.of("text-anchor", "middle").and("font-size", SvgFigure.TITLE);
    svg.text(title, 0, 0, centred.and("transform", turn));
  }
}
