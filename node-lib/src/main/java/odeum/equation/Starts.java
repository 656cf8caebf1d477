package odeum.equation;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import odeum.compile.Program;
import odeum.equation.Definition.Assignment;
import odeum.equation.Layout.Block;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
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
                    traced(
                        definition,
                        changes,
                        values,
                        new Traced(values.parameters().structure(), in.getFirst()))));
    Tensor start = Program.of(graph).run(List.of(parameters)).getFirst();
    for (int i = 0; i < start.size(); i++) {
      if (!Double.isFinite(start.at(i))) {
        throw definition
            .source()
            .error(
                assignments(definition, values)[i].value().place(),
                "%s starts at %s, not a finite number."
                    .formatted(values.layout().names().get(i), start.at(i)));
      }
    }
    return new Starts(graph, start);
  }

  /** {@return the state at the start, shape {@code (states)}, for these parameters} */
  static Tracer traced(Definition definition, Changes changes, Values values, Traced p) {
    Environment environment =
        new Environment(
            p.flat(),
            definition.source(),
            values.constants(),
            (name, _) -> {
              throw new IllegalStateException("A start value may not use the net " + name);
            });
    definition.parameters().forEach(it -> environment.put(it.name(), p.get(it.name())));
    StateWriter writer = new StateWriter(definition, values);
    for (Assignment initial : definition.initials()) {
      writer.assign(initial, environment);
    }
    List<String> names = values.layout().names();
    changes
        .starts()
        .forEach(
            (state, number) -> {
              int position = names.indexOf(state);
              if (position >= 0) {
                writer.set(position, p.flat().constant(number));
              }
            });
    return writer.state(p.flat());
  }

  /** {@return the states whose start value is computed from a parameter} */
  static List<String> free(Definition definition, Changes changes, Values values) {
    List<String> parameters =
        definition.parameters().stream().map(Definition.Parameter::name).toList();
    List<String> names = values.layout().names();
    Assignment[] assignments = assignments(definition, values);
    Set<Assignment> trained = new HashSet<>(definition.initials());
    trained.removeIf(
        it -> Expressions.names(it.value().expression()).stream().noneMatch(parameters::contains));
    return IntStream.range(0, names.size())
        .filter(i -> trained.contains(assignments[i]))
        .mapToObj(names::get)
        .filter(state -> !changes.starts().containsKey(state))
        .toList();
  }

  /** What gives each value of the state its start; that of one point comes before that of all. */
  private static Assignment[] assignments(Definition definition, Values values) {
    Assignment[] assignments = new Assignment[values.layout().size()];
    for (Block block : values.layout().blocks()) {
      for (Assignment initial : definition.initials(block.name())) {
        Target target = initial.target();
        if (target.index().isPresent() && target.indexName(values.constants().keySet()).isEmpty()) {
          Expression.Formula index = target.index().get();
          assignments[block.position(definition.source(), index, values.constants())] = initial;
        } else {
          Arrays.fill(assignments, block.offset(), block.end(), initial);
        }
      }
    }
    return assignments;
  }
}
