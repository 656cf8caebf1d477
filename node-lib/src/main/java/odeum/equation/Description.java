package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Definition.Named;
import odeum.equation.Definition.Net;
import odeum.equation.Definition.Stop;
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
                count(definition.states().size(), "state"),
                count(values.numbers().size(), "parameter"),
                nets.names().isEmpty() ? "" : ", " + count(nets.names().size(), "net")));
    Equality.equations(definition).forEach(equation -> lines.add(equation.toString()));
    Equality.lets(definition).forEach(let -> lines.add("let " + let));
    for (String net : nets.names()) {
      int size = Nets.weights(values.parameters(), net).size();
      lines.add("net %s: %s, %s".formatted(net, nets.text(net), count(size, "parameter")));
    }
    definition.stops().forEach(stop -> lines.add(event(stop)));
    addList(lines, "param", parameters(values));
    addList(lines, "const", constants(values));
    addList(
        lines,
        "init",
        definition.states().stream().map(state -> start(definition, changes, state)).toList());
    values
        .span()
        .ifPresent(
            s -> lines.add("time " + Text.number(s.start()) + " .. " + Text.number(s.end())));
    return String.join("\n  ", lines);
  }

  private static String count(int n, String thing) {
    return n + " " + thing + (n == 1 ? "" : "s");
  }

  private static String equality(String left, Definition.Formula right) {
    return left + " = " + Text.of(right.expression());
  }

  private static String event(Stop stop) {
    String crossing =
        switch (stop.direction()) {
          case Event.Direction.RISING -> " rising";
          case Event.Direction.FALLING -> " falling";
          case Event.Direction.EITHER -> "";
        };
    String name = stop.named() ? stop.name() + ": " : "";
    String condition = equality(Text.of(stop.left().expression()), stop.right());
    return "event " + name + condition + crossing + ": stop";
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

  private static String start(Definition definition, Changes changes, String state) {
    Double changed = changes.starts().get(state);
    Named written = definition.initial(state);
    return changed == null
        ? equality(state, written.value())
        : state + " = " + Text.number(changed);
  }

  /** {@return the Java expression that makes the system} */
  static String code(Definition definition, Changes changes, Values values) {
    Source source = definition.source();
    String layers = layers(definition);
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

  /** The layers that the body takes from Java. */
  private static String layers(Definition definition) {
    List<String> pairs = new ArrayList<>();
    for (Net net : definition.nets()) {
      if (net instanceof Net.Java(String name, Place _, String java, Place _)) {
        pairs.add("\"%s\", %s".formatted(name, java));
      }
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
