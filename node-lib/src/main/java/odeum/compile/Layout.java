package odeum.compile;

import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;

/**
 * Where each needed value lies in a program's memory. Values that are others' values under another
 * shape, or a run of their elements, share their place.
 */
final class Layout {
  private static final int UNUSED = -1;

  private final int[] offsets;
  private final int size;

  private Layout(int[] offsets, int size) {
    this.offsets = offsets;
    this.size = size;
  }

  static Layout of(Graph graph) {
    boolean[] needed = needed(graph);
    int[] offsets = new int[needed.length];
    int size = 0;
    List<Instruction> instructions = graph.instructions();
    for (int position = 0; position < offsets.length; position++) {
      Instruction instruction = instructions.get(position);
      if (!needed[position]) {
        offsets[position] = UNUSED;
      } else if (isView(instruction.op())) {
        int operand = instruction.operands().getFirst();
        offsets[position] = offsets[operand] + start(instruction, instructions.get(operand));
      } else {
        offsets[position] = size;
        size += instruction.shape().size();
      }
    }
    return new Layout(offsets, size);
  }

  /** Every output, every input (so that it can be set), and what they need. */
  private static boolean[] needed(Graph graph) {
    boolean[] needed = new boolean[graph.instructions().size()];
    graph.outputs().forEach(output -> needed[output] = true);
    for (int position = needed.length - 1; position >= 0; position--) {
      Instruction instruction = graph.instructions().get(position);
      if (instruction.op() instanceof Op.Input || instruction.op() instanceof Op.Print) {
        needed[position] = true;
      }
      if (needed[position]) {
        instruction.operands().forEach(operand -> needed[operand] = true);
      }
    }
    return needed;
  }

  /** Whether a value is a run of its operand's memory. */
  static boolean isView(Op op) {
    return switch (op) {
      case Op.Reshape _, Op.StopGradient _ -> true;
      case Op.Slice(int axis, int _, int _) -> axis == 0;
      default -> false;
    };
  }

  private static int start(Instruction view, Instruction operand) {
    return view.op() instanceof Op.Slice(int _, int from, int _)
        ? from * operand.shape().product(1, operand.shape().rank())
        : 0;
  }

  boolean uses(int position) {
    return offsets[position] != UNUSED;
  }

  int offset(int position) {
    return offsets[position];
  }

  int size() {
    return size;
  }
}
