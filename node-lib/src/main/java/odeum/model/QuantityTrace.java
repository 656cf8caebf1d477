package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.autodiff.Vjp;
import odeum.compile.Program;
import odeum.equation.Ode;
import odeum.equation.SolutionFormula;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.SaveAt;
import odeum.solver.Solution;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/**
 * A number computed from a solution, traced. Each integral is one more state, which starts at 0, so
 * it is solved to the same tolerance.
 */
final class QuantityTrace {
  private final Ode system;
  private final SolutionFormula formula;
  private final QuantityInputs inputs;
  private final TracedField field;
  private final Program start;
  private final Program times;
  private final Program value;

  QuantityTrace(Ode system, SolutionFormula formula) {
    this.system = system;
    this.formula = formula;
    this.inputs = new QuantityInputs(system);
    this.field = field();
    this.start = Program.of(Graph.trace(shapes(), in -> List.of(start(in))));
    this.times = Program.of(Graph.trace(shapes(), in -> List.of(times(in))));
    List<Shape> withStates = new ArrayList<>(shapes());
    withStates.add(field.state().prepend(count() + 1));
    this.value = Program.of(Graph.trace(withStates, in -> List.of(value(in, rows(in.getLast())))));
  }

  private static List<Tracer> rows(Tracer states) {
    return IntStream.range(0, states.shape().extent(0)).mapToObj(states::get).toList();
  }

  private List<Shape> shapes() {
    return List.of(
        Shape.of(inputs.parameters()), Shape.of(inputs.states()), Shape.of(), Shape.of());
  }

  private TracedField field() {
    int states = inputs.states();
    if (formula.integrals() == 0) {
      return system.field();
    }
    return TracedField.of(
            (t, y, p) -> {
              Tracer state = y.slice(0, 0, states);
              Tracer slope = system.field().graph().inline(List.of(t, state, p.flat())).getFirst();
              return Tracer.concatenate(0, List.of(slope, formula.integrands(t, state, p)));
            },
            Shape.of(states + formula.integrals()),
            system.parameters())
        .withInputs(system.field().inputs());
  }

  private Event[] resets() {
    return QuantityEvents.resets(system, formula.integrals());
  }

  private Traced parameters(List<Tracer> in) {
    return new Traced(system.parameters(), in.getFirst());
  }

  private Tracer start(List<Tracer> in) {
    Tracer y0 = system.initial(parameters(in)).plus(in.get(1));
    return y0.pad(0, 0, formula.integrals());
  }

  /** How many times the solution is read; the last one is the end, if there is an integral. */
  private int count() {
    return formula.times() + (formula.integrals() == 0 ? 0 : 1);
  }

  /** The start, then the times that are read. */
  private Tracer times(List<Tracer> in) {
    List<Tracer> all = new ArrayList<>(List.of(in.get(2).reshape(Shape.of(1))));
    if (formula.times() > 0) {
      all.add(formula.times(parameters(in), in.get(2), in.get(3)));
    }
    if (formula.integrals() > 0) {
      all.add(in.get(3).reshape(Shape.of(1)));
    }
    return Tracer.concatenate(0, all);
  }

  /** The number from the states at the times, each with its integrals. */
  private Tracer value(List<Tracer> in, List<Tracer> rows) {
    int states = inputs.states();
    List<Tracer> read =
        rows.subList(1, 1 + formula.times()).stream().map(row -> row.slice(0, 0, states)).toList();
    List<Tracer> integrals =
        IntStream.range(0, formula.integrals())
            .mapToObj(i -> rows.getLast().get(states + i))
            .toList();
    return formula.value(parameters(in), in.get(2), in.get(3), read, integrals);
  }

  private List<Tensor> split(double[] vector) {
    int n = inputs.parameters();
    return List.of(
        Tensor.vector(Arrays.copyOfRange(vector, 0, n)),
        Tensor.vector(Arrays.copyOfRange(vector, n, inputs.start())),
        Tensor.scalar(vector[inputs.start()]),
        Tensor.scalar(vector[inputs.end()]));
  }

