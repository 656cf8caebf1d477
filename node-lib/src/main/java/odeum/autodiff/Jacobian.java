package odeum.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import odeum.graph.Closure;
import odeum.graph.Graph;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Jacobians inside a computation: all derivatives of a function's value by its argument, by as many
 * forward passes as the argument has values or reverse passes as the result has, whichever are
 * fewer; all passes run as one batch.
 */
public final class Jacobian {
  private Jacobian() {}

  /**
   * {@return the Jacobian of a function, itself a function: of x, in the shape of the value, then
   * that of x}
   *
   * @param function may use traced arrays of the functions around it
   */
  public static UnaryOperator<Tracer> of(UnaryOperator<Tracer> function) {
    return x -> {
      Closure closure = Functions.trace(function, x);
      boolean forward = x.shape().size() <= closure.graph().output(0).size();
      Tracer matrix = forward ? forward(closure, x) : reverse(closure, x);
      List<Integer> extents = new ArrayList<>(closure.graph().output(0).extents());
      extents.addAll(x.shape().extents());
      return matrix.reshape(new Shape(extents));
    };
  }

  /** Shape {@code (results, arguments)}. */
  private static Tracer forward(Closure closure, Tracer x) {
    Graph graph = closure.graph();
    Graph push =
        Graph.trace(
            with(graph.inputs(), x.shape()),
            in ->
                List.of(
                    Jvp.push(
                            graph,
                            in.subList(0, in.size() - 1),
                            Functions.only(in.getLast(), closure))
                        .getLast()));
    Tracer columns = units(push, closure.arguments(List.of(x)), x.shape());
    return columns.reshape(Shape.of(graph.output(0).size(), x.shape().size()));
  }

  private static Tracer reverse(Closure closure, Tracer x) {
    Graph graph = closure.graph();
    Shape result = graph.output(0);
    Graph pull =
        Graph.trace(
            with(graph.inputs(), result),
            in -> Vjp.pull(graph, in.subList(0, in.size() - 1), List.of(in.getLast()), List.of(0)));
    Tracer rows = units(pull, closure.arguments(List.of(x)), result);
    return rows.reshape(Shape.of(x.shape().size(), result.size())).transpose();
  }

  /** The graph for each unit vector as its last input; the last axis counts them. */
  private static Tracer units(Graph graph, List<Tracer> arguments, Shape shape) {
    int size = shape.size();
    double[] identity = new double[size * size];
    for (int i = 0; i < size; i++) {
      identity[i * size + i] = 1;
    }
    Tensor units = Tensor.of(shape.append(size), identity);
    List<Boolean> mapped = new ArrayList<>(Collections.nCopies(arguments.size(), false));
    mapped.add(true);
    List<Tracer> all = with(arguments, arguments.getFirst().constant(units));
    return Vmap.push(graph, all, mapped, size).spread(size).getFirst();
  }

  private static <T> List<T> with(List<T> list, T last) {
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
