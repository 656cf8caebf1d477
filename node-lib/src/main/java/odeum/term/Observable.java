package odeum.term;

import java.util.List;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/**
 * Named numbers computed from time, state and parameters: the {@code let}s of a system, or the
 * value whose zero is an event.
 */
public final class Observable {
  private final List<String> names;
  private final Graph graph;
  private final Program program;

  private Observable(List<String> names, Graph graph) {
    this.names = List.copyOf(names);
    this.graph = graph;
    this.program = Program.of(graph, List.of(2));
  }

  /** {@return the observable; the function gives one value per name, shape {@code (names)}} */
  public static Observable of(
      List<String> names, VectorField function, Shape state, Structure parameters) {
    List<Shape> inputs = List.of(Shape.of(), state, Shape.of(parameters.size()));
    Graph graph =
        Graph.trace(
            inputs,
            in -> List.of(values(function, in, parameters).reshape(Shape.of(names.size()))));
    return new Observable(names, graph);
  }

  private static Tracer values(VectorField function, List<Tracer> in, Structure parameters) {
    return function.apply(in.get(0), in.get(1), new Traced(parameters, in.get(2)));
  }

  /** {@return the name of each value} */
  public List<String> names() {
    return names;
  }

  /**
   * {@return the computation; inputs t {@code ()}, y, p {@code (parameters)}; output {@code
   * (names)}}
   */
  public Graph graph() {
    return graph;
  }

  /** {@return the function at these parameters, with its own memory: for one thread} */
  public Derivative open(double[] parameters) {
    return Opened.at(program, parameters);
  }
}
