package odeum.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.nn.Parameters;
import odeum.solver.Problem;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** What an {@link OdeNet} solves for one sample alone. */
final class StatePaths {
  private final OdeNet net;
  private final Map<Shape, Traces> traces = new ConcurrentHashMap<>();

  /** The stem and the equation for samples of one shape. */
  private record Traces(Program stem, TracedField field) {}

  StatePaths(OdeNet net) {
    this.net = net;
  }

  Problem problem(Parameters all, Tensor x, double end) {
    Structure structure = all.structure();
    Traces own = traces.computeIfAbsent(x.shape(), shape -> trace(structure, shape));
    Tensor y = own.stem.run(List.of(all.flat(), x)).getFirst();
    Tensor block = structure.has("block") ? all.at("block").flat() : Tensor.vector();
    return Problem.of(OdeTerm.of(own.field, block), y.reshape(Shape.of(y.size())), 0, end);
  }

  private Traces trace(Structure structure, Shape sample) {
    Graph stem =
        Graph.trace(
            List.of(Shape.of(structure.size()), sample),
            in -> List.of(net.stem(new Traced(structure, in.get(0)), in.get(1))));
    Structure block = structure.has("block") ? structure.members("block") : Structure.EMPTY;
    return new Traces(Program.of(stem), TracedField.of(net.field(), stem.output(0), block));
  }
}
