package odeum.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.tensor.Structure;

/** To which layer of a network a value belongs: that of the parameters nearest before it. */
final class LayerNames {
  private final Graph graph;
  private final int input;

  private LayerNames(Graph graph, int input) {
    this.graph = graph;
    this.input = input;
  }

  /** {@return {@code layer 2}, or {@code net f, layer 2}; nothing for what is no network's} */
  static Optional<String> of(Graph graph, int position, int input, Structure parameters) {
    LayerNames names = new LayerNames(graph, input);
    ArrayDeque<Integer> open = new ArrayDeque<>(List.of(position));
    boolean[] seen = new boolean[graph.instructions().size()];
    while (!open.isEmpty()) {
      int at = open.removeFirst();
      OptionalInt offset = names.offset(at);
      if (offset.isPresent()) {
        return named(parameters, offset.getAsInt());
      }
      if (!seen[at]) {
        seen[at] = true;
        open.addAll(graph.instructions().get(at).operands());
      }
    }
    return Optional.empty();
  }

  /** Where among the parameters a part of them starts. */
  private OptionalInt offset(int position) {
    int offset = 0;
    boolean part = false;
    for (int at = position; ; at = graph.instructions().get(at).operands().getFirst()) {
      Instruction instruction = graph.instructions().get(at);
      switch (instruction.op()) {
        case Op.Slice(int axis, int from, int _)
            when axis == 0 && instruction.shape().rank() == 1 -> {
          offset += from;
          part = true;
        }
        case Op.Reshape _ -> {}
        case Op.Input(int which) -> {
          return which == input && part ? OptionalInt.of(offset) : OptionalInt.empty();
        }
        default -> {
          return OptionalInt.empty();
        }
      }
    }
  }

  private static Optional<String> named(Structure parameters, int offset) {
    return parameters.parts().stream()
        .filter(part -> part.offset() <= offset && offset < part.offset() + part.shape().size())
        .findFirst()
        .flatMap(part -> layer(parameters, group(part.name())));
  }

  /** Layers are counted from 1, those without parameters left out. */
  private static Optional<String> layer(Structure parameters, String group) {
    int dot = group.lastIndexOf('.');
    String net = dot < 0 ? "" : group.substring(0, dot);
    if (!isNumber(group.substring(dot + 1))) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    for (String name : parameters.names()) {
      String other = group(name);
      boolean same = other.startsWith(net) && other.lastIndexOf('.') == dot;
      if (same && isNumber(other.substring(dot + 1)) && !groups.contains(other)) {
        groups.add(other);
      }
    }
    String layer = "layer " + (groups.indexOf(group) + 1);
    return Optional.of(net.isEmpty() ? layer : "net " + net + ", " + layer);
  }

  /** {@code f.2} of {@code f.2.weight}. */
  private static String group(String name) {
    return name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
  }
}
