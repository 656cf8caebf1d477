package odeum.adjoint;

import java.util.List;
import java.util.function.Function;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.ImplicitFunction;
import odeum.graph.Tracer;
import odeum.tensor.Shape;

/**
 * A graph of one output as one primitive: what derives from a solve by other solves. So it can be
 * differentiated again.
 */
final class GraphFunction implements ImplicitFunction {
  private final String name;
  private final Function<List<Shape>, Graph> maker;
  private volatile Made made;

  /** The graph for operands of these shapes. */
  private record Made(List<Shape> shapes, Program program) {}

  /**
   * @param maker the graph for operands of given shapes
   */
  GraphFunction(String name, Function<List<Shape>, Graph> maker) {
    this.name = name;
    this.maker = maker;
  }

  private Program program(List<Shape> shapes) {
    Made last = made;
    if (last == null || !last.shapes().equals(shapes)) {
      last = new Made(List.copyOf(shapes), Program.of(maker.apply(shapes)));
      made = last;
    }
    return last.program();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape(List<Shape> operands) {
    return program(operands).graph().output(0);
  }

  @Override
  public void evaluate(Call call) {
    Made last = made; // of shape(), which every call has gone through
    Program program = last.program();
    Program.Run run = program.borrow();
    for (int i = 0; i < last.shapes().size(); i++) {
      run.set(i, call.memory(), call.operand(i));
    }
    run.run();
    run.get(0, call.memory(), call.result());
    program.giveBack(run);
  }

  @Override
  public ImplicitFunction pullback(List<Integer> wanted) {
    List<Integer> by = List.copyOf(wanted);
    return new GraphFunction("gradient of " + name, shapes -> pull(shapes, by));
  }

  private Graph pull(List<Shape> shapes, List<Integer> wanted) {
    int count = shapes.size() - 2;
    Graph graph = program(shapes.subList(0, count)).graph();
    return Graph.trace(
        shapes,
        in -> {
          List<Tracer> bar = List.of(in.get(count + 1));
          List<Tracer> bars = Vjp.pull(graph, in.subList(0, count), bar, wanted);
          return List.of(Tracer.concatenate(0, bars.stream().map(Tracer::flatten).toList()));
        });
  }

  @Override
  public ImplicitFunction pushforward() {
    return new GraphFunction("tangent of " + name, this::push);
  }

  private Graph push(List<Shape> shapes) {
    int count = (shapes.size() - 1) / 2;
    Graph graph = program(shapes.subList(0, count)).graph();
    return Graph.trace(
        shapes,
        in -> {
          List<Tracer> tangents = in.subList(count + 1, shapes.size());
          return List.of(Jvp.push(graph, in.subList(0, count), tangents).getLast());
        });
  }
}
