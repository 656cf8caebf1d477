package odeum.autodiff;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import odeum.graph.Closure;
import odeum.graph.Tracer;

/** Functions of one array, traced inside another function. */
final class Functions {
  private Functions() {}

  static Closure trace(UnaryOperator<Tracer> function, Tracer x) {
    return Closure.trace(List.of(x.shape()), in -> List.of(function.apply(in.getFirst())));
  }

  /** The tangents of all inputs of a closure, where only its argument has one. */
  static List<Tracer> only(Tracer tangent, Closure closure) {
    List<Tracer> tangents = new ArrayList<>(List.of(tangent));
    tangents.addAll(Collections.nCopies(closure.captured().size(), null));
    return tangents;
  }
}
