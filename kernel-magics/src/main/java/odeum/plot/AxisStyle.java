package odeum.plot;

import static odeum.plot.Styling.child;
import static odeum.plot.Styling.unset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The look of flat axes, and the ranges of the SVG also for plotly. */
final class AxisStyle {
  private static final int LABEL = 12;

  /** plotly writes powers larger by a quarter than what it is told. */
  private static final int LABEL_OF_POWERS = 10;

  private AxisStyle() {}

  static void apply(ObjectNode figure, Theme theme) {
    ObjectNode layout = (ObjectNode) figure.get("layout");
    child(layout, "xaxis");
    child(layout, "yaxis");
    ranges(figure);
    bins(figure);
    decades(figure, "x");
    decades(figure, "y");
    for (Map.Entry<String, JsonNode> entry : layout.properties()) {
      if (entry.getKey().matches("[xy]axis\\d*")) {
        axis((ObjectNode) entry.getValue(), entry.getKey(), theme);
        exponents((ObjectNode) entry.getValue());
      }
    }
    square(layout);
  }

  private static void axis(ObjectNode axis, String name, Theme theme) {
    unset(axis, "gridcolor", theme.grid());
    unset(axis, "zerolinecolor", theme.zero());
    unset(axis, "zerolinewidth", 1);
    unset(axis, "linecolor", theme.axis());
    unset(axis, "tickcolor", theme.axis());
    unset(axis, "showline", true);
    unset(axis, "ticks", "outside");
    unset(axis, "ticklen", 4);
    unset(axis, "automargin", true);
    unset(child(child(axis, "title"), "font"), "size", 13);
    unset(child(axis, "title"), "standoff", 10);
    boolean powers = axis.path("type").asText().equals("log") && axis.path("dtick").isNumber();
    unset(child(axis, "tickfont"), "size", powers ? LABEL_OF_POWERS : LABEL);
    // jsplot has no setter for the anchor, and both of these are void without.
    if ((axis.has("scaleratio") || axis.has("constrain")) && name.equals("yaxis")) {
      unset(axis, "scaleanchor", "x");
    }
  }

  /** Shrinks both axes, not only one, when one unit of x is to be as long as one of y. */
  private static void square(ObjectNode layout) {
    ObjectNode x = child(layout, "xaxis");
    ObjectNode y = child(layout, "yaxis");
    if (y.has("scaleanchor") && y.path("constrain").asText().equals("domain")) {
      unset(x, "constrain", "domain");
      unset(x, "constraintoward", "left");
      unset(y, "constraintoward", "top");
    }
  }

  /** Marks whole decades, or 1, 2 and 5 where there are few, when plotly would mark each digit. */
  private static void decades(ObjectNode figure, String letter) {
    ObjectNode axis = child((ObjectNode) figure.get("layout"), letter + "axis");
    AxisReader reader = new AxisReader(figure, letter);
    if (reader.isLog()) {
      Scale scale = reader.scale(reader.extent(figure), 0, 0);
      double decades = scale.high() - scale.low();
      if (Math.floor(scale.high()) - Math.ceil(scale.low()) + 1 >= Ticks.FEWEST) {
        unset(axis, "dtick", 1 + (int) decades / 9);
      } else if (decades >= 1) {
        unset(axis, "dtick", "D2");
        if (scale.low() > -4 && scale.high() < 6) {
          unset(axis, "tickformat", "~r"); // 200 and 500, where plotly writes a small 2 and 5
        }
      }
    }
  }

  /** plotly would choose others, and cut curves that turn back, as phase portraits do. */
  private static void ranges(ObjectNode figure) {
    if (!MarkReader.canDraw(figure)) {
      return;
    }
    AxisReader x = new AxisReader(figure, "x");
    AxisReader y = new AxisReader(figure, "y");
    List<Mark> marks = new MarkReader(figure, x, y).read();
    range(figure, "x", x, Autorange.x(x, marks));
    range(figure, "y", y, Autorange.y(y, marks));
  }

  /** Writes numbers out where the SVG does, plotly would use powers from 10,000 on. */
  private static void exponents(ObjectNode axis) {
    double largest = 0;
    for (JsonNode end : axis.path("range")) {
      largest = Math.max(largest, Math.abs(end.asDouble()));
    }
    boolean plain = Ticks.isWrittenOut(largest) && !axis.path("type").asText().equals("log");
    unset(axis, "exponentformat", plain ? "none" : "power");
  }

  /** The bins of the SVG, which are Rice's; plotly would choose others. */
  private static void bins(ObjectNode figure) {
    if (!MarkReader.canDraw(figure)) {
      return;
    }
    Histogram histogram = Histogram.of(figure);
    for (JsonNode trace : figure.get("data")) {
      if (trace.path("type").asText().equals("histogram")) {
        double[] edges = histogram.edges();
        String bins = trace.has("x") ? "xbins" : "ybins";
        if (!trace.has(bins)) {
          ObjectNode own = ((ObjectNode) trace).putObject(bins);
          own.put("start", edges[0]).put("end", edges[edges.length - 1]);
          own.put("size", histogram.width());
        }
      }
    }
  }

  private static void range(ObjectNode figure, String letter, AxisReader reader, Scale scale) {
    ObjectNode axis = child((ObjectNode) figure.get("layout"), letter + "axis");
    boolean free = !axis.has("range") && axis.path("autorange").asText("true").equals("true");
    if (free && !reader.isCategory() && reader.hasNumbers(figure)) {
      axis.putArray("range").add(scale.low()).add(scale.high());
      axis.remove("autorange");
    }
  }
}
