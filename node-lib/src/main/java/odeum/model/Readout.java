package odeum.model;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import odeum.adjoint.Solve;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.train.Losses;
import odeum.train.Objective;

/**
 * From numbers to scores of classes: the numbers are the start of a system, and a linear layer
 * reads the scores from the state at the end of its span.
 */
final class Readout {
  static final String NAME = "readout";

  /** So many samples are solved at once: their solve shares its steps. */
  private static final int MOST_AT_ONCE = 512;

  private final Dynamics dynamics;
  private final Solve solve;
  private final List<String> features;
  private final Linear layer;
  private final Structure own;
  private final Map<Integer, Program> programs = new ConcurrentHashMap<>();

  /**
   * Scores of so many classes.
   *
   * @param dynamics a system with a span
   * @param features which states the numbers are; the others start as the system says, or at zero
   */
  Readout(Dynamics dynamics, FitSettings settings, List<String> features, int classes) {
    this.dynamics = dynamics;
    this.solve = dynamics.solve(settings.integrator(), settings.adjoint());
    this.features = List.copyOf(features);
    this.layer = Linear.of(dynamics.names().size(), classes);
    this.own = dynamics.parameters().structure();
  }

  Parameters start(RandomKey key) {
    return dynamics.start(key.fold(0)).and(NAME, layer.initial(key.fold(1)));
  }

  /** {@return the parameters of the system among all} */
  Parameters ofSystem(Parameters all) {
    double[] flat = all.flat().toArray();
    return Parameters.of(own, Tensor.vector(java.util.Arrays.copyOf(flat, own.size())));
  }

  /** {@return a score for each class, shape {@code (classes)}, from numbers of shape (features)} */
  Tracer scores(Traced p, Tracer x) {
    Traced system = new Traced(own, p.flat().slice(0, 0, own.size()));
    Tracer span = x.constant(Tensor.vector(dynamics.start(), dynamics.end()));
    Tracer end = solve.apply(system, state(system, x), span).get(1);
    return layer.apply(p.at(NAME), end);
  }

  /** The state that numbers stand for, shape {@code (states)}. */
  private Tracer state(Traced system, Tracer x) {
    List<String> states = dynamics.names();
    if (states.equals(features)) {
      return x;
    }
    Tracer others =
        dynamics
            .initial(system)
            .orElseGet(() -> x.constant(Tensor.full(Shape.of(states.size()), 0)));
    return Tracer.stack(
        states.stream()
            .map(
                state -> {
                  int feature = features.indexOf(state);
                  return feature < 0 ? others.get(states.indexOf(state)) : x.get(feature);
                })
            .toList());
  }

  Objective objective() {
    return (p, sample) -> Losses.crossEntropy(scores(p, sample.get("x")), sample.get("class"));
  }

  /** {@return the scores of many samples, row by row} */
  double[][] scores(Parameters parameters, double[][] x) {
    double[][] scores = new double[x.length][];
    for (int first = 0; first < x.length; first += MOST_AT_ONCE) {
      int count = Math.min(MOST_AT_ONCE, x.length - first);
      Tensor block = run(parameters, x, first, count);
      for (int i = 0; i < count; i++) {
        scores[first + i] = new double[layer.outputs()];
        for (int c = 0; c < layer.outputs(); c++) {
          scores[first + i][c] = block.get(c, i);
        }
      }
    }
    return scores;
  }

  private Tensor run(Parameters parameters, double[][] x, int first, int count) {
    double[] values = new double[features.size() * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < features.size(); j++) {
        values[j * count + i] = x[first + i][j];
      }
    }
    Program program = programs.computeIfAbsent(count, n -> program(parameters.structure(), n));
    Tensor numbers = Tensor.of(Shape.of(features.size(), count), values);
    return program.run(List.of(parameters.flat(), numbers)).getFirst();
  }

  private Program program(Structure parameters, int count) {
    Graph one =
        Graph.trace(
            List.of(Shape.of(parameters.size()), Shape.of(features.size())),
            in -> List.of(scores(new Traced(parameters, in.get(0)), in.get(1))));
    return Program.of(Vmap.of(one, List.of(false, true), count));
  }
}
