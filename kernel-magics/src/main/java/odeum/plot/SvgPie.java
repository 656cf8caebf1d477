package odeum.plot;

import static odeum.plot.SvgDocument.point;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Draws a pie as plotly does: the largest slice first, clockwise from the top. */
final class SvgPie {
  private static final double LEAST_LABELLED = 0.04;
  private static final double LINE = 20;

  private SvgPie() {}

  private record Slice(String label, double value, String colour) {}

  static boolean canDraw(ObjectNode figure) {
    JsonNode data = figure.get("data");
    if (data.size() != 1 || !data.get(0).path("type").asText().equals("pie")) {
      return false;
    }
    boolean positive = !data.get(0).path("values").isEmpty();
    for (JsonNode value : data.get(0).path("values")) {
      positive &= value.asDouble(-1) >= 0;
    }
    return positive && data.get(0).path("values").size() == data.get(0).path("labels").size();
  }

  static void draw(SvgDocument svg, ObjectNode figure, double width, double height, double top) {
    List<Slice> slices = slices(figure);
    double total = slices.stream().mapToDouble(Slice::value).sum();
    double names =
        slices.stream().mapToDouble(s -> TextWidth.of(s.label(), SvgFigure.LABEL)).max().orElse(0);
    double right = width - Math.min(names, 200) - 60;
    double radius = Math.min(right - 20, height - top - 20) / 2;
    double x = 10 + right / 2;
    double y = top + radius;
    double from = 0;
    for (Slice slice : slices) {
      double share = slice.value() / total;
      slice(svg, slice, new double[] {x, y, radius}, from, share);
      from += share;
    }
    svg.group(Attributes.of("font-size", SvgFigure.LABEL));
    for (int i = 0; i < slices.size() && top + i * LINE < height - 10; i++) {
      double middle = top + 10 + i * LINE;
      svg.rectangle(right + 16, middle - 6, 12, 12, Attributes.of("fill", slices.get(i).colour()));
      String label = TextWidth.cut(slices.get(i).label(), SvgFigure.LABEL, 200);
      svg.text(label, right + 36, middle + 4, Attributes.NONE);
    }
    svg.close();
  }

  private static List<Slice> slices(ObjectNode figure) {
    JsonNode trace = figure.get("data").get(0);
    JsonNode colours = figure.path("layout").path("colorway");
    List<Slice> slices = new ArrayList<>();
    for (int i = 0; i < trace.path("values").size(); i++) {
      String label = Markup.plain(trace.get("labels").get(i).asText());
      slices.add(new Slice(label, trace.get("values").get(i).asDouble(), ""));
    }
    slices.sort(Comparator.comparingDouble(Slice::value).reversed());
    for (int i = 0; i < slices.size(); i++) {
      String colour = colours.get(i % colours.size()).asText();
      slices.set(i, new Slice(slices.get(i).label(), slices.get(i).value(), colour));
    }
    return slices;
  }

  private static void slice(
      SvgDocument svg, Slice slice, double[] circle, double from, double share) {
    double radius = circle[2];
    Attributes filled = Attributes.of("fill", slice.colour());
    if (share > 0.999) {
      svg.circle(circle[0], circle[1], radius, filled);
    } else {
      String arc =
          "A"
              + point(radius, radius)
              + " 0 "
              + (share > 0.5 ? "1" : "0")
              + " 1 "
              + at(circle, radius, from + share);
      svg.path(
          "M" + point(circle[0], circle[1]) + "L" + at(circle, radius, from) + arc + "Z", filled);
    }
    if (share >= LEAST_LABELLED) {
      double angle = 2 * Math.PI * (from + share / 2);
      double middle = share > 0.999 ? 0 : 0.65 * radius;
      svg.text(
          percent(share),
          circle[0] + middle * StrictMath.sin(angle),
          circle[1] - middle * StrictMath.cos(angle) + 4,
          Attributes.of("text-anchor", "middle").and("fill", "#ffffff").and("font-size", 12));
    }
  }

  /** As plotly writes it: three digits, without zeros at the end. */
  private static String percent(double share) {
    BigDecimal percent = new BigDecimal(100 * share).round(new MathContext(3));
    return percent.stripTrailingZeros().toPlainString() + "%";
  }

  private static String at(double[] circle, double radius, double turns) {
    double angle = 2 * Math.PI * turns;
    return point(
        circle[0] + radius * StrictMath.sin(angle), circle[1] - radius * StrictMath.cos(angle));
  }
}
