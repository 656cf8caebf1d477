package odeum.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import odeum.tensor.Shape;

/**
 * A computation: values in an order in which each needs only earlier ones.
 *
 * @param inputs the shapes of the inputs
 * @param instructions how each value is computed
 * @param outputs which values are the results, by position
 */
public record Graph(List<Shape> inputs, List<Instruction> instructions, List<Integer> outputs) {
  public Graph {
    inputs = List.copyOf(inputs);
    instructions = List.copyOf(instructions);
    outputs = List.copyOf(outputs);
  }

  /**
   * {@return what {@code function} does to inputs of these shapes} The function runs once. It may
   * not use traced arrays but its own; see {@link Closure}.
   */
  public static Graph trace(List<Shape> inputs, Function<List<Tracer>, List<Tracer>> function) {
    return Trace.closure(inputs, function, false).graph();
  }

  /** {@return the shape of an output} */
  public Shape output(int position) {
    return instructions.get(outputs.get(position)).shape();
  }

  /** {@return this graph's outputs for these arguments, as part of the trace they belong to} */
  public List<Tracer> inline(List<Tracer> arguments) {
    List<Tracer> values = replay(arguments);
    return outputs.stream().map(values::get).toList();
  }

  /** {@return every value of this graph for these arguments, by position, in their trace} */
  public List<Tracer> replay(List<Tracer> arguments) {
    if (arguments.size() != inputs.size() || inputs.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "The graph has %d inputs, got %d.", inputs.size(), arguments.size()));
    }
    Trace trace = Trace.of(arguments);
    List<Tracer> values = new ArrayList<>(instructions.size());
    for (Instruction instruction : instructions) {
      values.add(
          instruction.op() instanceof Op.Input(int position)
              ? checked(position, arguments.get(position))
              : trace.add(
                  instruction.op(),
                  instruction.operands().stream().map(values::get).toList(),
                  instruction.shape()));
    }
    return values;
  }

  private Tracer checked(int position, Tracer argument) {
    if (!argument.shape().equals(inputs.get(position))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Input %d of the graph has shape %s, got %s.",
              position,
              inputs.get(position),
              argument.shape()));
    }
    return argument;
  }
}
