package odeum.magics;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Values as Java source, to the bit. */
final class JavaCode {
  private JavaCode() {}

  /** {@return a literal of this number: {@code 10}, {@code 1e-8}, {@code Double.NaN}} */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value)
          ? "Double.NaN"
          : "Double." + (value > 0 ? "POSITIVE" : "NEGATIVE") + "_INFINITY";
    }
    boolean whole = value == (int) value && Double.doubleToRawLongBits(value) != 1L << 63;
    String text = whole ? Integer.toString((int) value) : Double.toString(value);
    return text.replace(".0E", "E").toLowerCase(Locale.ROOT);
  }

  static String numbers(double... values) {
    return Arrays.stream(values).mapToObj(JavaCode::number).collect(Collectors.joining(", "));
  }

  static String string(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  static String strings(Collection<String> texts) {
    return texts.stream().map(JavaCode::string).collect(Collectors.joining(", "));
  }

  /** {@return a map, its entries in the order given} */
  static String map(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(e -> string(e.getKey()) + ", " + string(e.getValue()))
        .collect(Collectors.joining(", ", "Map.of(", ")"));
  }

  /** {@return the expression so that a method can be called on it} */
  static String receiver(String expression) {
    boolean simple = expression.matches("[\\p{L}_$][\\p{L}\\p{N}_$.]*(\\(.*\\))?");
    return simple ? expression : "(" + expression + ")";
  }
}
