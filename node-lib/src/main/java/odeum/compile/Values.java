package odeum.compile;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.tensor.Shape;

/** The values of a graph as a compiler sees them: which are needed, and which are others' views. */
final class Values {
  private final Graph graph;
  private final boolean[] needed;
  private final int[] uses;

  Values(Graph graph) {
    this.graph = graph;
    int count = graph.instructions().size();
    this.needed = new boolean[count];
    this.uses = new int[count];
    for (int output : graph.outputs()) {
      needed[output] = true;
      uses[output]++;
    }
    for (int position = count - 1; position >= 0; position--) {
      Op op = op(position);
      if (op instanceof Op.Input || op instanceof Op.Print) {
        needed[position] = true;
      }
      if (needed[position]) {
        for (int operand : operands(position)) {
          needed[operand] = true;
          uses[operand]++;
        }
      }
    }
  }

  int count() {
    return needed.length;
  }

  boolean needed(int position) {
    return needed[position];
  }

  boolean usedOnce(int position) {
    return uses[position] == 1;
  }

  Op op(int position) {
    return graph.instructions().get(position).op();
  }

  List<Integer> operands(int position) {
    return graph.instructions().get(position).operands();
  }

  int operand(int position, int i) {
    return operands(position).get(i);
  }

  Shape shape(int position) {
    return graph.instructions().get(position).shape();
  }

  int size(int position) {
    return shape(position).size();
  }

  /** Whether a value is a run of its operand's memory. */
  boolean isView(int position) {
    return switch (op(position)) {
      case Op.Reshape _, Op.StopGradient _ -> true;
      case Op.Slice(int axis, int _, int _) -> shape(operand(position, 0)).product(0, axis) == 1;
      case Op.Broadcast _ -> size(position) == size(operand(position, 0));
      default -> false;
    };
  }

  /** The value in whose memory a value lies. */
  int root(int position) {
    int root = position;
    while (isView(root)) {
      root = operand(root, 0);
    }
    return root;
  }

  /** Where in its root's memory a value starts. */
  int start(int position) {
    int start = 0;
    for (int at = position; isView(at); at = operand(at, 0)) {
      if (op(at) instanceof Op.Slice(int axis, int from, int _)) {
        Shape whole = shape(operand(at, 0));
        start += from * whole.product(axis + 1, whole.rank());
      }
    }
    return start;
  }

  /** The value of which this one is all elements in order: goes back through whole views. */
  int whole(int position) {
    int at = position;
    while (isView(at) && !(op(at) instanceof Op.Slice)) {
      at = operand(at, 0);
    }
    return at;
  }

  /** Like {@link #whole}, but only through views that nothing else uses. */
  int wholeUsedOnce(int position) {
    int at = position;
    while (usedOnce(at) && isView(at) && !(op(at) instanceof Op.Slice)) {
      at = operand(at, 0);
    }
    return at;
  }

  /** Whether a derivative reads what the implicit function at a position records. */
  boolean recordIsRead(int position) {
    for (int later = position + 1; later < count(); later++) {
      if (needed(later) && op(later) instanceof Op.Implicit && operands(later).contains(position)) {
        return true;
      }
    }
    return false;
  }

  /** Positions of the values that some kernel must compute. */
  List<Integer> computed() {
    List<Integer> computed = new ArrayList<>();
    for (int position = 0; position < needed.length; position++) {
      Instruction instruction = graph.instructions().get(position);
      boolean given =
          instruction.op() instanceof Op.Input || instruction.op() instanceof Op.Constant;
      if (needed[position] && !given && !isView(position)) {
        computed.add(position);
      }
    }
    return computed;
  }
}
