package odeum.autodiff;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import odeum.graph.Closure;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Forward-mode differentiation: from a graph to the graph of its Jacobian-vector product. All rules
 * stand in one switch. A tangent that is zero throughout is null while tracing.
 */
public final class Jvp {
  private final List<Tracer> values;
  private final List<Tracer> tangents;

  private Jvp(List<Tracer> values) {
    this.values = values;
    this.tangents = new ArrayList<>(values.size());
  }

  /**
   * {@return the Jacobian-vector product of a graph} Its inputs are the graph's inputs and one
   * tangent per input; its outputs are the graph's outputs and one tangent per output.
   */
  public static Graph of(Graph graph) {
    List<Shape> inputs = new ArrayList<>(graph.inputs());
    inputs.addAll(graph.inputs());
    int primals = graph.inputs().size();
    return Graph.trace(
        inputs, in -> push(graph, in.subList(0, primals), in.subList(primals, in.size())));
  }

  /**
   * {@return the Jacobian-vector product of a function at x, in the shape of its value}
   *
   * @param function may use traced arrays of the functions around it
   * @param v a tangent, in the shape of x
   */
  public static Tracer product(UnaryOperator<Tracer> function, Tracer x, Tracer v) {
    Closure closure = Functions.trace(function, x);
    return push(closure.graph(), closure.arguments(List.of(x)), Functions.only(v, closure))
        .getLast();
  }

  /** {@return the graph's outputs, then their tangents, in the trace of the arguments} */
  public static List<Tracer> push(Graph graph, List<Tracer> arguments, List<Tracer> inputTangents) {
    Jvp jvp = new Jvp(graph.replay(arguments));
    for (int position = 0; position < graph.instructions().size(); position++) {
      Instruction instruction = graph.instructions().get(position);
      jvp.tangents.add(
          instruction.op() instanceof Op.Input(int input)
              ? inputTangents.get(input)
              : jvp.rule(instruction, jvp.values.get(position)));
    }
    List<Tracer> result = new ArrayList<>(graph.outputs().stream().map(jvp.values::get).toList());
    for (int output : graph.outputs()) {
      result.add(jvp.dense(output));
    }
    return result;
  }

  private Tracer dense(int position) {
    Tracer tangent = tangents.get(position);
    Tracer value = values.get(position);
    return tangent != null ? tangent : value.constant(Tensor.zeros(value.shape()));
  }

  private Tracer rule(Instruction instruction, Tracer out) {
    List<Integer> at = instruction.operands();
    if (at.stream().map(tangents::get).allMatch(Objects::isNull)) {
      return null;
    }
    Tracer a = values.get(at.getFirst());
    Tracer d = tangents.get(at.getFirst());
    return switch (instruction.op()) {
      case Op.Input _, Op.Constant _, Op.Sign _, Op.Less _, Op.Search _, Op.StopGradient _ -> null;
      case Op.Negate() -> d.unaryMinus();
      case Op.Abs() -> d.times(a.sign());
      case Op.Sqrt() -> d.times(0.5).div(out);
      case Op.Exp() -> d.times(out);
      case Op.Log() -> d.div(a);
      case Op.Sin() -> d.times(a.cos());
      case Op.Cos() -> d.times(a.sin()).unaryMinus();
      case Op.Tanh() -> d.minus(d.times(out).times(out));
      case Op.Atan() -> d.div(a.square().plus(1));
      case Op.Sigmoid() -> d.times(out.minus(out.times(out)));
      case Op.Binary op -> binary(op, at, out);
      case Op.Where() -> Tracer.where(a, dense(at.get(1)), dense(at.get(2)));
      case Op.Linear op -> Tracer.apply(op, List.of(d));
      case Op.Concatenate(int axis) ->
          Tracer.concatenate(axis, at.stream().map(this::dense).toList());
      case Op.MatrixMultiply(boolean left, boolean right) -> {
        Tracer b = values.get(at.get(1));
        Tracer e = tangents.get(at.get(1));
        Tracer first = d == null ? null : d.matmul(b, left, right);
        yield sum(first, e == null ? null : a.matmul(e, left, right));
      }
      case Op.MultiplyEach() -> {
        Tracer b = values.get(at.get(1));
        Tracer e = tangents.get(at.get(1));
        yield sum(d == null ? null : d.multiplyEach(b), e == null ? null : a.multiplyEach(e));
      }
      case Op.Take() -> {
        Tracer e = tangents.get(at.get(1));
        yield e == null ? null : e.take(a);
      }
      case Op.PutAdd(int extent) -> {
        Tracer e = tangents.get(at.get(1));
        yield e == null ? null : e.putAdd(a, extent);
      }
      case Op.Print _ -> d;
      case Op.Implicit(var function) -> {
        List<Tracer> operands = new ArrayList<>(at.stream().map(values::get).toList());
        operands.add(out);
        at.forEach(operand -> operands.add(dense(operand)));
        yield Tracer.implicit(function.pushforward(), operands);
      }
    };
  }

  private Tracer binary(Op.Binary op, List<Integer> at, Tracer out) {
    Tracer a = values.get(at.get(0));
    Tracer b = values.get(at.get(1));
    Tracer d = tangents.get(at.get(0));
    Tracer e = tangents.get(at.get(1));
    return switch (op) {
      case Op.Add() -> sum(d, e);
      case Op.Subtract() -> e == null ? d : d == null ? e.unaryMinus() : d.minus(e);
      case Op.Multiply() -> sum(d == null ? null : d.times(b), e == null ? null : e.times(a));
      case Op.Divide() ->
          sum(d == null ? null : d.div(b), e == null ? null : e.times(out).div(b).unaryMinus());
      case Op.Power() ->
          sum(
              d == null ? null : d.times(Rules.powerByBase(a, b)),
              e == null ? null : e.times(Rules.powerByExponent(a, out)));
      case Op.Minimum() -> Tracer.where(a.less(b), dense(at.get(0)), dense(at.get(1)));
      case Op.Maximum() -> Tracer.where(a.less(b), dense(at.get(1)), dense(at.get(0)));
      case Op.Less() -> null;
    };
  }

  private static Tracer sum(Tracer first, Tracer second) {
    return first == null ? second : second == null ? first : first.plus(second);
  }
}
