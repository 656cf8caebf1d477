package odeum.plot;

import java.util.ArrayDeque;
import java.util.Deque;

/** Writes SVG elements; every attribute and text is escaped, every number has two decimals. */
final class SvgDocument {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Opens an element; {@code attributes} are names and values in turn, null values are left out.
   */
  SvgDocument open(String tag, Object... attributes) {
    element(tag, attributes);
    out.append(">\n");
    open.push(tag);
    return this;
  }

  SvgDocument empty(String tag, Object... attributes) {
    element(tag, attributes);
    out.append("/>\n");
    return this;
  }

  SvgDocument text(String content, Object... attributes) {
    element("text", attributes);
    out.append('>').append(escape(content)).append("</text>\n");
    return this;
  }

  SvgDocument close() {
    out.append("</").append(open.pop()).append(">\n");
    return this;
  }

  @Override
  public String toString() {
    return out.toString();
  }

  private void element(String tag, Object... attributes) {
    out.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      Object value = attributes[i + 1];
      if (value != null) {
        String text = value instanceof Double number ? number(number) : value.toString();
        out.append(' ').append(attributes[i]).append("=\"").append(escape(text)).append('"');
      }
    }
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
