package odeum.graph;

import java.util.List;
import odeum.tensor.Shape;

/**
 * One value of a graph.
 *
 * @param op how it is computed
 * @param operands from which earlier values, by their position in the graph
 * @param shape its shape
 */
public record Instruction(Op op, List<Integer> operands, Shape shape) {
  public Instruction {
    operands = List.copyOf(operands);
  }
}
