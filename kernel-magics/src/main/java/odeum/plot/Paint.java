package odeum.plot;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A colour as SVG takes it everywhere: opacity apart, as many viewers do not know {@code rgba}.
 *
 * @param colour {@code #rrggbb} or a name
 */
record Paint(String colour, double opacity) {
  private static final Pattern RGB =
      Pattern.compile("rgba?\\((\\d+), *(\\d+), *(\\d+)(?:, *([\\d.]+))?\\)");

  static Paint of(String css) {
    Matcher rgb = RGB.matcher(css);
    if (!rgb.matches()) {
      return new Paint(css, 1);
    }
    String hex =
        String.format(
            Locale.ROOT,
            "#%02x%02x%02x",
            Math.min(255, Integer.parseInt(rgb.group(1))),
            Math.min(255, Integer.parseInt(rgb.group(2))),
            Math.min(255, Integer.parseInt(rgb.group(3))));
    return new Paint(hex, rgb.group(4) == null ? 1 : Double.parseDouble(rgb.group(4)));
  }

  /** {@return the attributes that paint lines with it} */
  Attributes stroke() {
    return Attributes.of("stroke", colour)
        .and("stroke-opacity", opacity == 1 ? null : SvgDocument.number(opacity));
  }

  /** {@return the attributes that fill areas with it} */
  Attributes fill() {
    return Attributes.of("fill", colour)
        .and("fill-opacity", opacity == 1 ? null : SvgDocument.number(opacity));
  }
}
