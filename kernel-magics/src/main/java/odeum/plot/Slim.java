package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Keeps a figure small enough to be sent and stored: long lines lose points that nobody could see,
 * crowds of points those that cover each other, long arrays of numbers digits that no picture
 * shows. Short data stay as they are.
 */
final class Slim {
  private static final int POINTS = 8000;
  private static final int LEAST = 600;
  private static final int LEAST_OF_LINE = 200;
  private static final int CROWD = 5000;

  /** Shorter arrays keep all their digits. */
  private static final int SHORT = 500;

  private static final int DIGITS = 5;
  private static final int DIGITS_OF_COLOURS = 3;
  private static final int MANY_CELLS = 1500;
  private static final double FINEST = 1000;

  private final List<AxisReader> axes = new ArrayList<>();

  private Slim(ObjectNode figure) {
    for (String letter : List.of("x", "y")) {
      axes.add(new AxisReader(figure, letter));
    }
  }

  /**
   * Thins a figure.
   *
   * @param charts how many share the room
   */
  static void apply(ObjectNode figure, int charts) {
    Slim slim = new Slim(figure);
    int total = 0;
    for (JsonNode trace : figure.get("data")) {
      total += trace.path("x").size();
    }
    int points = POINTS / charts;
    int limit = Math.max(LEAST / charts, points / Math.max(1, figure.get("data").size()));
    int shortest = total > points ? Math.min(SHORT, limit / 2) : SHORT;
    for (JsonNode trace : figure.get("data")) {
      slim.trace((ObjectNode) trace, Math.max(limit, LEAST_OF_LINE), shortest);
    }
  }

  private void trace(ObjectNode trace, int limit, int shortest) {
    String type = trace.path("type").asText("scatter");
    int count = trace.path("x").size();
    if (type.equals("heatmap")) {
      cells(trace);
    } else if (type.startsWith("scatter") && trace.path("y").size() == count && count > shortest) {
      boolean deep = trace.has("z");
      boolean area = trace.path("fill").asText().equals("toself");
      boolean line = trace.path("mode").asText("lines").equals("lines") && !area;
      if (line && count > Math.min(limit, 2 * shortest)) {
        keep(trace, deep ? space(trace, limit) : line(trace, limit));
      } else if (!line && !area && !deep && count > CROWD) {
        crowd(trace, count);
      }
      round(trace, "x", !deep && axes.get(0).isLog());
      round(trace, "y", !deep && axes.get(1).isLog());
      round(trace, "z", false);
    }
  }

  private boolean[] line(ObjectNode trace, int limit) {
    int count = trace.get("x").size();
    return Thinning.line(limit, axes.get(0).places(trace, count), axes.get(1).places(trace, count));
  }

  private static boolean[] space(ObjectNode trace, int limit) {
    return Thinning.line(
        limit, values(trace.get("x")), values(trace.get("y")), values(trace.get("z")));
  }

  /** Points that fall into one half of a pixel are one point; the rest is thinned evenly. */
  private void crowd(ObjectNode trace, int count) {
    boolean[] seen =
        Thinning.apart(FINEST, axes.get(0).places(trace, count), axes.get(1).places(trace, count));
    int[] rows = IntStream.range(0, count).filter(i -> seen[i]).toArray();
    boolean each = hasOneForEach(trace, count);
    if (each) {
      return; // colours or sizes belong to the points
    }
    if (rows.length > CROWD) {
      int[] all = rows;
      rows =
          IntStream.range(0, CROWD).map(i -> all[(int) ((long) i * all.length / CROWD)]).toArray();
      trace.put(
          "meta",
          String.format(Locale.ROOT, "point series with %d of its %d points", CROWD, count));
    }
    boolean[] kept = new boolean[count];
    IntStream.of(rows).forEach(i -> kept[i] = true);
    keep(trace, kept);
  }

  private static boolean hasOneForEach(ObjectNode trace, int count) {
    for (JsonNode value : trace.path("marker")) {
      if (value.size() == count) {
        return true;
      }
    }
    return trace.path("text").size() == count;
  }

  private static void keep(ObjectNode trace, boolean[] kept) {
    for (String letter : List.of("x", "y", "z")) {
      if (trace.get(letter) instanceof ArrayNode all && all.size() == kept.length) {
        ArrayNode some = JsonNodeFactory.instance.arrayNode();
        IntStream.range(0, kept.length).filter(i -> kept[i]).forEach(i -> some.add(all.get(i)));
        trace.set(letter, some);
      }
    }
  }

  private static void cells(ObjectNode trace) {
    Extent extent = Extent.EMPTY;
    int count = 0;
    for (JsonNode row : trace.path("z")) {
      extent = extent.and(Extent.of(values(row)));
      count += row.size();
    }
    if (count > MANY_CELLS) {
      ArrayNode rows = JsonNodeFactory.instance.arrayNode();
      for (JsonNode row : trace.get("z")) {
        rows.add(rounded(row, extent, DIGITS_OF_COLOURS));
      }
      trace.set("z", rows);
    }
  }

  private static void round(ObjectNode trace, String letter, boolean relative) {
    JsonNode array = trace.path(letter);
    if (array.isEmpty()) {
      return;
    }
    if (relative) {
      ArrayNode out = JsonNodeFactory.instance.arrayNode(array.size());
      for (JsonNode item : array) {
        if (item.isNumber() && item.doubleValue() != 0) {
          MathContext digits = new MathContext(DIGITS + 1);
          out.add(new BigDecimal(item.doubleValue()).round(digits).doubleValue());
        } else {
          out.add(item);
        }
      }
      trace.set(letter, out);
    } else {
      trace.set(letter, rounded(array, Extent.of(values(array)), DIGITS));
    }
  }

  /** So many digits behind the first one of the span. */
  private static ArrayNode rounded(JsonNode array, Extent extent, int digits) {
    double span = extent.high() - extent.low();
    boolean can = span > 1e-300 && span < 1e300;
    int places = can ? digits - (int) Math.floor(StrictMath.log10(span)) : 0;
    double unit = StrictMath.pow(10, Math.abs(places));
    ArrayNode out = JsonNodeFactory.instance.arrayNode(array.size());
    for (JsonNode item : array) {
      double value = item.isNumber() ? item.doubleValue() : Double.NaN;
      double scaled = places > 0 ? value * unit : value / unit;
      if (can && Math.abs(scaled) < 1e15 && Math.abs(places) < 22) {
        double whole = Math.rint(scaled);
        out.add(places > 0 ? whole / unit + 0.0 : whole * unit + 0.0);
      } else {
        out.add(item);
      }
    }
    return out;
  }

  private static double[] values(JsonNode array) {
    double[] values = new double[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).isNumber() ? array.get(i).doubleValue() : Double.NaN;
    }
    return values;
  }
}
