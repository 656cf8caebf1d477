package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one axis of a plotly figure: its kind, its names, and data as places along it. */
final class AxisReader {
  private final String letter;
  private final JsonNode axis;
  private final Scale.Kind kind;
  private final Map<String, Integer> categories = new LinkedHashMap<>();

  AxisReader(ObjectNode figure, String letter) {
    this.letter = letter;
    this.axis = figure.path("layout").path(letter + "axis");
    boolean named = axis.path("type").asText().equals("category");
    for (JsonNode trace : figure.get("data")) {
      for (JsonNode item : trace.path(letter)) {
        named |= item.isTextual();
      }
    }
    kind =
        named
            ? Scale.Kind.CATEGORY
            : axis.path("type").asText().equals("log") ? Scale.Kind.LOG : Scale.Kind.LINEAR;
    if (named) {
      for (JsonNode trace : figure.get("data")) {
        for (JsonNode item : trace.path(letter)) {
          categories.putIfAbsent(item.asText(), categories.size());
        }
      }
    }
  }

  String title() {
    return Markup.plain(axis.path("title").path("text").asText());
  }

  boolean isLog() {
    return kind == Scale.Kind.LOG;
  }

  boolean isCategory() {
    return kind == Scale.Kind.CATEGORY;
  }

  /** {@return whether a trace says where along this axis it lies} */
  boolean hasNumbers(ObjectNode figure) {
    for (JsonNode trace : figure.get("data")) {
      if (!trace.path(letter).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** {@return the values of a trace along this axis; 0, 1, 2, ... where it gives none} */
  double[] places(JsonNode trace, int count) {
    JsonNode data = trace.path(letter);
    double[] places = new double[count];
    for (int i = 0; i < count; i++) {
      places[i] = data.isArray() && i < data.size() ? place(data.get(i)) : i;
    }
    return places;
  }

  /** {@return the least and the greatest place of all traces} */
  Extent extent(ObjectNode figure) {
    Extent extent = Extent.EMPTY;
    for (JsonNode trace : figure.get("data")) {
      extent = extent.and(Extent.of(places(trace, trace.path(letter).size())));
    }
    return extent;
  }

  private double place(JsonNode item) {
    if (isCategory()) {
      return item.isNull() ? Double.NaN : categories.get(item.asText());
    }
    return item.isNumber() ? place(item.doubleValue()) : Double.NaN;
  }

  /** {@return where a number lies: its logarithm on a logarithmic axis, NaN when it has none} */
  double place(double value) {
    if (!isLog()) {
      return value;
    }
    return value > 0 ? StrictMath.log10(value) : Double.NaN;
  }

  /** {@return this axis without pixels yet, wide enough for {@code extent}} */
  Scale scale(Extent extent, double padBelow, double padAbove) {
    JsonNode range = axis.path("range");
    boolean given =
        range.size() == 2
            && range.get(0).isNumber()
            && range.get(1).isNumber()
            && range.get(0).doubleValue() != range.get(1).doubleValue();
    Extent seen = axis.path("rangemode").asText().equals("tozero") ? withZero(extent) : extent;
    if (isCategory()) {
      seen = seen.and(new Extent(-0.5, categories.size() - 0.5));
    }
    double[] ends =
        given
            ? new double[] {range.get(0).doubleValue(), range.get(1).doubleValue()}
            : Scale.around(seen, isCategory() ? 0 : padBelow, isCategory() ? 0 : padAbove);
    boolean reversed = ends[0] > ends[1] || axis.path("autorange").asText().equals("reversed");
    List<String> names = new ArrayList<>();
    categories.keySet().forEach(name -> names.add(Markup.plain(name)));
    double low = Math.min(ends[0], ends[1]);
    return new Scale(
        kind, low, Math.max(ends[0], ends[1]), reversed ? 1 : 0, reversed ? 0 : 1, names);
  }

  private Extent withZero(Extent extent) {
    return isLog() ? extent : extent.and(new Extent(0, 0));
  }
}
