package odeum.equation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was changed after a system was read.
 *
 * @param values of parameters and constants by name
 * @param starts start values by state
 * @param span the span of time
 */
record Changes(Map<String, Double> values, Map<String, Double> starts, Optional<Span> span) {
  static final Changes NONE = new Changes(Map.of(), Map.of(), Optional.empty());

  /** From when to when; backward if the end comes first. */
  record Span(double start, double end) {
    Span {
      requireFinite("The start of the time span", start);
      requireFinite("The end of the time span", end);
      if (start == end) {
        throw new IllegalArgumentException(
            "The time span is empty: it starts and ends at %s.".formatted(Text.number(start)));
      }
    }
  }

  Changes withValue(String name, double value) {
    return new Changes(added(values, name, value), starts, span);
  }

  Changes withStart(String state, double value) {
    return new Changes(values, added(starts, state, value), span);
  }

  Changes withSpan(double start, double end) {
    return new Changes(values, starts, Optional.of(new Span(start, end)));
  }

  private static Map<String, Double> added(Map<String, Double> map, String name, double value) {
    requireFinite(name, value);
    Map<String, Double> longer = new LinkedHashMap<>(map);
    longer.put(name, value);
    return Collections.unmodifiableMap(longer);
  }

  private static void requireFinite(String name, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "%s must be a finite number, got %s.".formatted(name, value));
    }
  }
}
