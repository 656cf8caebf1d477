package odeum.magics;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers for reading. */
final class Text {
  private Text() {}

  /** {@return a number with up to four digits: {@code 0.807}, {@code 1e-14}, {@code 20}} */
  static String brief(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    double size = Math.abs(value);
    if (size >= 1e-3 && size < 1e6) {
      String text = String.format(Locale.ROOT, "%.4g", value);
      text = size >= 1e4 ? String.format(Locale.ROOT, "%.0f", value) : text;
      return text.contains(".") ? text.replaceAll("0+$", "").replaceAll("\\.$", "") : text;
    }
    return scientific(String.format(Locale.ROOT, "%.3e", value));
  }

  private static String scientific(String number) {
    String[] parts = number.split("e");
    String digits = parts[0].replaceAll("0+$", "").replaceAll("\\.$", "");
    return digits + "e" + Integer.parseInt(parts[1]);
  }

  /** {@return a number with seven digits, as a result to be copied} */
  static String digits(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(7)).stripTrailingZeros();
    double size = Math.abs(value);
    return size >= 1e-4 && size < 1e9
        ? rounded.toPlainString()
        : scientific(String.format(Locale.ROOT, "%.6e", rounded));
  }

  static String milliseconds(double ms) {
    return ms < 100
        ? String.format(Locale.ROOT, "%.1f ms", ms)
        : ms < 10_000
            ? String.format(Locale.ROOT, "%.0f ms", ms)
            : String.format(Locale.ROOT, "%.1f s", ms / 1000);
  }
}
