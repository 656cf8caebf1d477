package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.equation.Definition.Boundary;
import odeum.equation.Definition.Crossing;
import odeum.equation.Definition.Net;
import odeum.solver.Event;

/** A system in words: for reading, and as the Java that makes it. */
final class Description {
  private Description() {}

  /** {@return a few lines with the equations and all numbers} */
  static String of(Definition definition, Changes changes, Values values, Nets nets) {
    List<String> lines = new ArrayList<>();
    String name = definition.source().name();
    lines.add(
        "%s%s, %s%s"
            .formatted(
                name.isEmpty() ? "" : name + ": ",
                count(values.layout().size(), "state"),
                count(values.numbers().size(), "parameter"),
                nets.names().isEmpty() ? "" : ", " + count(nets.names().size(), "net")));
    Equality.equations(definition).forEach(equation -> lines.add(equation.toString()));
    Equality.lets(definition).forEach(let -> lines.add("let " + let));
    for (String net : nets.names()) {
      int size = Nets.weights(values.parameters(), net).size();
      lines.add("net %s: %s, %s".formatted(net, nets.text(net), count(size, "parameter")));
    }
    values
        .inputs()
        .forEach(input -> lines.add("input %s: %s".formatted(input.name(), input.text())));
    definition.boundaries().forEach(boundary -> lines.add(boundary(boundary)));
    definition.events().forEach(event -> lines.add(event(event)));
    addList(lines, "param", parameters(values));
    addList(lines, "const", constants(values));
    addList(
        lines,
        "init",
        definition.states().stream()
            .flatMap(state -> starts(definition, changes, values, state).stream())
            .toList());
    values
        .span()
        .ifPresent(
            s -> lines.add("time " + Text.number(s.start()) + " .. " + Text.number(s.end())));
    return String.join("\n  ", lines);
  }

  private static String count(int n, String thing) {
    return n + " " + thing + (n == 1 ? "" : "s");
  }

  private static String equality(String left, Expression.Formula right) {
    return left + " = " + Text.of(right.expression());
  }

  private static String boundary(Boundary boundary) {
    String start = "boundary " + boundary.grid();
    if (boundary.periodic() || boundary.insulated()) {
      return start + (boundary.periodic() ? " periodic" : " insulated");
    }
    String left = side(boundary.left());
    String right = side(boundary.right());
    return start + " = " + (left.equals(right) ? left : left + ", " + right);
  }

  private static String side(Optional<Expression.Formula> formula) {
    return formula.map(it -> Text.of(it.expression())).orElse("insulated");
  }

  private static String event(Crossing event) {
    String crossing =
        switch (event.direction()) {
          case Event.Direction.RISING -> " rising";
          case Event.Direction.FALLING -> " falling";
          case Event.Direction.EITHER -> "";
        };
    String name = event.named() ? event.name() + ": " : "";
    String condition = equality(Text.of(event.left().expression()), event.right());
    List<String> resets =
        event.resets().stream().map(it -> equality(it.target().toString(), it.value())).toList();
    return "event %s%s%s: %s"
        .formatted(name, condition, crossing, event.stops() ? "stop" : String.join(", ", resets));
  }

  private static List<String> parameters(Values values) {
    return values.numbers().stream()
        .map(
            name -> {
              Bounds bounds = values.bounds().get(name);
              String limits = bounds == null ? "" : " in " + bounds;
              return name + " = " + Text.number(values.parameters().get(name)) + limits;
            })
        .toList();
  }

  private static List<String> constants(Values values) {
    return values.constants().entrySet().stream()
        .map(constant -> constant.getKey() + " = " + Text.number(constant.getValue()))
        .toList();
  }

  private static void addList(List<String> lines, String keyword, List<String> items) {
    if (!items.isEmpty()) {
      lines.add(keyword + " " + String.join(", ", items));
    }
  }

  /** The start values of a state or a grid: as written, then those of points that were changed. */
  private static List<String> starts(
      Definition definition, Changes changes, Values values, String state) {
    List<String> starts = new ArrayList<>();
    if (!changes.starts().containsKey(state)) {
      definition
          .initials(state)
          .forEach(it -> starts.add(equality(it.target().toString(), it.value())));
    }
    values
        .layout()
        .block(state)
        .names()
        .filter(changes.starts()::containsKey)
        .forEach(it -> starts.add(it + " = " + Text.number(changes.starts().get(it))));
    return starts;
  }

  /**
   * {@return the Java expression that makes the system}
   *
   * @param java expressions for inputs by name, in place of those in braces
   */
  static String code(
      Definition definition, Changes changes, Values values, Map<String, String> java) {
    Source source = definition.source();
    String layers = given(definition, java);
    StringBuilder code = new StringBuilder("Ode.parse(");
    code.append(
            source.name().isEmpty() && layers.isEmpty()
                ? ""
                : "\"" + escaped(source.name()).replace("\"", "\\\"") + "\", ")
        .append("\"\"\"\n");
    for (String line : source.lines()) {
      code.append(line.isBlank() ? "" : "    " + escaped(line).stripTrailing()).append('\n');
    }
    code.append("    \"\"\"").append(layers).append(')');
    nets(code, definition, changes, values);
    changes.values().forEach((name, value) -> code.append(call("with", name, value)));
    changes.starts().forEach((name, value) -> code.append(call("withInitial", name, value)));
    changes
        .span()
        .ifPresent(
            s ->
                code.append(
                    ".withSpan(%s, %s)".formatted(Text.number(s.start()), Text.number(s.end()))));
    return code.toString();
  }

  /** What the body takes from Java. */
  private static String given(Definition definition, Map<String, String> instead) {
    List<String> pairs = new ArrayList<>();
    for (Net net : definition.nets()) {
      if (net instanceof Net.Java(String name, Place _, String java, Place _)) {
        pairs.add("\"%s\", %s".formatted(name, java));
      }
    }
    for (Definition.Input input : definition.inputs()) {
      String java = instead.getOrDefault(input.name(), input.code());
      pairs.add("\"%s\", %s".formatted(input.name(), java));
    }
    return pairs.isEmpty() ? "" : ", Map.of(%s)".formatted(String.join(", ", pairs));
  }

  /** What was changed of the nets; a layer that came from Java is shown by the name of its net. */
  private static void nets(
      StringBuilder code, Definition definition, Changes changes, Values values) {
    for (Net net : definition.nets()) {
      if (net instanceof Net.Perceptron && changes.layers().containsKey(net.name())) {
        code.append(".withNet(\"%s\", %1$s)".formatted(net.name()));
      }
    }
    changes.seed().ifPresent(seed -> code.append(".withNetSeed(%s)".formatted(seed)));
    if (!changes.weights().isEmpty()) {
      List<String> numbers = new ArrayList<>();
      for (double value : values.parameters().flat().toArray()) {
        numbers.add(Text.number(value));
      }
      code.append(".withParameters(Tensor.vector(%s))".formatted(String.join(", ", numbers)));
    }
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"\"\"", "\\\"\"\"");
  }

  private static String call(String method, String name, double value) {
    return ".%s(\"%s\", %s)".formatted(method, name, Text.number(value));
  }
}
