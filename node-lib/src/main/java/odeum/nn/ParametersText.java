package odeum.nn;

import java.util.Locale;
import odeum.tensor.Structure;

/** Parameters as a table. */
final class ParametersText {
  private ParametersText() {}

  static String table(Parameters parameters) {
    Structure structure = parameters.structure();
    int width = structure.names().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Structure.Part part : structure.parts()) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(part.name())
          .append(" ".repeat(width - part.name().length() + 2))
          .append(value(parameters, part));
    }
    return text.isEmpty() ? "no parameters" : text.toString();
  }

  private static String value(Parameters parameters, Structure.Part part) {
    if (part.shape().rank() == 0) {
      return Double.toString(parameters.flat().at(part.offset()));
    }
    if (part.shape().size() == 0) {
      return "%s, empty".formatted(part.shape());
    }
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < part.shape().size(); i++) {
      low = Math.min(low, parameters.flat().at(part.offset() + i));
      high = Math.max(high, parameters.flat().at(part.offset() + i));
    }
    return String.format(Locale.ROOT, "%s in %.4g .. %.4g", part.shape(), low, high);
  }
}
