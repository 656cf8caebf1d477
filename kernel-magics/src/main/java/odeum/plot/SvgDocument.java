package odeum.plot;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes SVG elements; every attribute and text is escaped, every number has two decimals. */
final class SvgDocument {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element around what follows, until {@link #close}. */
  SvgDocument open(String tag, Attributes attributes) {
    out.append('<').append(tag).append(attributes.text()).append(">\n");
    open.push(tag);
    return this;
  }

  SvgDocument group(Attributes attributes) {
    return open("g", attributes);
  }

  /** A whole SVG document inside a group. */
  SvgDocument nested(Attributes attributes, String document) {
    group(attributes);
    out.append(document);
    return close();
  }

  SvgDocument close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  SvgDocument path(CharSequence data, Attributes attributes) {
    return empty("path", Attributes.of("d", data), attributes);
  }

  SvgDocument line(double x1, double y1, double x2, double y2) {
    return path("M" + point(x1, y1) + "L" + point(x2, y2), Attributes.NONE);
  }

  SvgDocument circle(double x, double y, double radius, Attributes attributes) {
    return empty("circle", Attributes.of("cx", x).and("cy", y).and("r", radius), attributes);
  }

  SvgDocument rectangle(double x, double y, double width, double height, Attributes attributes) {
    Attributes place = Attributes.of("x", x).and("y", y);
    return empty("rect", place.and("width", width).and("height", height), attributes);
  }

  /** A picture whose pixels stay squares when it is drawn larger. */
  SvgDocument image(String uri, double x, double y, double width, double height) {
    Attributes place = Attributes.of("x", x).and("y", y);
    Attributes whole = Attributes.of("preserveAspectRatio", "none").and("href", uri);
    return empty(
        "image",
        place.and("width", width).and("height", height),
        whole.and("style", "image-rendering:pixelated"));
  }

  SvgDocument text(String content, double x, double y, Attributes attributes) {
    if (content.isEmpty()) {
      return this;
    }
    Attributes place = Attributes.of("x", x).and("y", y);
    out.append("<text").append(place.text()).append(attributes.text()).append('>');
    out.append(escape(content)).append("</text>\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private SvgDocument empty(String tag, Attributes place, Attributes attributes) {
    out.append('<').append(tag).append(place.text()).append(attributes.text()).append("/>\n");
    return this;
  }

  /** {@return a point as paths write it} */
  static String point(double x, double y) {
    return number(x) + " " + number(y);
  }

  /** {@return the number with at most two decimals, the same on every machine and locale} */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("An SVG coordinate must be finite, got " + value + ".");
    }
    long hundredths = Math.round(value * 100);
    String sign = hundredths < 0 ? "-" : "";
    long whole = Math.abs(hundredths / 100);
    long rest = Math.abs(hundredths % 100);
    if (rest == 0) {
      return sign + whole;
    }
    String decimals = rest % 10 == 0 ? "" + rest / 10 : (rest < 10 ? "0" : "") + rest;
    return sign + whole + "." + decimals;
  }

  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.appendCodePoint(allowed(c) ? c : 0xFFFD);
              }
            });
    return escaped.toString();
  }

  /** The characters that XML 1.0 allows; the others cannot even be written as entities. */
  private static boolean allowed(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || c >= 0x20 && c < 0xD800
        || c >= 0xE000 && c < 0xFFFE
        || c >= 0x10000;
  }
}
