package odeum.file;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A graph as data: its instructions in JSON, its known values beside.
 *
 * @param json inputs, instructions and outputs
 * @param constants the values known while tracing, flat, one after the other
 */
public record StoredGraph(Json json, Tensor constants) {
  /**
   * {@code constant}'s values are not in the JSON: they are many, and a tensor keeps their bits.
   */
  static final String CONSTANT = "constant";

  /** What an algorithm is called. */
  static final String ALGORITHM = "algorithm";

  /**
   * {@return a graph as data}
   *
   * @throws IllegalArgumentException if the graph has an {@link Op.Implicit}, which is Java code
   */
  public static StoredGraph of(Graph graph) {
    return of(graph, Algorithms.NONE);
  }

  /**
   * {@return a graph as data}
   *
   * @param algorithms those it may have inside
   * @throws IllegalArgumentException if the graph has another one, which is Java code
   */
  public static StoredGraph of(Graph graph, Algorithms algorithms) {
    List<Tensor> constants = new ArrayList<>();
    List<Json> instructions = new ArrayList<>();
    for (Instruction instruction : graph.instructions()) {
      if (instruction.op() instanceof Op.Constant(Tensor value)) {
        constants.add(value);
      }
      instructions.add(
          described(instruction.op(), algorithms)
              .with("of", Json.ofIntegers(instruction.operands()))
              .with("shape", instruction.shape()));
    }
    Json inputs =
        new Json.Items(
            graph.inputs().stream().map(shape -> Json.ofIntegers(shape.extents())).toList());
    return new StoredGraph(
        Json.fields()
            .with("inputs", inputs)
            .with("instructions", new Json.Items(instructions))
            .with("outputs", Json.ofIntegers(graph.outputs())),
        joined(constants));
  }

  private static Tensor joined(List<Tensor> tensors) {
    double[] values = new double[tensors.stream().mapToInt(Tensor::size).sum()];
    int from = 0;
    for (Tensor tensor : tensors) {
      tensor.copyTo(values, from);
      from += tensor.size();
    }
    return Tensor.of(Shape.of(values.length), values);
  }

  /**
   * {@return the graph} It is traced anew, so every shape is checked and no code but the tracer's
   * runs.
   *
   * @throws IllegalArgumentException if this is no proper graph, saying which instruction is wrong
   */
  public Graph graph() {
    return graph(Algorithms.NONE);
  }

  /**
   * {@return the graph, which may have these algorithms inside}
   *
   * @throws IllegalArgumentException if this is no proper graph, saying which instruction is wrong
   */
  public Graph graph(Algorithms algorithms) {
    return new GraphReader(json, constants, algorithms).graph();
  }

  /** An operation's name and settings. {@link GraphReader} has the way back. */
  private static Json.Fields described(Op op, Algorithms algorithms) {
    return switch (op) {
      case Op.Input(int position) -> named("input").with("position", position);
      case Op.Constant _ -> named(CONSTANT);
      case Op.Negate() -> named("negate");
      case Op.Abs() -> named("abs");
      case Op.Sign() -> named("sign");
      case Op.Sqrt() -> named("sqrt");
      case Op.Exp() -> named("exp");
      case Op.Log() -> named("log");
      case Op.Sin() -> named("sin");
      case Op.Cos() -> named("cos");
      case Op.Atan() -> named("atan");
      case Op.Tanh() -> named("tanh");
      case Op.Sigmoid() -> named("sigmoid");
      case Op.Add() -> named("add");
      case Op.Subtract() -> named("subtract");
      case Op.Multiply() -> named("multiply");
      case Op.Divide() -> named("divide");
      case Op.Power() -> named("power");
      case Op.Minimum() -> named("minimum");
      case Op.Maximum() -> named("maximum");
      case Op.Less() -> named("less");
      case Op.Where() -> named("where");
      case Op.Reshape _ -> named("reshape");
      case Op.Broadcast _ -> named("broadcast");
      case Op.Transpose(List<Integer> axes) ->
          named("transpose").with("axes", Json.ofIntegers(axes));
      case Op.Slice(int axis, int from, int to) ->
          named("slice").with("axis", axis).with("from", from).with("to", to);
      case Op.Pad(int axis, int before, int after) ->
          named("pad").with("axis", axis).with("before", before).with("after", after);
      case Op.Concatenate(int axis) -> named("concatenate").with("axis", axis);
      case Op.Sum(int axis) -> named("sum").with("axis", axis);
      case Op.MatrixMultiply(boolean left, boolean right) ->
          named("matrix multiply").with("left", left).with("right", right);
      case Op.CumulativeSum(int axis, boolean reverse) ->
          named("cumulative sum").with("axis", axis).with("reverse", reverse);
      case Op.Gather(int axis, List<Integer> indices) ->
          named("gather").with("axis", axis).with("indices", Json.ofIntegers(indices));
      case Op.ScatterAdd(int axis, List<Integer> indices, int extent) ->
          named("scatter add")
              .with("axis", axis)
              .with("indices", Json.ofIntegers(indices))
              .with("extent", extent);
      case Op.Search() -> named("search");
      case Op.Take() -> named("take");
      case Op.PutAdd(int extent) -> named("put add").with("extent", extent);
      case Op.MultiplyEach() -> named("multiply each");
      case Op.StopGradient() -> named("stop gradient");
      case Op.Print(String name) -> named("print").with("name", name);
      case Op.Implicit(var function) ->
          named(ALGORITHM)
              .with(
                  ALGORITHM,
                  algorithms
                      .write(function)
                      .orElseThrow(
                          () ->
                              new IllegalArgumentException(
                                  "The graph has the algorithm '%s' inside, which is Java code and cannot be kept in a file. Keep the parameters (Parameters.save) and build the rest anew."
                                      .formatted(function.name()))));
    };
  }

  private static Json.Fields named(String op) {
    return Json.fields().with("op", op);
  }
}
