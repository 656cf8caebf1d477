package odeum.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.adjoint.Solve;
import odeum.file.StoredGraph;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.term.Observable;
import odeum.train.Loss;
import odeum.train.Objective;

/**
 * How far a solution is from measured values. The fields of a sample are those of {@link Samples};
 * without {@code y0} a system that does not say where it starts begins at the first row of {@code
 * y}.
 *
 * @param dynamics the system
 * @param columns what the columns of {@code y} are; if nothing is said, the states
 * @param settings solver, adjoint and loss
 */
record SeriesObjective(Dynamics dynamics, Optional<List<String>> columns, FitSettings settings) {
  Objective objective() {
    Solve solve = dynamics.solve(settings.integrator(), settings.adjoint());
    Objective.Residuals errors =
        (p, sample) -> {
          Tracer times = sample.get("times");
          Tracer states = solve.apply(p, start(p, sample), times);
          Tracer difference = fitted(p, times, states).minus(sample.get("y"));
          // The mean over samples of unequal size, written as a mean over all values.
          return isLeastSquares() && has(sample, "share")
              ? difference.times(sample.get("share").sqrt())
              : difference;
        };
    return isLeastSquares() ? leastSquares(errors) : measured(errors);
  }

  /** {@return what the loss depends on beside data and parameters} */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    columns.ifPresent(
        _ -> {
          facts.put("equations", equations());
          facts.putAll(dynamics.lines());
        });
    Integrator integrator = settings.integrator();
    facts.put("solver", integrator.solver().name() + ", " + integrator.controller());
    facts.put("adjoint", settings.adjoint().name());
    facts.put("loss", settings.loss().shortName());
    facts.put("window", String.valueOf(settings.window()));
    return facts;
  }

  private String equations() {
    Graph field = dynamics.term().field().orElseThrow().graph();
    List<Graph> graphs = new ArrayList<>(List.of(field));
    dynamics.observed().ifPresent(lets -> graphs.add(lets.graph()));
    if (dynamics.startsItself()) {
      graphs.add(startGraph());
    }
    dynamics.resets().stream().flatMap(Dynamics::graphs).forEach(graphs::add);
    StringBuilder text = new StringBuilder(String.join(" ", dynamics.names()));
    for (Graph graph : graphs) {
      if (graph.instructions().stream().anyMatch(i -> i.op() instanceof Op.Implicit)) {
        text.append("\nan algorithm in Java");
        continue;
      }
      StoredGraph stored = StoredGraph.of(graph);
      text.append('\n').append(stored.json()).append('\n').append(stored.constants());
    }
    return text.toString();
  }

  private Graph startGraph() {
    Parameters parameters = dynamics.parameters();
    return Graph.trace(
        List.of(parameters.flat().shape()),
        in ->
            List.of(
                dynamics.initial(new Traced(parameters.structure(), in.getFirst())).orElseThrow()));
  }

  private boolean isLeastSquares() {
    return settings.loss() == Loss.MEAN_SQUARE;
  }

  private Objective leastSquares(Objective.Residuals errors) {
    Objective plain = settings.loss().of(errors);
    Objective masked = settings.loss().of(errors, (p, sample) -> sample.get("measured"));
    return Objective.leastSquares(
        (p, sample) ->
            (has(sample, "measured") ? masked : plain).residuals().orElseThrow().of(p, sample));
  }

  private Objective measured(Objective.Residuals errors) {
    Objective plain = settings.loss().of(errors);
    Objective masked = settings.loss().of(errors, (p, sample) -> sample.get("measured"));
    return (p, sample) -> {
      Tracer loss = (has(sample, "measured") ? masked : plain).loss(p, sample);
      return has(sample, "share") ? loss.times(sample.get("share")) : loss;
    };
  }

  private static boolean has(Traced sample, String field) {
    return sample.structure().find(field).isPresent();
  }

  /** Where the solve of a sample starts, shape {@code (states)}. */
  private Tracer start(Traced p, Traced sample) {
    if (!has(sample, "y0")) {
      return dynamics.startsItself() ? dynamics.initial(p).orElseThrow() : sample.get("y").get(0);
    }
    Tracer start = sample.get("y0");
    return has(sample, "given")
        ? Tracer.where(sample.get("given"), start, dynamics.initial(p).orElseThrow())
        : start;
  }

  /** The fitted columns of the solution, shape {@code (times, columns)}. */
  private Tracer fitted(Traced p, Tracer times, Tracer states) {
    if (columns.isEmpty() || columns.get().equals(dynamics.names())) {
      return states;
    }
    Optional<Tracer> lets = lets(p, times, states);
    List<Tracer> fitted = new ArrayList<>();
    for (String name : columns.get()) {
      int state = dynamics.names().indexOf(name);
      if (state >= 0) {
        fitted.add(states.slice(1, state, state + 1));
      } else {
        int let = dynamics.observed().orElseThrow().names().indexOf(name);
        fitted.add(lets.orElseThrow().slice(1, let, let + 1));
      }
    }
    return Tracer.concatenate(1, fitted);
  }

  /** All lets at all times, if one of them is fitted. */
  private Optional<Tracer> lets(Traced p, Tracer times, Tracer states) {
    if (dynamics.names().containsAll(columns.orElseThrow())) {
      return Optional.empty();
    }
    Observable observed = dynamics.observed().orElseThrow();
    Graph graph = observed.graph();
    List<Tracer> rows = new ArrayList<>();
    for (int i = 0; i < times.shape().size(); i++) {
      rows.add(graph.inline(List.of(times.get(i), states.get(i), p.flat())).getFirst());
    }
    return Optional.of(Tracer.stack(rows));
  }
}
