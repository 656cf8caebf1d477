package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line saying what a figure shows: {@code Figure: lotka, 2 lines over t (x, y)}. */
final class Caption {
  private static final int MOST_NAMES = 8;

  private Caption() {}

  static String of(ObjectNode figure) {
    Map<String, Integer> kinds = new LinkedHashMap<>();
    List<String> names = new ArrayList<>();
    for (JsonNode trace : figure.get("data")) {
      kinds.merge(kind(trace), 1, Integer::sum);
      String name = Markup.plain(trace.path("name").asText());
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    List<String> counts = new ArrayList<>();
    kinds.forEach((kind, count) -> counts.add(count + " " + (count == 1 ? kind : plural(kind))));
    StringBuilder text = new StringBuilder("Figure: ");
    String title = Markup.plain(figure.path("layout").path("title").path("text").asText());
    if (!title.isEmpty()) {
      text.append(title).append(", ");
    }
    text.append(counts.isEmpty() ? "empty" : String.join(" and ", counts));
    String over =
        Markup.plain(figure.path("layout").path("xaxis").path("title").path("text").asText());
    if (!over.isEmpty()) {
      text.append(" over ").append(over);
    }
    if (!names.isEmpty()) {
      List<String> shown = names.subList(0, Math.min(MOST_NAMES, names.size()));
      text.append(" (").append(String.join(", ", shown));
      text.append(names.size() > MOST_NAMES ? ", ...)" : ")");
    }
    return text.toString().replaceAll("\\s+", " ");
  }

  private static String kind(JsonNode trace) {
    if (trace.path("meta").isTextual()) {
      return trace.get("meta").asText();
    }
    String mode = trace.path("mode").asText("lines");
    return switch (trace.path("type").asText("scatter")) {
      case "scatter" -> mode.contains("lines") ? "line" : "point series";
      case "scatter3d" -> mode.contains("lines") ? "3-D line" : "3-D point series";
      case "bar" -> "bar series";
      case "box" -> "box plot";
      case "pie" -> "pie chart";
      case "heatmap" -> "heat map";
      case "histogram2d" -> "2-D histogram";
      case String other -> other;
    };
  }

  private static String plural(String kind) {
    return kind.endsWith("s") ? kind : kind + "s";
  }
}
