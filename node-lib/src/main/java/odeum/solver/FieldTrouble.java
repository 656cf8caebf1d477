package odeum.solver;

import java.util.List;
import java.util.Optional;
import odeum.compile.NotFinite;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/** Finds why a derivative is not finite, as far as the problem's term can be looked into. */
final class FieldTrouble {
  /** The place of the state among the inputs of a field: what a derivative by hand is known by. */
  static final int STATE = 1;

  private static final int PARAMETERS = 2;

  private FieldTrouble() {}

  static Optional<Trouble> of(Problem problem, double t, double[] state) {
    OdeTerm term = problem.term();
    double[] slope = new double[state.length];
    term.open().evaluate(t, state, slope);
    for (int i = 0; i < slope.length; i++) {
      if (!Double.isFinite(slope[i])) {
        return Optional.of(
            new Trouble(problem.names().get(i), cause(problem, t, state, slope[i], i), ""));
      }
    }
    return Optional.empty();
  }

  private static NotFinite cause(
      Problem problem, double t, double[] state, double slope, int value) {
    OdeTerm term = problem.term();
    NotFinite unknown =
        new NotFinite(
            new Op.Input(STATE),
            Double.isNaN(slope),
            "the derivative of " + problem.names().get(value));
    if (term.field().isEmpty()) {
      return unknown;
    }
    TracedField field = term.field().get();
    Optional<NotFinite> given = parameter(field.parameters(), term.parameters());
    if (given.isPresent()) {
      return given.get();
    }
    Graph one =
        Graph.trace(
            field.graph().inputs(),
            in ->
                List.of(field.graph().inline(in).getFirst().flatten().slice(0, value, value + 1)));
    List<Tensor> inputs =
        List.of(Tensor.scalar(t), Tensor.of(field.state(), state), term.parameters());
    return NotFinite.find(one, inputs, PARAMETERS, field.parameters()).orElse(unknown);
  }

  private static Optional<NotFinite> parameter(Structure names, Tensor values) {
    for (Structure.Part part : names.parts()) {
      for (int i = part.offset(); i < part.offset() + part.shape().size(); i++) {
        double value = values.at(i);
        if (!Double.isFinite(value)) {
          return Optional.of(
              new NotFinite(
                  new Op.Input(PARAMETERS), Double.isNaN(value), "parameter " + part.name()));
        }
      }
    }
    return Optional.empty();
  }
}