  /** {@return the positions of the times in the order of integration; the start comes first} */
  private List<Integer> order(double[] at) {
    double direction =
        Math.signum(
            IntStream.range(0, at.length)
                .mapToDouble(i -> at[i] - at[0])
                .boxed()
                .max(Comparator.comparingDouble(Math::abs))
                .orElse(1.0));
    return IntStream.range(0, at.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble(i -> i == 0 ? Double.NEGATIVE_INFINITY : direction * at[i]))
        .toList();
  }

  private static List<Integer> inverse(List<Integer> order) {
    return IntStream.range(0, order.size()).mapToObj(order::indexOf).toList();
  }

  /** {@return the times that are read for these inputs, the start first} */
  double[] times(double[] vector) {
    return times.run(split(vector)).getFirst().toArray();
  }

  /** {@return the solution through which the number is computed} */
  Solution solve(double[] vector, Integrator integrator) {
    double[] at = times(vector);
    double[] sorted = order(at).stream().mapToDouble(i -> at[i]).toArray();
    Problem problem =
        Problem.of(
                OdeTerm.of(field, split(vector).getFirst()),
                start.run(split(vector)).getFirst(),
                sorted[0],
                sorted[sorted.length - 1])
            .withEvents(resets());
    return integrator.withSaveAt(SaveAt.times(sorted)).withoutSteps().solve(problem);
  }

  /** {@return the number for these inputs; NaN if the solve fails} */
  double value(double[] vector, Integrator integrator) {
    Solution solution = solve(vector, integrator);
    if (!solution.result().isSuccess()) {
      return Double.NaN;
    }
    List<Integer> rows = inverse(order(times(vector)));
    int width = field.state().size();
    double[] states = new double[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      solution.copyState(rows.get(i), states, i * width);
    }
    List<Tensor> all = new ArrayList<>(split(vector));
    all.add(Tensor.of(field.state().prepend(rows.size()), states));
    return value.run(all).getFirst().at(0);
  }

  /** {@return the number, then its derivatives by all inputs} */
  double[] gradient(double[] vector, Integrator integrator, Adjoint adjoint) {
    double[] at = times(vector);
    Solve solve = Solve.of(field, integrator, adjoint).withEvents(resets());
    Graph number =
        Graph.trace(
            shapes(),
            in -> {
              Tracer times = times(in);
              Tracer sorted = times.gather(0, order(at));
              Tracer states = solve.apply(parameters(in), start(in), sorted);
              return List.of(value(in, rows(in, at, times, states)));
            });
    Graph both =
        Graph.trace(
            shapes(),
            in ->
                Vjp.valueAndPull(number, in, List.of(in.get(2).constant(1)), List.of(0, 1, 2, 3)));
    double[] result = new double[1 + vector.length];
    int filled = 0;
    for (Tensor part : Program.of(both).run(split(vector))) {
      part.copyTo(result, filled);
      filled += part.size();
    }
    return result;
  }

  /** The states in the order of the times, from those in the order of integration. */
  private List<Tracer> rows(List<Tracer> in, double[] at, Tracer times, Tracer states) {
    List<Integer> order = order(at);
    int end = order.getLast();
    List<Tracer> rows = new ArrayList<>();
    for (int i = 0; i < at.length; i++) {
      int near = at[i] == at[0] ? 0 : at[i] == at[end] ? end : i;
      Tracer row = states.get(order.indexOf(near));
      rows.add(near == i ? row : moved(in, row, times.get(near), times.get(i)));
    }
    return rows;
  }

  /**
   * The state at a time that is now equal to an end of the solve. It moves along the slope, not
   * with that end.
   */
  private Tracer moved(List<Tracer> in, Tracer state, Tracer end, Tracer time) {
    Tracer slope = field.graph().inline(List.of(end, state, in.getFirst())).getFirst();
    return state.plus(slope.times(time.minus(end)));
  }
}
