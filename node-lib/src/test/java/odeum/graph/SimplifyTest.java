package odeum.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import odeum.autodiff.Vjp;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The shorter ways that are found while tracing. That they lead to the same bits is tested on
 * random graphs, in DerivativeProperties.
 */
class SimplifyTest {
  private static final Shape SHAPE = Shape.of(4, 3);

  /** What an output needs, in order, without the inputs. */
  private static List<Op> needed(Graph graph) {
    boolean[] needed = new boolean[graph.instructions().size()];
    graph.outputs().forEach(output -> needed[output] = true);
    List<Op> ops = new ArrayList<>();
    for (int position = needed.length - 1; position >= 0; position--) {
      Instruction instruction = graph.instructions().get(position);
      if (needed[position] && !(instruction.op() instanceof Op.Input)) {
        ops.addFirst(instruction.op());
      }
      if (needed[position]) {
        instruction.operands().forEach(operand -> needed[operand] = true);
      }
    }
    return ops;
  }

  private static Graph trace(UnaryOperator<Tracer> function) {
    return Graph.trace(List.of(SHAPE), in -> List.of(function.apply(in.getFirst())));
  }

  @TestFactory
  Stream<DynamicTest> whatCancelsOutIsGone() {
    Map<String, UnaryOperator<Tracer>> nothing = new LinkedHashMap<>();
    nothing.put("two negatives", x -> x.unaryMinus().unaryMinus());
    nothing.put("two transposes", x -> x.transpose().transpose());
    nothing.put("two reshapes", x -> x.flatten().reshape(SHAPE));
    nothing.put("times one", x -> x.times(x.constant(Tensor.full(SHAPE, 1))));
    nothing.put("one times", x -> x.constant(1).times(x));
    nothing.put("divided by one", x -> x.div(x.constant(1)));
    nothing.put("plus zero", x -> x.plus(x.constant(0)));
    nothing.put("zero plus", x -> x.constant(Tensor.zeros(Shape.of(3))).plus(x));
    nothing.put("minus zero", x -> x.minus(x.constant(0)));
    nothing.put("slice of pad", x -> x.pad(1, 2, 1).slice(1, 2, 5));
    nothing.put(
        "slice of concatenation", x -> Tracer.concatenate(0, List.of(x.sin(), x)).slice(0, 4, 8));
    nothing.put(
        "neighbouring runs",
        x -> Tracer.concatenate(0, List.of(x.slice(0, 0, 1), x.slice(0, 1, 4))));
    nothing.put(
        "cut and put together",
        x -> x.slice(0, 0, 1).pad(0, 0, 3).plus(x.slice(0, 1, 4).pad(0, 1, 0)));
    nothing.put("sum over one element", x -> x.reshape(Shape.of(4, 1, 3)).sum(1));
    return nothing.entrySet().stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.getKey(), () -> assertEquals(List.of(), needed(trace(c.getValue())))));
  }

  @Test
  void twoOfAKindAreOne() {
    assertEquals(
        List.of(new Op.Slice(0, 2, 3)), needed(trace(x -> x.slice(0, 1, 4).slice(0, 1, 2))));
    assertEquals(
        List.of(new Op.Transpose(List.of(1, 2, 0))),
        needed(
            Graph.trace(
                List.of(Shape.of(2, 3, 4)),
                in ->
                    List.of(
                        in.getFirst().transpose(List.of(2, 0, 1)).transpose(List.of(2, 0, 1))))));
    assertEquals(
        List.of(new Op.Reshape(Shape.of(1, 4, 3)), new Op.Broadcast(Shape.of(5, 4, 3))),
        needed(
            trace(
                x ->
                    x.reshape(Shape.of(1, 4, 3))
                        .broadcast(Shape.of(5, 4, 3))
                        .broadcast(Shape.of(5, 4, 3)))));
    assertEquals(
        List.of(new Op.Reshape(Shape.of(4, 1, 3))),
        needed(trace(x -> x.reshape(Shape.of(1, 4, 3)).transpose(List.of(1, 0, 2)))));
  }

  @Test
  void aSumIsNegatedInsteadOfWhatItSums() {
    assertEquals(
        List.of(new Op.Sum(0), new Op.Negate()), needed(trace(x -> x.unaryMinus().sum(0))));
    assertEquals(
        List.of(new Op.Negate(), new Op.Sum(1)),
        needed(trace(x -> x.unaryMinus().sum(1))),
        "sums along the last axis stay, as they are collected over many runs");
  }

  @Test
  void repetitionsOfANumberStayOne() {
    List<Op> ops =
        needed(
            trace(
                x ->
                    x.times(
                        x.constant(2)
                            .broadcast(Shape.of(4))
                            .reshape(Shape.of(4, 1))
                            .broadcast(SHAPE))));
    assertEquals(
        List.of(new Op.Constant(Tensor.scalar(2)), new Op.Broadcast(SHAPE), new Op.Multiply()),
        ops);
    ops =
        needed(
            trace(
                x ->
                    x.slice(0, 0, 1)
                        .slice(1, 0, 1)
                        .broadcast(Shape.of(1, 4))
                        .reshape(Shape.of(4, 1))
                        .broadcast(SHAPE)));
    assertEquals(1, ops.stream().filter(Op.Broadcast.class::isInstance).count());
  }

  @Test
  void theGradientOfAParameterVectorIsPutTogetherOnce() {
    Structure names =
        Structure.EMPTY
            .and("a", Shape.of(2))
            .and("b", Shape.of(3))
            .and("c", Shape.of())
            .and("d", Shape.of(2, 2));
    Graph loss =
        Graph.trace(
            List.of(Shape.of(names.size())),
            in -> {
              Traced p = new Traced(names, in.getFirst());
              return List.of(
                  p.get("a")
                      .sin()
                      .sum()
                      .times(p.get("b").exp().sum())
                      .plus(p.get("d").square().sum()));
            });
    List<Op> ops =
        needed(
            Graph.trace(
                loss.inputs(), in -> Vjp.pull(loss, in, List.of(in.getFirst().constant(1)))));
    assertEquals(1, ops.stream().filter(Op.Concatenate.class::isInstance).count());
    assertTrue(ops.getLast() instanceof Op.Concatenate);
    assertTrue(ops.stream().noneMatch(Op.Pad.class::isInstance), ops::toString);
  }

  @Test
  void overlappingPartsAreAdded() {
    List<Op> ops =
        needed(trace(x -> x.slice(0, 0, 2).pad(0, 0, 2).plus(x.slice(0, 1, 4).pad(0, 1, 0))));
    assertTrue(ops.contains(new Op.Add()));
  }
}
