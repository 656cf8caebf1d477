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

  private SvgLegend(List<Mark> entries, Mark.Cells cells) {
    this.entries = entries;
    this.cells = cells;
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
    return new SvgLegend(shown ? entries : List.of(), cells);
  }

  /** {@return the pixels needed to the right of the plot area, with margins} */
  double width() {
    double names =
        entries.stream()
            .mapToDouble(mark -> Math.min(MOST, TextWidth.of(mark.name(), SvgFigure.LABEL)))
            .max()
            .orElse(-1);
    return (names < 0 ? 0 : 16 + SAMPLE + 8 + names + 14) + (cells == null ? 0 : barWidth());
  }

  void draw(SvgDocument svg, double right, double top, double bottom) {
    double left = right + 16;
    if (cells != null) {
      colourBar(svg, left, top, bottom);
      left += barWidth();
    }
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
    double[] ends = Scale.around(cells.zExtent(), 0, 0);
    return new Scale(Scale.Kind.LINEAR, ends[0], ends[1], 0, 300, List.of());
  }

  private double barWidth() {
    return 16 + BAR + 8 + SvgAxes.widest(barScale()) + 14;
  }

  private void colourBar(SvgDocument svg, double left, double top, double bottom) {
    Scale scale = barScale().stretched(bottom, top);
    double step = (bottom - top) / STEPS;
    svg.group(Attributes.of("shape-rendering", "crispEdges"));
    for (int i = 0; i < STEPS; i++) {
      Attributes filled = Attributes.of("fill", Palette.viridis((i + 0.5) / STEPS));
      svg.rectangle(left, bottom - (i + 1) * step, BAR, step + 0.5, filled);
    }
    svg.close();
    svg.group(Attributes.of("font-size", SvgFigure.LABEL));
    for (Ticks.Tick tick : scale.ticks(45)) {
      svg.text(tick.label(), left + BAR + 8, scale.at(tick.value()) + 4, Attributes.NONE);
    }
    svg.close();
  }
}
