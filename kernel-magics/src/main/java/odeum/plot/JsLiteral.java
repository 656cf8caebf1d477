package odeum.plot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Reads the JavaScript object literals that jsplot writes, which are not quite JSON. */
final class JsLiteral {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
              JsonReadFeature.ALLOW_MISSING_VALUES,
              JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private JsLiteral() {}

  /** {@return the first object literal of a script such as <code>var trace0 = {x: [1]};</code>} */
  static ObjectNode parse(String script) {
    int start = script.indexOf('{');
    if (start < 0) {
      throw new IllegalArgumentException(
          "No object literal in what jsplot wrote: " + excerpt(script, 0));
    }
    try {
      return MAPPER.readValue(literalBackslashes(script.substring(start)), ObjectNode.class);
    } catch (JsonProcessingException e) {
      int at = e.getLocation() == null ? 0 : (int) Math.max(0, e.getLocation().getCharOffset());
      throw new IllegalArgumentException(
          "jsplot wrote a figure that cannot be read near: " + excerpt(script, start + at - 30), e);
    }
  }

  /**
   * Doubles the backslashes in single-quoted strings. Those come from templates that escape HTML
   * only, so a backslash there is what the user typed (say {@code \theta}), not an escape. Strings
   * in double quotes are escaped properly.
   */
  private static String literalBackslashes(String script) {
    StringBuilder out = new StringBuilder(script.length());
    char quote = 0;
    for (int i = 0; i < script.length(); i++) {
      char c = script.charAt(i);
      out.append(c);
      if (quote == 0) {
        quote = c == '"' || c == '\'' ? c : 0;
      } else if (c == quote) {
        quote = 0;
      } else if (c == '\\' && quote == '\'') {
        out.append('\\');
      } else if (c == '\\' && i + 1 < script.length()) {
        out.append(script.charAt(++i));
      }
    }
    return out.toString();
  }

  private static String excerpt(String script, int from) {
    int start = Math.clamp(from, 0, script.length());
    return script.substring(start, Math.min(script.length(), start + 60)).strip();
  }
}
