package odeum.plot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.traces.Trace;

/**
 * A jsplot figure as the JSON that plotly.js 2 and 3 understand: {@code {data, layout, config}}.
 * jsplot writes numbers as strings, escapes titles as HTML and uses names that newer plotly.js
 * dropped; all that is repaired here, so that everything behind sees clean JSON.
 */
final class PlotlyJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Arrays of numbers, or of strings that must stay strings unless all of them are numbers. */
  private static final Set<String> DATA =
      Set.of(
          "x",
          "y",
          "z",
          "open",
          "high",
          "low",
          "close",
          "values",
          "color",
          "size",
          "range",
          "tickvals",
          "domain");

  private static final Set<String> NUMBERS =
      Set.of("opacity", "dtick", "nticks", "tick0", "scaleratio");
  private static final Set<String> FLAGS = Set.of("autorange", "visible");
  private static final Set<String> ESCAPED =
      Set.of("title", "name", "tickprefix", "ticksuffix", "tickformat");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?|NaN|[-+]?Infinity");
  private static final Pattern ENTITY = Pattern.compile("&(amp|lt|gt|quot|#\\d+|#x[0-9a-fA-F]+);");

  private PlotlyJson() {}

  static ObjectNode of(Figure figure) {
    ObjectNode tree = NODES.objectNode();
    ArrayNode data = tree.putArray("data");
    Trace[] traces = figure.getTraces();
    for (int i = 0; traces != null && i < traces.length; i++) {
      data.add(trace(JsLiteral.parse(traces[i].asJavascript(i))));
    }
    ObjectNode layout =
        figure.getLayout() == null
            ? NODES.objectNode()
            : JsLiteral.parse(figure.getLayout().asJavascript());
    clean(layout);
    tree.set("layout", layout);
    ObjectNode config =
        figure.getConfig() == null
            ? NODES.objectNode()
            : JsLiteral.parse(figure.getConfig().asJavascript());
    tree.set("config", config);
    return tree;
  }

  private static ObjectNode trace(ObjectNode trace) {
    clean(trace);
    if (trace.path("mode").asText().equals("line")) { // jsplot's name for it in three dimensions
      trace.put("mode", "lines");
    }
    if (trace.path("histnorm").asText("-").isEmpty()) {
      trace.remove("histnorm");
    }
    for (String bins : List.of("nbinsx", "nbinsy")) {
      if (trace.path(bins).asInt(1) == 0) { // not asked for: 0 would mean no bins at all
        trace.remove(List.of(bins, "auto" + bins.substring(1, 4) + bins.substring(5)));
      }
    }
    if (trace.path("name").asText("-").isEmpty()) {
      trace.remove("name");
    }
    return trace;
  }

  private static void clean(ObjectNode object) {
    for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
      object.set(entry.getKey(), cleaned(entry.getKey(), entry.getValue()));
    }
    if (object.path("title").isTextual()) { // plotly.js 3 takes titles as objects only
      ObjectNode title = NODES.objectNode().put("text", object.get("title").textValue());
      JsonNode font = object.remove("titlefont");
      if (font != null) {
        title.set("font", font);
      }
      object.set("title", title);
    }
    if (object.path("tickmode").asText().equals("linear") && !object.has("dtick")) {
      object.remove("tickmode"); // jsplot's default, which would draw a tick at each integer
    }
  }

  private static JsonNode cleaned(String key, JsonNode value) {
    if (value instanceof ObjectNode object) {
      clean(object);
      return object;
    }
    if (value instanceof ArrayNode array) {
      return DATA.contains(key) ? numbers(array) : array;
    }
    if (value.isTextual()) {
      String text = value.textValue();
      if (FLAGS.contains(key) && (text.equals("true") || text.equals("false"))) {
        return NODES.booleanNode(text.equals("true"));
      }
      if (NUMBERS.contains(key) && isNumber(text)) {
        return NODES.numberNode(Double.parseDouble(text));
      }
      return ESCAPED.contains(key) ? NODES.textNode(unescaped(text)) : value;
    }
    return finite(value);
  }

  private static ArrayNode numbers(ArrayNode array) {
    boolean numeric = true;
    for (JsonNode item : array) {
      numeric &= !item.isTextual() || isNumber(item.textValue());
    }
    ArrayNode out = NODES.arrayNode(array.size());
    for (JsonNode item : array) {
      if (item instanceof ArrayNode row) {
        out.add(numbers(row));
      } else if (numeric && item.isTextual()) {
        out.add(finite(NODES.numberNode(Double.parseDouble(item.textValue()))));
      } else {
        out.add(finite(item));
      }
    }
    return out;
  }

  private static JsonNode finite(JsonNode value) {
    boolean missing = value.isNumber() && !Double.isFinite(value.doubleValue());
    return missing || value.isMissingNode() ? NullNode.getInstance() : value;
  }

  private static boolean isNumber(String text) {
    // Double.parseDouble also takes "1d" and " 1 ", which are labels.
    return NUMBER.matcher(text).matches();
  }

  private static String unescaped(String html) {
    Matcher entities = ENTITY.matcher(html);
    return entities.replaceAll(match -> Matcher.quoteReplacement(character(match.group(1))));
  }

  private static String character(String entity) {
    return switch (entity) {
      case "amp" -> "&";
      case "lt" -> "<";
      case "gt" -> ">";
      case "quot" -> "\"";
      default -> {
        boolean hex = entity.startsWith("#x");
        yield Character.toString(
            hex
                ? Integer.parseInt(entity.substring(2), 16)
                : Integer.parseInt(entity.substring(1)));
      }
    };
  }
}
