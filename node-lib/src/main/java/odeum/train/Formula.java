package odeum.train;

import java.util.StringJoiner;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;

/** A graph as a text that is the same whenever it is traced anew, to tell it from others. */
final class Formula {
  private Formula() {}

  /** {@return the text} Of an algorithm in Java it has the name only. */
  static String of(Graph graph) {
    StringJoiner text = new StringJoiner("\n");
    for (Instruction instruction : graph.instructions()) {
      text.add(name(instruction.op()) + instruction.operands() + instruction.shape());
    }
    return text.add(graph.outputs().toString()).toString();
  }

  private static String name(Op op) {
    return switch (op) {
      case Op.Implicit(var function) -> function.name();
      // Its text would leave out most of many numbers.
      case Op.Constant(var value) -> java.util.Arrays.toString(value.toArray());
      default -> op.toString();
    };
  }
}
