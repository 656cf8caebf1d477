package odeum.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import odeum.tensor.Shape;

/**
 * A function traced inside another one, of which it may use traced arrays.
 *
 * @param graph what it does; its inputs are the arguments, then what was captured
 * @param captured the arrays of enclosing functions, in the order of their first use
 */
public record Closure(Graph graph, List<Tracer> captured) {
  public Closure {
    captured = List.copyOf(captured);
  }

  /** {@return what {@code function} does to inputs of these shapes} The function runs once. */
  public static Closure trace(List<Shape> inputs, Function<List<Tracer>, List<Tracer>> function) {
    return Trace.closure(inputs, function, true);
  }

  /** {@return the graph's inputs: these arguments, then what was captured} */
  public List<Tracer> arguments(List<Tracer> arguments) {
    List<Tracer> all = new ArrayList<>(arguments);
    all.addAll(captured);
    return List.copyOf(all);
  }
}
