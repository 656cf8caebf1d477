package odeum.equation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.equation.Definition.Named;
import odeum.equation.Definition.Parameter;
import odeum.equation.Expression.Formula;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;

/**
 * The numbers of a system: what is written, or what the user put in its place.
 *
 * @param constants the constants by name, in an order of computation
 * @param parameters the parameters' start values: numbers, then the weights of the nets
 * @param numbers the names of those parameters that are numbers
 * @param bounds the bounds of those parameters that have some
 * @param span the span of time, if there is one
 * @param inputs the data of the inputs
 * @param layout which value of the state is what
 */
record Values(
    Map<String, Double> constants,
    Parameters parameters,
    List<String> numbers,
    Map<String, Bounds> bounds,
    Optional<Changes.Span> span,
    List<InputData> inputs,
    Layout layout) {

  Values {
    numbers = List.copyOf(numbers);
    inputs = List.copyOf(inputs);
  }

  static Values of(Definition definition, Changes changes, Nets nets) {
    return new Reader(definition, changes).values(nets);
  }

  /** {@return the parameters that are numbers} */
  Parameters numbersOnly() {
    Parameters only = Parameters.EMPTY;
    for (String name : numbers) {
      only = only.and(name, parameters.get(name));
    }
    return only;
  }

  /** Computes one number after the other; the constants come first. */
  private static final class Reader {
    private final Definition definition;
    private final Changes changes;
    private final Map<String, Double> constants = new LinkedHashMap<>();

    Reader(Definition definition, Changes changes) {
      this.definition = definition;
      this.changes = changes;
    }

    Values values(Nets nets) {
      definition.constants().forEach(constant -> constants.put(constant.name(), number(constant)));
      Parameters parameters = Parameters.EMPTY;
      Map<String, Bounds> bounds = new LinkedHashMap<>();
      for (Parameter parameter : definition.parameters()) {
        double value = number(parameter.named());
        Bounds range = bounds(parameter);
        if (!range.contains(value)) {
          throw error(
              parameter.named().place(),
              "%s = %s lies outside its bounds %s."
                  .formatted(parameter.name(), Text.number(value), range));
        }
        parameters = parameters.and(parameter.name(), value);
        if (parameter.bounded()) {
          bounds.put(parameter.name(), range);
        }
      }
      Optional<Changes.Span> span =
          changes.span().or(() -> definition.span().map(this::span)).or(this::inputSpan);
      return new Values(
          Collections.unmodifiableMap(constants),
          nets.start(parameters, changes.weights(), RandomKey.of(changes.seed().orElse(0L))),
          parameters.structure().names(),
          Collections.unmodifiableMap(bounds),
          span,
          changes.inputs(),
          Layout.of(definition, constants));
    }

    private double number(Named named) {
      Double changed = changes.values().get(named.name());
      return changed == null ? finite(named.value(), named.name()) : changed;
    }

    private double finite(Formula formula, String subject) {
      double value = Expressions.value(formula.expression(), constants);
      if (!Double.isFinite(value)) {
        throw error(formula.place(), "%s is %s, not a finite number.".formatted(subject, value));
      }
      return value;
    }

    private Bounds bounds(Parameter parameter) {
      String subject = "The bound of " + parameter.name();
      double low = parameter.low().map(f -> finite(f, subject)).orElse(Double.NEGATIVE_INFINITY);
      double high = parameter.high().map(f -> finite(f, subject)).orElse(Double.POSITIVE_INFINITY);
      if (!(low < high)) {
        throw error(
            parameter.low().orElse(parameter.named().value()).place(),
            "The lower bound of %s must lie below the upper one, got %s..%s."
                .formatted(parameter.name(), Text.number(low), Text.number(high)));
      }
      return new Bounds(low, high);
    }

    private Changes.Span span(Definition.Span span) {
      double start = finite(span.from(), "The start of the time span");
      double end = finite(span.to(), "The end of the time span");
      if (start == end) {
        throw error(
            span.place(),
            "The time span is empty: it starts and ends at %s.".formatted(Text.number(start)));
      }
      return new Changes.Span(start, end);
    }

    /** Where no span is written, it is the one that all inputs are known for. */
    private Optional<Changes.Span> inputSpan() {
      double start = Double.NEGATIVE_INFINITY;
      double end = Double.POSITIVE_INFINITY;
      for (InputData input : changes.inputs()) {
        start = Math.max(start, input.lines().start());
        end = Math.min(end, input.lines().end());
      }
      return changes.inputs().isEmpty() || start >= end
          ? Optional.empty()
          : Optional.of(new Changes.Span(start, end));
    }

    private EquationException error(Place place, String problem) {
      return definition.source().error(place, problem);
    }
  }
}
