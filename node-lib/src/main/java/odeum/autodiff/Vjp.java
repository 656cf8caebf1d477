package odeum.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import odeum.graph.Closure;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Reverse-mode differentiation: from a graph to the graph of its vector-Jacobian product. All rules
 * stand in one switch.
 */
public final class Vjp {
  private final List<Tracer> values;
  private final List<Tracer> cotangents;
  private final boolean[] active;

  private Vjp(List<Tracer> values, boolean[] active) {
    this.values = values;
    this.active = active;
    this.cotangents = new ArrayList<>(Collections.nCopies(values.size(), null));
  }

  /**
   * {@return the vector-Jacobian product of a graph} Its inputs are the graph's inputs and one
   * cotangent per output; its outputs are one cotangent per input.
   */
  public static Graph of(Graph graph) {
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    for (int i = 0; i < graph.outputs().size(); i++) {
      inputs.add(graph.output(i));
    }
    int primals = graph.inputs().size();
    return Graph.trace(
        inputs, in -> pull(graph, in.subList(0, primals), in.subList(primals, in.size())));
  }

  /**
   * {@return the vector-Jacobian product of a function at x, in the shape of x}
   *
   * @param function may use traced arrays of the functions around it
   * @param v in the shape of the function's value
   */
  public static Tracer product(UnaryOperator<Tracer> function, Tracer x, Tracer v) {
    Closure closure = Functions.trace(function, x);
    return pull(closure.graph(), closure.arguments(List.of(x)), List.of(v), List.of(0)).getFirst();
  }

  /**
   * {@return the cotangents of the graph's inputs, for arguments and output cotangents in a trace}
   */
  public static List<Tracer> pull(
      Graph graph, List<Tracer> arguments, List<Tracer> outputCotangents) {
    List<Integer> all = IntStream.range(0, arguments.size()).boxed().toList();
    return pull(graph, arguments, outputCotangents, all);
  }

  /**
   * {@return the cotangents of some of the graph's inputs} What does not depend on them is not
   * differentiated.
   *
   * @param wanted the positions of the inputs
   */
  public static List<Tracer> pull(
      Graph graph, List<Tracer> arguments, List<Tracer> outputCotangents, List<Integer> wanted) {
    List<Tracer> all = valueAndPull(graph, arguments, outputCotangents, wanted);
    return all.subList(graph.outputs().size(), all.size());
  }

  /** {@return the graph's outputs, then the cotangents of the wanted inputs} */
  public static List<Tracer> valueAndPull(
      Graph graph, List<Tracer> arguments, List<Tracer> outputCotangents, List<Integer> wanted) {
    Vjp vjp = new Vjp(graph.replay(arguments), active(graph, wanted));
    for (int i = 0; i < graph.outputs().size(); i++) {
      vjp.add(graph.outputs().get(i), outputCotangents.get(i));
    }
    Map<Integer, Tracer> result = new HashMap<>();
    for (int position = graph.instructions().size() - 1; position >= 0; position--) {
      Tracer v = vjp.cotangents.get(position);
      Instruction instruction = graph.instructions().get(position);
      if (v == null) {
        continue;
      }
      if (instruction.op() instanceof Op.Input(int input)) {
        result.put(input, v);
      } else {
        vjp.rule(instruction, vjp.values.get(position), v);
      }
    }
    List<Tracer> all = new ArrayList<>();
    graph.outputs().forEach(output -> all.add(vjp.values.get(output)));
    wanted.forEach(i -> all.add(orZeros(result.get(i), arguments.get(i))));
    return all;
  }

  private static Tracer orZeros(Tracer cotangent, Tracer argument) {
    return cotangent != null ? cotangent : argument.constant(Tensor.zeros(argument.shape()));
  }

  /** Which values depend on the wanted inputs in a way that has a derivative. */
  private static boolean[] active(Graph graph, List<Integer> wanted) {
    boolean[] active = new boolean[graph.instructions().size()];
    for (int position = 0; position < active.length; position++) {
      Instruction instruction = graph.instructions().get(position);
      active[position] =
          switch (instruction.op()) {
            case Op.Input(int input) -> wanted.contains(input);
            case Op.Constant _, Op.Sign _, Op.Less _, Op.Search _, Op.StopGradient _ -> false;
            case Op.Take _, Op.PutAdd _ -> active[instruction.operands().get(1)];
            default -> instruction.operands().stream().anyMatch(operand -> active[operand]);
          };
    }
    return active;
  }

  private void add(int position, Tracer cotangent) {
    if (!active[position]) {
      return;
    }
    Tracer sum = cotangents.get(position);
    cotangents.set(position, sum == null ? cotangent : sum.plus(cotangent));
  }

