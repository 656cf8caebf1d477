package odeum.graph;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/** What has been traced so far. Equal instructions are one value. */
final class Trace {
  private final List<Instruction> instructions = new ArrayList<>();
  private final Map<Instruction, Integer> known = new HashMap<>();

  Tracer add(Op op, List<Tracer> operands, Shape shape) {
    Instruction instruction = new Instruction(op, positions(operands), shape);
    boolean unique = op instanceof Op.Implicit || op instanceof Op.Print;
    Integer position = unique ? null : known.get(instruction);
    if (position == null) {
      position = instructions.size();
      instructions.add(instruction);
      known.put(instruction, position);
    }
    return new Tracer(this, position, shape);
  }

  Tracer constant(Tensor value) {
    return add(new Op.Constant(value), List.of(), value.shape());
  }

  List<Integer> positions(List<Tracer> tracers) {
    List<Integer> positions = new ArrayList<>(tracers.size());
    for (Tracer tracer : tracers) {
      if (tracer.trace() != this) {
        throw new IllegalStateException(
            String.format(
                    Locale.ROOT,
                    "A traced array of shape %s was used outside the function it was traced in. ",
                    tracer.shape())
                + "Pass it in as an argument.");
      }
      positions.add(tracer.position());
    }
    return positions;
  }

  List<Instruction> instructions() {
    return instructions;
  }
}
