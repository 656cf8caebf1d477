package odeum.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;

/**
 * The operation that made a computation NaN or infinite: the first whose result is not finite while
 * all it was computed from is. Others that are not finite, but do not reach the result, do not
 * count.
 *
 * @param op the operation
 * @param nan whether it is NaN; else it is infinite
 * @param words the operation and its operands: {@code log of -0.003}
 */
public record NotFinite(Op op, boolean nan, String words) {
  /** {@return the operation that made an output of a graph NaN or infinite, if one did} */
  public static Optional<NotFinite> find(Graph graph, List<Tensor> inputs) {
    List<Tensor> values = values(graph, inputs);
    int first = first(graph, values);
    return first < 0 ? Optional.empty() : Optional.of(at(graph, values, first));
  }

  /** The position of that operation, or -1. */
  private static int first(Graph graph, List<Tensor> values) {
    boolean[] reached = new boolean[values.size()];
    ArrayDeque<Integer> open = new ArrayDeque<>(graph.outputs());
    int first = values.size();
    while (!open.isEmpty()) {
      int position = open.removeLast();
      if (reached[position] || isFinite(values.get(position))) {
        continue;
      }
      reached[position] = true;
      List<Integer> from = sources(graph.instructions().get(position), values);
      if (from.stream().allMatch(operand -> isFinite(values.get(operand)))) {
        first = Math.min(first, position);
      }
      open.addAll(from);
    }
    return first == values.size() ? -1 : first;
  }

  /**
   * {@return the same with the layer it belongs to, where there are networks: {@code layer 2, after
   * exp of 800}}
   *
   * @param input which input holds the parameters
   * @param parameters their names
   */
  public static Optional<NotFinite> find(
      Graph graph, List<Tensor> inputs, int input, Structure parameters) {
    List<Tensor> values = values(graph, inputs);
    int first = first(graph, values);
    if (first < 0) {
      return Optional.empty();
    }
    NotFinite found = at(graph, values, first);
    return Optional.of(
        LayerNames.of(graph, first, input, parameters)
            .map(layer -> new NotFinite(found.op, found.nan, layer + ", after " + found.words))
            .orElse(found));
  }

  /** {@return {@code first NaN: log of -0.003}, or {@code first infinite value: exp of 800}} */
  public String clause() {
    return (nan ? "first NaN: " : "first infinite value: ") + words;
  }

  /** {@return an operation on numbers in words: {@code division of 1 by 0}} */
  public static String words(Op op, double... operands) {
    return OperationWords.of(op, operands);
  }

  /** Every value of a graph; nothing is printed again. */
  private static List<Tensor> values(Graph graph, List<Tensor> inputs) {
    List<Instruction> quiet =
        graph.instructions().stream().map(i -> i.op() instanceof Op.Print ? silent(i) : i).toList();
    List<Integer> all = IntStream.range(0, quiet.size()).boxed().toList();
    return Program.plain(new Graph(graph.inputs(), quiet, all)).run(inputs);
  }

  private static Instruction silent(Instruction print) {
    return new Instruction(new Op.StopGradient(), print.operands(), print.shape());
  }

  /** The operands that a value that is not finite can come from: of a choice, what was chosen. */
  private static List<Integer> sources(Instruction instruction, List<Tensor> values) {
    List<Integer> operands = instruction.operands();
    if (!(instruction.op() instanceof Op.Where)) {
      return operands;
    }
    Tensor condition = values.get(operands.getFirst());
    List<Integer> chosen = new ArrayList<>(operands.subList(0, 1));
    for (int which = 1; which <= 2; which++) {
      Tensor value = values.get(operands.get(which));
      boolean first = which == 1;
      if (IntStream.range(0, value.size())
          .anyMatch(i -> (condition.at(i) != 0) == first && !Double.isFinite(value.at(i)))) {
        chosen.add(operands.get(which));
      }
    }
    return chosen;
  }

  private static NotFinite at(Graph graph, List<Tensor> values, int position) {
    Instruction instruction = graph.instructions().get(position);
    Tensor value = values.get(position);
    int element =
        IntStream.range(0, value.size())
            .filter(i -> !Double.isFinite(value.at(i)))
            .findFirst()
            .orElseThrow();
    List<Tensor> operands = instruction.operands().stream().map(values::get).toList();
    String words =
        switch (instruction.op()) {
          case Op.Unary op -> OperationWords.of(op, operands.getFirst().at(element));
          case Op.Binary op ->
              OperationWords.of(op, operands.get(0).at(element), operands.get(1).at(element));
          case Op.Implicit(var function) ->
              function
                  .trouble(operands)
                  .map(why -> function.name() + ": " + clause(why))
                  .orElseGet(function::name);
          default -> OperationWords.of(instruction.op());
        };
    return new NotFinite(instruction.op(), Double.isNaN(value.at(element)), words);
  }

  /** A sentence as a part of another one. */
  private static String clause(String sentence) {
    return sentence.substring(0, 1).toLowerCase(Locale.ROOT)
        + sentence.substring(1).replaceFirst("\\.$", "");
  }

  private static boolean isFinite(Tensor value) {
    return IntStream.range(0, value.size()).allMatch(i -> Double.isFinite(value.at(i)));
  }
}
