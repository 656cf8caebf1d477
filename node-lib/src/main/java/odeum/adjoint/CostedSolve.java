package odeum.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import odeum.graph.Closure;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.VectorField;

/**
 * A solve that also sums up costs along its way: they are more states of one solve, which do not
 * choose its steps. With them a loss can ask for a field that is easy to solve, or comes to rest.
 *
 * <pre>{@code
 * CostedSolve solve = CostedSolve.of(field, Integrator.of(Solvers.tsit5()), Adjoint.direct());
 * Objective loss = (p, s) -> {
 *   CostedSolve.Outcome way = solve.apply(p, s.get("x"), s.get("times"),
 *       RunningCost.kinetic(), RunningCost.jacobian(s.get("noise")));
 *   return error(way.end(), s).plus(way.cost(0).times(0.01)).plus(way.cost(1).times(0.01));
 * };
 * Dataset data = samples.and("noise", Shape.of(2), Drawn.rademacher());
 * }</pre>
 *
 * <p>Another way to the same end needs no cost: a span whose end is drawn anew for each batch, as
 * by {@code Drawn.uniform(0.5, 1.5).shared()} (Ghosh et al. 2020, arXiv:2006.10711).
 */
public final class CostedSolve {
  private final VectorField field;
  private final Integrator integrator;
  private final Adjoint adjoint;
  private final boolean apart;

  private CostedSolve(VectorField field, Integrator integrator, Adjoint adjoint, boolean apart) {
    this.field = field;
    this.integrator = integrator;
    this.adjoint = adjoint;
    this.apart = apart;
  }

  /**
   * {@return a solve of {@code dy/dt = field(t, y, p)}}
   *
   * @param field may use traced arrays of the function the solve stands in; they have derivatives
   */
  public static CostedSolve of(VectorField field, Integrator integrator, Adjoint adjoint) {
    return new CostedSolve(field, integrator, adjoint, false);
  }

  /** {@return this solve with steps of its own for each sample, see {@link Solve#perSample}} */
  public CostedSolve perSample() {
    return new CostedSolve(field, integrator, adjoint, true);
  }

  /**
   * Where the way led, and what it cost.
   *
   * @param states the states at the given times, shape {@code (times, state)}
   * @param costs each cost, summed up from the first of the times to the last, in its own shape
   */
  public record Outcome(Tracer states, List<Tracer> costs) {
    public Outcome {
      costs = List.copyOf(costs);
    }

    /** {@return the state at the last of the times} */
    public Tracer end() {
      return states.get(states.shape().extent(0) - 1);
    }

    /** {@return one of the costs, counted from 0} */
    public Tracer cost(int index) {
      return costs.get(index);
    }
  }

  /**
   * {@return the states at the given times, and the costs of the way}
   *
   * @param p the parameters of the field
   * @param y0 the state at the first of the times
   * @param times shape {@code (times)}, in the order of integration; costs of a way back are
   *     negative
   */
  public Outcome apply(Traced p, Tracer y0, Tracer times, RunningCost... costs) {
    List<RunningCost> all = List.of(costs);
    Shape state = y0.shape();
    List<Shape> shapes = shapes(p, state, all);
    int extra = shapes.stream().mapToInt(Shape::size).sum();
    Tracer zeros = y0.constant(Tensor.zeros(Shape.of(extra)));
    Tracer rows =
        solve(state, all).apply(p, Tracer.concatenate(0, List.of(y0.flatten(), zeros)), times);
    int count = times.shape().size();
    Tracer states = rows.slice(1, 0, state.size()).reshape(state.prepend(count));
    Tracer last = rows.get(count - 1);
    List<Tracer> sums = new ArrayList<>();
    int from = state.size();
    for (Shape shape : shapes) {
      sums.add(last.slice(0, from, from + shape.size()).reshape(shape));
      from += shape.size();
    }
    return new Outcome(states, sums);
  }

  /**
   * {@return how far the state still goes in a further span of time: the length of the integral of
   * |dy/dt|} A small one makes the end of a solve a steady state, which disturbances of the start
   * change less: Yan et al. 2020, arXiv:1910.05513. There the field does not depend on time, and
   * the further span is as long as the solve before it.
   *
   * @param p the parameters of the field
   * @param y1 the state at the end of the solve before
   * @param span that end, and the end of the further span, shape {@code (2)}
   */
  public Tracer unrest(Traced p, Tracer y1, Tracer span) {
    return apply(p, y1, span, RunningCost.speed()).cost(0).norm();
  }

  private Solve solve(Shape state, List<RunningCost> costs) {
    VectorField augmented =
        (t, z, p) -> {
          List<Tracer> parts = new ArrayList<>();
          derivatives(t, z.slice(0, 0, state.size()).reshape(state), p, costs)
              .forEach(part -> parts.add(part.flatten()));
          return Tracer.concatenate(0, parts);
        };
    Integrator byState = integrator.withControlled(state.size());
    Solve solve = Solve.of(augmented, byState, adjoint);
    return apart ? solve.perSample() : solve;
  }

  /** The field, then the rate of each cost. */
  private List<Tracer> derivatives(Tracer t, Tracer y, Traced p, List<RunningCost> costs) {
    UnaryOperator<Tracer> atTime = state -> field.apply(t, state, p);
    Tracer dy = atTime.apply(y);
    List<Tracer> all = new ArrayList<>(List.of(dy));
    costs.forEach(cost -> all.add(cost.rate(new RunningCost.Moment(t, y, dy, atTime))));
    return all;
  }

  private List<Shape> shapes(Traced p, Shape state, List<RunningCost> costs) {
    List<Shape> inputs = List.of(Shape.of(), state, p.flat().shape());
    Closure closure =
        Closure.trace(
            inputs,
            in -> derivatives(in.get(0), in.get(1), new Traced(p.structure(), in.get(2)), costs));
    List<Shape> shapes = new ArrayList<>();
    for (int i = 1; i <= costs.size(); i++) {
      shapes.add(closure.graph().output(i));
    }
    return shapes;
  }
}
