package odeum.equation;

import java.util.List;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Where a system starts.
 *
 * @param graph the state at the start as a function of the flat parameters
 * @param values the state at the start for the present parameters
 */
record Starts(Graph graph, Tensor values) {
  static Starts of(Definition definition, Changes changes, Values values) {
    Tensor parameters = values.parameters().flat();
    Graph graph =
        Graph.trace(
            List.of(Shape.of(parameters.size())),
            in ->
                List.of(
                    Traces.initial(
                        definition,
                        values.constants(),
                        changes.starts(),
                        new Traced(values.parameters().structure(), in.getFirst()))));
    Tensor start = Program.of(graph).run(List.of(parameters)).getFirst();
    for (int i = 0; i < start.size(); i++) {
      if (!Double.isFinite(start.at(i))) {
        String state = definition.states().get(i);
        throw definition
            .source()
            .error(
                definition.initial(state).value().place(),
                "%s starts at %s, not a finite number.".formatted(state, start.at(i)));
      }
    }
    return new Starts(graph, start);
  }

  /** {@return the states whose start value is computed from a parameter} */
  static List<String> free(Definition definition, Changes changes) {
    List<String> parameters =
        definition.parameters().stream().map(Definition.Parameter::name).toList();
    return definition.states().stream()
        .filter(state -> !changes.starts().containsKey(state))
        .filter(
            state ->
                Expressions.names(definition.initial(state).value().expression()).stream()
                    .anyMatch(parameters::contains))
        .toList();
  }
}
