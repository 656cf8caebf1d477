package odeum.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.graph.Tracer;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The check of derivatives notices every mistake in a rule: each instruction that a rule wrote is
 * spoilt in turn, and the check must fail.
 */
class MutationTest {
  @TestFactory
  Stream<DynamicTest> everyMistakeIsNoticed() {
    // A variance sums distances from a mean: a zero, which no factor spoils.
    return Cases.ALL.entrySet().stream()
        .filter(c -> !Set.of("standardize", "mean and variance").contains(c.getKey()))
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.getKey(), () -> Cases.quietly(() -> check(c.getValue()))));
  }

  private static void check(UnaryOperator<Tracer> function) {
    Graph graph =
        Graph.trace(List.of(Shape.of(3, 2)), in -> List.of(function.apply(in.getFirst())));
    List<Tensor> x = List.of(RandomKey.of(7).uniform(Shape.of(3, 2), 0.3, 1.4));
    Graph vjp = Vjp.of(graph);
    Graph jvp = Jvp.of(graph);
    assertEquals(Optional.empty(), DerivativeCheck.of(graph, x, vjp, jvp));
    for (int position : spoilable(graph, vjp, vjp.outputs())) {
      Optional<String> found = DerivativeCheck.of(graph, x, spoilt(vjp, position), jvp);
      assertTrue(found.isPresent(), () -> "reverse: " + vjp.instructions().get(position));
    }
    for (int position : spoilable(graph, jvp, List.of(jvp.outputs().getLast()))) {
      Optional<String> found = DerivativeCheck.of(graph, x, vjp, spoilt(jvp, position));
      assertTrue(found.isPresent(), () -> "forward: " + jvp.instructions().get(position));
    }
  }

  /**
   * What the rules wrote and the outputs need, but what leads to conditions and signs, which do not
   * change when it is multiplied.
   */
  private static List<Integer> spoilable(Graph graph, Graph derivative, List<Integer> outputs) {
    int inputs = graph.inputs().size();
    int values =
        Graph.trace(derivative.inputs(), in -> graph.inline(in.subList(0, inputs)))
            .instructions()
            .size();
    boolean[] counts = new boolean[derivative.instructions().size()];
    outputs.forEach(output -> counts[output] = true);
    for (int position = counts.length - 1; position >= 0; position--) {
      Instruction instruction = derivative.instructions().get(position);
      List<Integer> at = instruction.operands();
      int first =
          switch (instruction.op()) {
            case Op.Sign _, Op.Less _, Op.Search _ -> at.size();
            case Op.Where _, Op.Take _, Op.PutAdd _ -> 1;
            default -> 0;
          };
      if (counts[position]) {
        at.subList(first, at.size()).forEach(operand -> counts[operand] = true);
      }
    }
    return IntStream.range(values, counts.length)
        .filter(i -> counts[i] && !isZero(derivative, i))
        .boxed()
        .toList();
  }

  /** Zero, whatever it is multiplied by. */
  private static boolean isZero(Graph graph, int position) {
    Instruction instruction = graph.instructions().get(position);
    return switch (instruction.op()) {
      case Op.Constant(Tensor value) ->
          IntStream.range(0, value.size()).allMatch(i -> value.at(i) == 0);
      case Op.Linear _ -> isZero(graph, instruction.operands().getFirst());
      default -> false;
    };
  }

  /** The graph with one value multiplied by 1.01 wherever it is used. */
  private static Graph spoilt(Graph graph, int position) {
    return Graph.trace(
        graph.inputs(),
        in -> {
          List<Tracer> values =
              new ArrayList<>(Collections.nCopies(graph.instructions().size(), null));
          for (int i = 0; i < values.size(); i++) {
            Instruction instruction = graph.instructions().get(i);
            Tracer value =
                switch (instruction.op()) {
                  case Op.Input(int input) -> in.get(input);
                  case Op.Constant(Tensor constant) -> in.getFirst().constant(constant);
                  case Op op ->
                      Tracer.apply(op, instruction.operands().stream().map(values::get).toList());
                };
            values.set(i, i == position ? value.times(1.01) : value);
          }
          return graph.outputs().stream().map(values::get).toList();
        });
  }
}
