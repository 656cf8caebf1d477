package odeum.term;

import java.util.ArrayList;
import java.util.List;
import odeum.graph.Closure;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/**
 * A vector field with the parameters it is solved at. What the field uses of the functions it is
 * traced in is a parameter like others, so it has derivatives too.
 *
 * @param field the field
 * @param parameters its parameters, flat: those it was given, then what it captured
 */
public record FieldClosure(TracedField field, Tracer parameters) {
  private static final String CAPTURED = "(captured)";

  /** {@return the field traced inside the function that its parameters belong to} */
  public static FieldClosure of(VectorField field, Shape state, Traced p) {
    Structure given = p.structure();
    List<Shape> inputs = List.of(Shape.of(), state, Shape.of(given.size()));
    Closure closure =
        Closure.trace(inputs, in -> List.of(TracedField.derivative(field, in, given)));
    if (closure.captured().isEmpty()) {
      return new FieldClosure(TracedField.of(closure.graph(), given), p.flat());
    }
    List<Tracer> parts = new ArrayList<>(List.of(p.flat()));
    Structure captured = Structure.EMPTY;
    for (Tracer tracer : closure.captured()) {
      captured = captured.and(String.valueOf(parts.size()), tracer.shape());
      parts.add(tracer.flatten());
    }
    Structure all = given.and(CAPTURED, captured);
    return new FieldClosure(
        TracedField.of(unpacked(closure, state, all), all), Tracer.concatenate(0, parts));
  }

  /** The field with all its parameters in one vector. */
  private static Graph unpacked(Closure closure, Shape state, Structure all) {
    int given = closure.graph().inputs().get(2).size();
    return Graph.trace(
        List.of(Shape.of(), state, Shape.of(all.size())),
        in -> {
          List<Tracer> arguments =
              new ArrayList<>(List.of(in.get(0), in.get(1), in.get(2).slice(0, 0, given)));
          Traced captured = new Traced(all, in.get(2)).at(CAPTURED);
          captured.structure().names().forEach(name -> arguments.add(captured.get(name)));
          return closure.graph().inline(arguments);
        });
  }
}
