package odeum.equation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import odeum.equation.Definition.Formula;
import odeum.equation.Definition.Named;
import odeum.equation.Definition.Parameter;

/**
 * The numbers of a system: what is written, or what the user put in its place.
 *
 * @param constants the constants by name, in an order of computation
 * @param parameters the parameters' start values by name, in their order
 * @param bounds the bounds of those parameters that have some
 * @param span the span of time, if there is one
 */
record Values(
    Map<String, Double> constants,
    Map<String, Double> parameters,
    Map<String, Bounds> bounds,
    Optional<Changes.Span> span) {

  static Values of(Definition definition, Changes changes) {
    Map<String, Double> overrides = changes.values();
    Map<String, Double> constants = new LinkedHashMap<>();
    for (Named constant : definition.constants()) {
      Double override = overrides.get(constant.name());
      constants.put(
          constant.name(), override == null ? finite(definition, constant, constants) : override);
    }
    Map<String, Double> parameters = new LinkedHashMap<>();
    Map<String, Bounds> bounds = new LinkedHashMap<>();
    for (Parameter parameter : definition.parameters()) {
      String name = parameter.name();
      bounds(definition.source(), parameter, constants).ifPresent(b -> bounds.put(name, b));
      Double override = overrides.get(name);
      double value = override == null ? finite(definition, parameter.named(), constants) : override;
      if (bounds.containsKey(name) && !bounds.get(name).contain(value)) {
        throw definition
            .source()
            .error(
                parameter.named().place(),
                "%s = %s lies outside its bounds %s."
                    .formatted(name, Text.number(value), bounds.get(name)));
      }
      parameters.put(name, value);
    }
    return new Values(
        Collections.unmodifiableMap(constants),
        Collections.unmodifiableMap(parameters),
        Collections.unmodifiableMap(bounds),
        changes.span().or(() -> written(definition, constants)));
  }

  private static double finite(Definition definition, Named named, Map<String, Double> constants) {
    return finite(definition.source(), named.value(), constants, named.name());
  }

  private static double finite(
      Source source, Formula formula, Map<String, Double> constants, String subject) {
    double value = Expressions.value(formula.expression(), constants);
    if (!Double.isFinite(value)) {
      throw source.error(
          formula.place(), "%s is %s, not a finite number.".formatted(subject, value));
    }
    return value;
  }

  private static Optional<Bounds> bounds(
      Source source, Parameter parameter, Map<String, Double> constants) {
    if (parameter.low().isEmpty() && parameter.high().isEmpty()) {
      return Optional.empty();
    }
    String subject = "The bound of " + parameter.name();
    double low =
        parameter
            .low()
            .map(f -> finite(source, f, constants, subject))
            .orElse(Double.NEGATIVE_INFINITY);
    double high =
        parameter
            .high()
            .map(f -> finite(source, f, constants, subject))
            .orElse(Double.POSITIVE_INFINITY);
    if (!(low < high)) {
      throw source.error(
          parameter.low().orElse(parameter.named().value()).place(),
          "The lower bound of %s must lie below the upper one, got %s..%s."
              .formatted(parameter.name(), Text.number(low), Text.number(high)));
    }
    return Optional.of(new Bounds(low, high));
  }

  private static Optional<Changes.Span> written(
      Definition definition, Map<String, Double> constants) {
    return definition
        .span()
        .map(
            span -> {
              Source source = definition.source();
              double start = finite(source, span.from(), constants, "The start of the time span");
              double end = finite(source, span.to(), constants, "The end of the time span");
              if (start == end) {
                throw source.error(
                    span.place(),
                    "The time span is empty: it starts and ends at %s."
                        .formatted(Text.number(start)));
              }
              return new Changes.Span(start, end);
            });
  }
}
