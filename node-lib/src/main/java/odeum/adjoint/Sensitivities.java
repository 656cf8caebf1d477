package odeum.adjoint;

import java.util.List;
import odeum.autodiff.Jvp;
import odeum.autodiff.Vmap;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.CommonsSolver;
import odeum.solver.Integrator;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.TracedField;

/**
 * The derivatives of a solve by other solves: those of the variational equation {@code S' = J S +
 * df/dp}, beside the state and with its steps. As graphs, so that they have derivatives in turn.
 *
 * @param field the field
 * @param integrator what solves
 */
record Sensitivities(TracedField field, Integrator integrator) {
  private static final String TANGENT = "(tangent)";

  private int size() {
    return field.state().size();
  }

  private int parameters() {
    return field.graph().inputs().get(Setting.PARAMETERS + 1).size();
  }

  /** How the inner solve is differentiated, if it is asked for. */
  private Adjoint inner() {
    return integrator.solver() instanceof CommonsSolver ? Adjoint.backsolve() : Adjoint.direct();
  }

  /** The states of an augmented system; the steps are those of the field alone. */
  private Tracer solved(TracedField augmented, Tracer parameters, Tracer initial, Tracer times) {
    Integrator same = integrator.withControlled(size());
    Traced p = new Traced(augmented.parameters(), parameters);
    return Solve.of(augmented, same, inner()).apply(p, initial, times);
  }

  /**
   * {@return the reverse derivative by the wanted operands}
   *
   * @param shapes those of initial state, parameters, times, states, the cotangent of the states
   */
  Graph pull(List<Shape> shapes, List<Integer> wanted) {
    boolean byParameters = wanted.contains(Setting.PARAMETERS);
    return Graph.trace(
        shapes,
        in -> {
          int n = size();
          int columns = n + (byParameters ? parameters() : 0);
          int count = shapes.get(Setting.TIMES).size();
          Tracer initial = in.get(Setting.INITIAL).flatten();
          Tracer unit = initial.constant(identity(n, columns)).flatten();
          Tracer all =
              solved(
                  augmented(columns),
                  in.get(Setting.PARAMETERS),
                  Tracer.concatenate(0, List.of(initial, unit)),
                  in.get(Setting.TIMES));
          Tracer sensitivities =
              all.slice(1, n, n + n * columns).reshape(Shape.of(count * n, columns));
          Tracer bar = in.get(Setting.GIVEN).reshape(Shape.of(1, count * n));
          Tracer bars = bar.matmul(sensitivities).flatten();
          return List.of(Tracer.concatenate(0, parts(in, wanted, bars, all.slice(1, 0, n))));
        });
  }

  private List<Tracer> parts(List<Tracer> in, List<Integer> wanted, Tracer bars, Tracer states) {
    int n = size();
    Tracer byInitial = bars.slice(0, 0, n);
    return wanted.stream()
        .map(
            operand ->
                switch (operand) {
                  case Setting.INITIAL -> byInitial;
                  case Setting.PARAMETERS -> bars.slice(0, n, n + parameters());
                  default -> byTimes(in, byInitial, states);
                })
        .toList();
  }

  /** A saved state moves with its time; all but the first move with the first time. */
  private Tracer byTimes(List<Tracer> in, Tracer byInitial, Tracer states) {
    int n = size();
    int count = in.get(Setting.TIMES).shape().size();
    Tracer bar = in.get(Setting.GIVEN).reshape(Shape.of(count, n));
    Tracer slopes = slopes(in.get(Setting.TIMES), states, in.get(Setting.PARAMETERS));
    Tracer each = bar.times(slopes).sum(1);
    Tracer later = byInitial.minus(bar.slice(0, 0, 1).flatten());
    Tracer first = later.times(slopes.slice(0, 0, 1).flatten()).sum(0).unaryMinus();
    return Tracer.concatenate(0, List.of(first.reshape(Shape.of(1)), each.slice(0, 1, count)));
  }

  /** The field at all saved times, shape {@code (times, size)}. */
  private Tracer slopes(Tracer times, Tracer states, Tracer parameters) {
    int count = times.shape().size();
    Graph each = Vmap.of(field.graph(), List.of(true, true, false), count);
    Tracer samples = states.transpose().reshape(field.state().append(count));
    Tracer slopes = each.inline(List.of(times, samples, parameters)).getFirst();
    return slopes.reshape(Shape.of(size(), count)).transpose();
  }

