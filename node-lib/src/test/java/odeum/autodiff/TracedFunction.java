package odeum.autodiff;

import java.util.ArrayList;
import java.util.List;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A graph of one output as an algorithm. It records its operands, and its derivatives read them
 * there only, so they notice a record that is not the right one.
 */
final class TracedFunction implements ImplicitFunction {
  private final Graph graph;
  private final int recorded;
  private final Program program;

  TracedFunction(Graph graph) {
    this(graph, -1);
  }

  /**
   * @param recorded the operand whose record holds all operands before it, or -1
   */
  private TracedFunction(Graph graph, int recorded) {
    this.graph = graph;
    this.recorded = recorded;
    this.program = Program.of(graph);
  }

  @Override
  public String name() {
    return "traced";
  }

  @Override
  public Shape shape(List<Shape> operands) {
    if (!operands.equals(graph.inputs())) {
      throw new IllegalArgumentException(operands + " instead of " + graph.inputs());
    }
    return graph.output(0);
  }

  @Override
  public void evaluate(Call call) {
    List<Tensor> operands = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      double[] values = new double[call.shape(i).size()];
      System.arraycopy(call.memory(), call.operand(i), values, 0, values.length);
      operands.add(Tensor.of(call.shape(i), values));
    }
    if (recorded >= 0) {
      List<?> record = (List<?>) call.recordOf(recorded);
      for (int i = 0; i < recorded; i++) {
        operands.set(i, (Tensor) record.get(i));
      }
    }
    program.run(operands).getFirst().copyTo(call.memory(), call.result());
    call.record(operands);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    List<Shape> shapes = new ArrayList<>(graph.inputs());
    shapes.add(graph.output(0));
    shapes.add(graph.output(0));
    int count = graph.inputs().size();
    Graph pulled =
        Graph.trace(
            shapes,
            in ->
                List.of(
                    Tracer.concatenate(
                        0,
                        Vjp.pull(graph, in.subList(0, count), List.of(in.get(count + 1)), wanted)
                            .stream()
                            .map(Tracer::flatten)
                            .toList())));
    return new TracedFunction(pulled, count);
  }

  @Override
  public ImplicitFunction pushforward() {
    List<Shape> shapes = new ArrayList<>(graph.inputs());
    shapes.add(graph.output(0));
    shapes.addAll(graph.inputs());
    int count = graph.inputs().size();
    Graph pushed =
        Graph.trace(
            shapes,
            in ->
                List.of(
                    Jvp.push(graph, in.subList(0, count), in.subList(count + 1, shapes.size()))
                        .getLast()));
    return new TracedFunction(pushed, count);
  }
}
