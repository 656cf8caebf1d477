package odeum.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import org.junit.jupiter.api.Test;

class StoredGraphTest {
  private static final List<Tensor> ARGUMENTS =
      List.of(
          Tensor.matrix(new double[] {0.1, 2.5, -1.5}, new double[] {-0.3, 0.7, 4}),
          Tensor.vector(1.25, -0.75));

  /** One of each operation but {@link Op.Implicit}. */
  private static Graph everything() {
    return Graph.trace(
        List.of(Shape.of(2, 3), Shape.of(2)), in -> everything(in.get(0), in.get(1)));
  }

  private static List<Tracer> everything(Tracer a, Tracer b) {
    Tracer positive = a.square().plus(0.1);
    List<Tracer> out = new ArrayList<>();
    out.addAll(List.of(a.unaryMinus(), a.abs(), a.sign(), positive.sqrt(), a.exp()));
    out.addAll(List.of(positive.log(), a.sin(), a.cos(), a.tanh(), a.sigmoid()));
    out.addAll(List.of(a.plus(1 / 3.), a.minus(positive), a.times(positive), a.div(positive)));
    out.addAll(List.of(positive.pow(a), a.min(positive), a.max(a.sin()), a.less(a.cos())));
    out.add(Tracer.where(a.less(positive), a, positive));
    out.addAll(List.of(a.reshape(Shape.of(3, 2)), b.broadcast(Shape.of(3, 2)), a.transpose()));
    out.addAll(List.of(a.slice(1, 1, 3), a.pad(0, 1, 2), a.sum(1)));
    out.add(
        Tracer.concatenate(1, List.of(a, positive, a.constant(Tensor.full(Shape.of(2, 1), 7)))));
    out.addAll(List.of(a.matmul(positive, false, true), a.matmul(positive, true, false)));
    out.add(a.transpose().matmul(b.reshape(Shape.of(2, 1)), false, false));
    out.addAll(List.of(a.atan(), a.cumulativeSum(1, true), a.gather(1, List.of(2, -1, 0))));
    out.add(a.scatterAdd(0, List.of(3, -1), 4));
    Tracer numbers = a.search(positive);
    out.addAll(List.of(numbers, a.take(numbers), positive.putAdd(numbers, 3)));
    Tracer many = a.reshape(Shape.of(2, 1, 3));
    out.add(many.multiplyEach(many.sin().reshape(Shape.of(1, 2, 3))));
    out.addAll(List.of(a.stopGradient(), b.print("b"), b.constant(Double.NaN), b));
    return out;
  }

  private static void leaves(Class<?> sealed, Set<String> names) {
    for (Class<?> type : sealed.getPermittedSubclasses()) {
      if (type.isSealed()) {
        leaves(type, names);
      } else {
        names.add(type.getSimpleName());
      }
    }
  }

  private static Graph again(Graph graph) {
    StoredGraph stored = StoredGraph.of(graph);
    return new StoredGraph(Json.parse(stored.json().write()), stored.constants()).graph();
  }

  @Test
  void keepsEveryOperation() {
    Set<String> all = new TreeSet<>();
    leaves(Op.class, all);
    Graph graph = everything();
    Set<String> here =
        graph.instructions().stream()
            .map(instruction -> instruction.op().getClass().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    here.add(Op.Implicit.class.getSimpleName());
    assertEquals(all, here, "everything() needs one of each operation");
    assertEquals(graph, again(graph));
    List<Tensor> values = Program.of(graph).run(ARGUMENTS);
    List<Tensor> valuesAgain = Program.of(again(graph)).run(ARGUMENTS);
    for (int i = 0; i < values.size(); i++) {
      assertArrayEquals(values.get(i).toArray(), valuesAgain.get(i).toArray());
    }
  }

  @Test
  void refusesAnAlgorithmByItsName() {
    Solve solve =
        Solve.of((t, y, p) -> y.unaryMinus(), Integrator.of(Solvers.tsit5()), Adjoint.direct());
    Graph graph =
        Graph.trace(
            List.of(Shape.of(1), Shape.of(2)),
            in -> {
              Tracer none = in.get(0).slice(0, 0, 0);
              return List.of(solve.apply(new Traced(Structure.EMPTY, none), in.get(0), in.get(1)));
            });
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> StoredGraph.of(graph));
    assertTrue(e.getMessage().contains("'solve (tsit5)'"), e.getMessage());
  }

