package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import odeum.equation.Definition.Input;
import odeum.path.LinearInterpolation;
import odeum.path.TimeSeries;
import odeum.solver.Solution;
import odeum.tensor.Names;
import odeum.term.InputSpan;

/**
 * The data of an input.
 *
 * @param name of the input
 * @param code where they come from, as Java
 * @param lines the straight lines between the points
 */
record InputData(String name, String code, LinearInterpolation lines) {
  /** {@return the data of all inputs, in the order of the source} */
  static List<InputData> of(Definition definition, Map<String, ?> given) {
    List<InputData> all = new ArrayList<>();
    for (Input input : definition.inputs()) {
      all.add(new InputData(input.name(), input.code(), lines(definition.source(), input, given)));
    }
    return List.copyOf(all);
  }

  /** {@return other data for an input} */
  static InputData of(Definition definition, String name, TimeSeries series) {
    Input input =
        definition.inputs().stream().filter(it -> it.name().equals(name)).findFirst().orElseThrow();
    return new InputData(
        name, input.code(), lines(definition.source(), input, Map.of(name, series)));
  }

  private static LinearInterpolation lines(Source source, Input input, Map<String, ?> given) {
    Object value = given.get(input.name());
    try {
      return lines(input.name(), value instanceof Supplier<?> later ? later.get() : value);
    } catch (IllegalArgumentException e) {
      throw source.error(input.braces(), e.getMessage());
    }
  }

  private static LinearInterpolation lines(String name, Object value) {
    return switch (value) {
      case TimeSeries series ->
          LinearInterpolation.of(
              series.times(), series.column(column(name, series.names(), "series")));
      case Solution solution ->
          LinearInterpolation.of(
              solution.times(), solution.values(column(name, solution.names(), "solution")));
      case null ->
          throw new IllegalArgumentException(
              "The series of %s comes from Java: Ode.parse(name, body, Map.of(\"%1$s\", series))."
                  .formatted(name));
      default ->
          throw new IllegalArgumentException(
              "input %s = {…} needs a TimeSeries, a Solution or a Table, got %s."
                  .formatted(name, value.getClass().getSimpleName()));
    };
  }

  /** The column that is named like the input, or else the only one. */
  private static String column(String name, List<String> columns, String what) {
    if (columns.contains(name) || columns.size() == 1) {
      return columns.contains(name) ? name : columns.getFirst();
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException("The %s of %s has no values.".formatted(what, name));
    }
    String nearest = Names.nearest(name, columns).orElse(columns.getFirst());
    throw new IllegalArgumentException(
        "Which column of the %s is %s? It has %s. %s"
            .formatted(
                what,
                name,
                String.join(" ", columns),
                what.equals("series")
                    ? "Name the input like one, or take one: {….select(List.of(\"%s\"))}"
                        .formatted(nearest)
                    : "Name the input like one, such as: input %s = {…}".formatted(nearest)));
  }

  TimeSeries series() {
    return TimeSeries.of(lines.times()).and(name, lines.values());
  }

  InputSpan span() {
    return new InputSpan(name, lines.start(), lines.end(), lines.kinks());
  }

  /** {@return the data in words: where they come from, how many, from when to when} */
  String text() {
    return "{%s}, %s points from %s to %s"
        .formatted(code, lines.size(), Text.number(lines.start()), Text.number(lines.end()));
  }
}
