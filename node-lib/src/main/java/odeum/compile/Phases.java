package odeum.compile;

import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;

/** When each value is computed. */
final class Phases {
  /** Depends on fixed inputs only: computed once for many runs. */
  static final int FIXED = 0;

  /** Needed by the function's own outputs. */
  static final int FORWARD = 1;

  /** Needed by the derivative only. */
  static final int BACKWARD = 2;

  private final int[] phases;

  private Phases(int[] phases) {
    this.phases = phases;
  }

  /**
   * {@return the phases of a graph}
   *
   * @param fixed which inputs stay the same for many runs
   * @param forward how many of the outputs belong to the function; the rest to its derivative
   */
  static Phases of(Graph graph, List<Integer> fixed, int forward) {
    int count = graph.instructions().size();
    boolean[] first = new boolean[count];
    graph.outputs().subList(0, forward).forEach(output -> first[output] = true);
    for (int position = count - 1; position >= 0; position--) {
      if (first[position]) {
        graph.instructions().get(position).operands().forEach(operand -> first[operand] = true);
      }
    }
    int[] phases = new int[count];
    for (int position = 0; position < count; position++) {
      Instruction instruction = graph.instructions().get(position);
      boolean stays =
          switch (instruction.op()) {
            case Op.Input(int input) -> fixed.contains(input);
            case Op.Constant _ -> true;
            case Op.Implicit _, Op.Print _ -> false;
            default -> instruction.operands().stream().allMatch(o -> phases[o] == FIXED);
          };
      boolean shown = forward == graph.outputs().size();
      phases[position] = stays ? FIXED : first[position] || shown ? FORWARD : BACKWARD;
    }
    return new Phases(phases);
  }

  int of(int position) {
    return phases[position];
  }
}