  private static void refused(String instructions, String outputs, String why) {
    Json json =
        Json.parse(
            "{\"inputs\":[[2,3],[2]],\"instructions\":[%s],\"outputs\":%s}"
                .formatted(instructions, outputs));
    StoredGraph stored = new StoredGraph(json, Tensor.vector(1, 2));
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, stored::graph, instructions);
    assertTrue(e.getMessage().contains(why), e.getMessage());
  }

  private static String line(String op, String settings, String of, String shape) {
    return "{\"op\":\"%s\"%s,\"of\":%s,\"shape\":%s}".formatted(op, settings, of, shape);
  }

  private static String after(String... lines) {
    List<String> all = new ArrayList<>();
    all.add(line("input", ",\"position\":0", "[]", "[2,3]"));
    all.add(line("constant", "", "[]", "[2]"));
    all.addAll(Arrays.asList(lines));
    return String.join(",", all);
  }

  @Test
  void refusesWhatIsNoGraph() {
    refused(after(line("negate", "", "[2]", "[2,3]")), "[0]", "instruction 2 of the graph");
    refused(after(line("negate", "", "[-1]", "[2,3]")), "[0]", "there is no value -1 before it");
    refused(after(line("negate", "", "[0,0]", "[2,3]")), "[0]", "too many operands");
    refused(after(line("add", "", "[0]", "[2,3]")), "[0]", "(add)");
    refused(after(line("negate", "", "[0]", "[3,2]")), "[0]", "its shape would be (2, 3)");
    refused(after(line("add", "", "[0,1]", "[2,3]")), "[0]", "do not fit together");
    refused(after(line("launch", "", "[0]", "[2,3]")), "[0]", "a newer one may");
    refused(after(line("sum", ",\"axis\":2", "[0]", "[2]")), "[0]", "(sum)");
    refused(after(line("sum", ",\"axis\":-1", "[0]", "[2]")), "[0]", "negative");
    refused(after(line("sum", "", "[0]", "[2]")), "[0]", "no 'axis'");
    refused(after(line("sum", ",\"axis\":\"1\"", "[0]", "[2]")), "[0]", "whole number");
    String inside = ",\"axis\":1,\"from\":2,\"to\":4";
    refused(after(line("slice", inside, "[0]", "[2,2]")), "[0]", "(slice)");
    String negative = ",\"axis\":1,\"before\":-1,\"after\":1";
    refused(after(line("pad", negative, "[0]", "[2,3]")), "[0]", "negative");
    refused(after(line("transpose", ",\"axes\":[0,0]", "[0]", "[2,2]")), "[0]", "no order");
    refused(after(line("concatenate", ",\"axis\":0", "[]", "[0]")), "[0]", "(concatenate)");
    refused(after(line("constant", "", "[]", "[1]")), "[0]", "(constant)");
    refused(line("input", ",\"position\":2", "[]", "[2]"), "[0]", "Index 2");
    refused(line("input", ",\"position\":1", "[]", "[2]"), "[0]", "0 constant numbers");
    refused(after(), "[2]", "there is no value 2");
    refused(after(), "[\"0\"]", "whole number");
    refused(after(line("print", ",\"name\":\"\\u001b[2J\"", "[0]", "[2,3]")), "[0]", "to print");
  }

  @Test
  void refusesToGrowWithoutBound() {
    String huge = line("broadcast", "", "[1]", "[1073741823,2]");
    refused(after(huge), "[0]", "values in all");
    refused(after(line("broadcast", "", "[1]", "[1073741824,2]")), "[0]", "overflow");
    String part = line("broadcast", "", "[1]", "[8388608,2]");
    refused(after(Stream.generate(() -> part).limit(5).toArray(String[]::new)), "[0]", "values");
  }
}
