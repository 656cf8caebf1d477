package odeum.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Leaves out of a derivative what is known while it is traced: constants are moved at once, and
 * what is multiplied by zero is zero, as nowhere else: here a factor zero means that something does
 * not depend on something.
 */
final class Folding {
  private final Graph graph;
  private final double[][] known;
  private final List<Tracer> values = new ArrayList<>();

  private Folding(Graph graph) {
    this.graph = graph;
    this.known = new double[graph.instructions().size()][];
  }

  /** {@return the same graph with fewer instructions; nothing in it is shown} */
  static Graph of(Graph graph) {
    return Graph.trace(graph.inputs(), in -> new Folding(graph).replay(in));
  }

  private List<Tracer> replay(List<Tracer> in) {
    for (int position = 0; position < known.length; position++) {
      known[position] = fold(graph.instructions().get(position));
    }
    boolean[] needed = needed();
    for (int position = 0; position < known.length; position++) {
      values.add(needed[position] ? value(position, in) : null);
    }
    return graph.outputs().stream().map(values::get).toList();
  }

  private boolean[] needed() {
    boolean[] needed = new boolean[known.length];
    graph.outputs().forEach(output -> needed[output] = true);
    for (int position = known.length - 1; position >= 0; position--) {
      if (needed[position] && known[position] == null) {
        graph.instructions().get(position).operands().forEach(operand -> needed[operand] = true);
      }
    }
    return needed;
  }

  private Tracer value(int position, List<Tracer> in) {
    Instruction instruction = graph.instructions().get(position);
    return known[position] == null
        ? computed(instruction, in)
        : in.getFirst().constant(Tensor.of(instruction.shape(), known[position]));
  }

  private Tracer computed(Instruction instruction, List<Tracer> in) {
    List<Integer> at = instruction.operands();
    return switch (instruction.op()) {
      case Op.Input(int input) -> in.get(input);
      case Op.Print _ -> values.get(at.getFirst());
      case Op.Subtract() when isZero(at.getFirst()) -> values.get(at.get(1)).unaryMinus();
      case Op.Concatenate(int axis) ->
          Tracer.concatenate(axis, parts(at, axis).stream().map(values::get).toList());
      case Op op -> Tracer.apply(op, at.stream().map(values::get).toList());
    };
  }

  /** The operands of a concatenation, and those of its operands along the same axis. */
  private List<Integer> parts(List<Integer> at, int axis) {
    List<Integer> parts = new ArrayList<>();
    for (int operand : at) {
      Instruction part = graph.instructions().get(operand);
      if (known[operand] == null && part.op().equals(new Op.Concatenate(axis))) {
        parts.addAll(parts(part.operands(), axis));
      } else {
        parts.add(operand);
      }
    }
    return parts;
  }

  private double[] fold(Instruction instruction) {
    List<Integer> at = instruction.operands();
    Shape shape = instruction.shape();
    return switch (instruction.op()) {
      case Op.Constant(Tensor value) -> value.toArray();
      case Op.Negate() when known[at.getFirst()] != null ->
          Arrays.stream(known[at.getFirst()]).map(value -> -value).toArray();
      case Op.Multiply(), Op.MatrixMultiply _, Op.MultiplyEach()
          when isZero(at.get(0)) || isZero(at.get(1)) ->
          new double[shape.size()];
      case Op.Divide() when isZero(at.getFirst()) -> new double[shape.size()];
      case Op.Where() when isZero(at.get(1)) && isZero(at.get(2)) -> new double[shape.size()];
      case Op.Add() when areKnown(at) -> each(at, Double::sum);
      case Op.Subtract() when areKnown(at) -> each(at, (a, b) -> a - b);
      case Op.Multiply() when areKnown(at) -> each(at, (a, b) -> a * b);
      case Op.Linear op when known[at.getFirst()] != null -> moved(op, at.getFirst(), shape);
      case Op.Concatenate(int axis) -> joined(at, axis, shape);
      default -> null;
    };
  }

  private boolean areKnown(List<Integer> at) {
    return at.stream().allMatch(operand -> known[operand] != null);
  }

  private double[] each(List<Integer> at, DoubleBinaryOperator operation) {
    double[] result = known[at.get(0)].clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = operation.applyAsDouble(result[i], known[at.get(1)][i]);
    }
    return result;
  }

  private boolean isZero(int position) {
    double[] values = known[position];
    return values != null && Arrays.stream(values).allMatch(value -> value == 0);
  }

  private double[] moved(Op.Linear op, int operand, Shape result) {
    if (isZero(operand)) {
      return new double[result.size()];
    }
    Optional<int[]> sources = Sources.of(op, graph.instructions().get(operand).shape(), result);
    double[] from = known[operand];
    return sources
        .map(all -> Arrays.stream(all).mapToDouble(i -> i < 0 ? 0 : from[i]).toArray())
        .orElse(null);
  }

  private double[] joined(List<Integer> at, int axis, Shape result) {
    int inner = result.product(axis + 1, result.rank());
    int row = result.extent(axis) * inner;
    double[] joined = new double[result.size()];
    int start = 0;
    for (int operand : at) {
      double[] part = known[operand];
      if (part == null) {
        return null;
      }
      int length = graph.instructions().get(operand).shape().extent(axis) * inner;
      for (int i = 0; i < part.length; i++) {
        joined[i / length * row + start + i % length] = part[i];
      }
      start += length;
    }
    return joined;
  }
}