  private void rule(Instruction instruction, Tracer out, Tracer v) {
    List<Integer> at = instruction.operands();
    Tracer a = at.isEmpty() ? null : values.get(at.getFirst());
    switch (instruction.op()) {
      case Op.Input _, Op.Constant _, Op.Sign _, Op.Less _, Op.Search _, Op.StopGradient _ -> {}
      case Op.Negate() -> add(at.getFirst(), v.unaryMinus());
      case Op.Abs() -> add(at.getFirst(), v.times(a.sign()));
      case Op.Sqrt() -> add(at.getFirst(), v.times(0.5).div(out));
      case Op.Exp() -> add(at.getFirst(), v.times(out));
      case Op.Log() -> add(at.getFirst(), v.div(a));
      case Op.Sin() -> add(at.getFirst(), v.times(a.cos()));
      case Op.Cos() -> add(at.getFirst(), v.times(a.sin()).unaryMinus());
      case Op.Tanh() -> add(at.getFirst(), v.minus(v.times(out).times(out)));
      case Op.Atan() -> add(at.getFirst(), v.div(a.square().plus(1)));
      case Op.Sigmoid() -> add(at.getFirst(), v.times(out.minus(out.times(out))));
      case Op.Binary op -> binary(op, at, out, v);
      case Op.Where() -> {
        Tracer zero = v.constant(0);
        add(at.get(1), Tracer.where(a, v, zero));
        add(at.get(2), Tracer.where(a, zero, v));
      }
      case Op.Linear op -> add(at.getFirst(), Rules.transposed(op, a.shape(), v));
      case Op.Concatenate(int axis) -> {
        int from = 0;
        for (int operand : at) {
          int to = from + values.get(operand).shape().extent(axis);
          add(operand, v.slice(axis, from, to));
          from = to;
        }
      }
      case Op.MatrixMultiply(boolean left, boolean right) -> {
        Tracer b = values.get(at.get(1));
        add(at.get(0), left ? b.matmul(v, right, true) : v.matmul(b, false, !right));
        add(at.get(1), right ? v.matmul(a, true, left) : a.matmul(v, !left, false));
      }
      case Op.MultiplyEach() -> {
        add(at.get(0), v.multiplyEach(values.get(at.get(1)).transpose(Products.SWAP)));
        add(at.get(1), a.transpose(Products.SWAP).multiplyEach(v));
      }
      case Op.Take() -> add(at.get(1), v.putAdd(a, values.get(at.get(1)).shape().extent(0)));
      case Op.PutAdd _ -> add(at.get(1), v.take(a));
      case Op.Print _ -> add(at.getFirst(), v);
      case Op.Implicit op -> implicit(op, at, out, v);
    }
  }

  private void binary(Op.Binary op, List<Integer> at, Tracer out, Tracer v) {
    Tracer a = values.get(at.get(0));
    Tracer b = values.get(at.get(1));
    switch (op) {
      case Op.Add() -> both(at, v, v);
      case Op.Subtract() -> both(at, v, v.unaryMinus());
      case Op.Multiply() -> both(at, v.times(b), v.times(a));
      case Op.Divide() -> {
        Tracer quotient = v.div(b);
        both(at, quotient, quotient.times(out).unaryMinus());
      }
      case Op.Power() ->
          both(at, v.times(Rules.powerByBase(a, b)), v.times(Rules.powerByExponent(a, out)));
      case Op.Minimum() -> {
        Tracer first = a.less(b);
        both(at, Rules.keep(first, v), Rules.drop(first, v));
      }
      case Op.Maximum() -> {
        Tracer second = a.less(b);
        both(at, Rules.drop(second, v), Rules.keep(second, v));
      }
      case Op.Less _ -> {}
    }
  }

  private void both(List<Integer> at, Tracer first, Tracer second) {
    add(at.get(0), first);
    add(at.get(1), second);
  }

  private void implicit(Op.Implicit op, List<Integer> at, Tracer out, Tracer v) {
    List<Tracer> operands = new ArrayList<>(at.stream().map(values::get).toList());
    operands.add(out);
    operands.add(v);
    List<Integer> wanted =
        IntStream.range(0, at.size()).filter(i -> active[at.get(i)]).boxed().toList();
    Tracer flat = Tracer.implicit(op.function().pullback(wanted), operands);
    int from = 0;
    for (int i : wanted) {
      Shape shape = values.get(at.get(i)).shape();
      add(at.get(i), flat.slice(0, from, from + shape.size()).reshape(shape));
      from += shape.size();
    }
  }
}