  private static Tensor identity(int rows, int columns) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < rows; i++) {
      values[i * columns + i] = 1;
    }
    return Tensor.of(Shape.of(rows, columns), values);
  }

  /** The field with its variational equations, one column after n for each parameter. */
  private TracedField augmented(int columns) {
    Graph graph = field.graph();
    Graph along = Vmap.of(Jvp.of(graph), List.of(false, false, false, false, true, true), columns);
    int n = size();
    int p = parameters();
    double[] chosen = new double[p * columns];
    for (int i = 0; i < columns - n; i++) {
      chosen[i * columns + n + i] = 1;
    }
    Tensor directions = Tensor.of(Shape.of(p, columns), chosen);
    List<Shape> inputs = List.of(Shape.of(), Shape.of(n + n * columns), Shape.of(p));
    Graph joint =
        Graph.trace(
            inputs,
            in -> {
              Tracer y = in.get(1).slice(0, 0, n).reshape(field.state());
              Tracer s =
                  in.get(1).slice(0, n, n + n * columns).reshape(field.state().append(columns));
              Tracer still = in.get(0).constant(0);
              Tracer by = in.get(0).constant(directions);
              Tracer slope = graph.inline(List.of(in.get(0), y, in.get(2))).getFirst();
              Tracer tangents =
                  along.inline(List.of(in.get(0), y, in.get(2), still, s, by)).getLast();
              return List.of(Tracer.concatenate(0, List.of(slope.flatten(), tangents.flatten())));
            });
    return TracedField.of(joint, field.parameters()).withInputs(field.inputs());
  }

  /**
   * {@return the forward derivative}
   *
   * @param shapes those of initial state, parameters, times, states, and the tangents of the first
   *     three
   */
  Graph push(List<Shape> shapes) {
    return Graph.trace(
        shapes,
        in -> {
          int n = size();
          Tracer parameters = in.get(Setting.PARAMETERS);
          Tracer times = in.get(Setting.TIMES);
          Tracer moved = in.get(Setting.GIVEN + Setting.TIMES);
          Tracer initial = in.get(Setting.INITIAL);
          Tracer slope =
              field.graph().inline(List.of(times.get(0), initial, parameters)).getFirst();
          Tracer given = in.get(Setting.GIVEN + Setting.INITIAL).flatten();
          Tracer start = given.minus(slope.flatten().times(moved.get(0)));
          Tracer both =
              Tracer.concatenate(
                  0, List.of(parameters, in.get(Setting.GIVEN + Setting.PARAMETERS)));
          Tracer all =
              solved(
                  along(), both, Tracer.concatenate(0, List.of(initial.flatten(), start)), times);
          Tracer tangents = all.slice(1, n, 2 * n);
          Tracer slopes = slopes(times, all.slice(1, 0, n), parameters);
          int count = times.shape().size();
          Tracer byTime = slopes.times(moved.reshape(Shape.of(count, 1)).broadcast(slopes.shape()));
          Tracer later = tangents.plus(byTime).slice(0, 1, count);
          Tracer rows = Tracer.concatenate(0, List.of(given.reshape(Shape.of(1, n)), later));
          return List.of(rows.reshape(shapes.get(Setting.RESULT)));
        });
  }

  /** The field with its variational equation in one direction, which has parameters too. */
  private TracedField along() {
    int n = size();
    int p = parameters();
    Graph tangent = Jvp.of(field.graph());
    Structure both = Structure.EMPTY.and("p", Shape.of(p)).and(TANGENT, Shape.of(p));
    Graph joint =
        Graph.trace(
            List.of(Shape.of(), Shape.of(2 * n), Shape.of(2 * p)),
            in -> {
              Tracer y = in.get(1).slice(0, 0, n).reshape(field.state());
              Tracer dy = in.get(1).slice(0, n, 2 * n).reshape(field.state());
              Tracer values = in.get(2).slice(0, 0, p);
              Tracer moved = in.get(2).slice(0, p, 2 * p);
              List<Tracer> slopes =
                  tangent.inline(List.of(in.get(0), y, values, in.get(0).constant(0), dy, moved));
              return List.of(Tracer.concatenate(0, slopes.stream().map(Tracer::flatten).toList()));
            });
    return TracedField.of(joint, both).withInputs(field.inputs());
  }
}
