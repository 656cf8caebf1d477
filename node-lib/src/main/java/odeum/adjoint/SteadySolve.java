package odeum.adjoint;

import java.util.List;
import java.util.function.BiFunction;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Integrator;
import odeum.solver.SteadyState;
import odeum.solver.SteadyStateFinder;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.FieldClosure;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import odeum.term.VectorField;

/**
 * The steady state of a system inside a computation: differentiable by its parameters, as often as
 * one likes, by the implicit function theorem. That takes one linear solve and nothing of the way
 * there. Christianson 1994, doi:10.1080/10556789408805572; Blondel et al. 2022, arXiv:2105.15183.
 */
public final class SteadySolve {
  private final BiFunction<Shape, Traced, FieldClosure> field;
  private final SteadyStateFinder finder;

  private SteadySolve(BiFunction<Shape, Traced, FieldClosure> field, SteadyStateFinder finder) {
    this.field = field;
    this.finder = finder;
  }

  /**
   * {@return the steady states of {@code dy/dt = field(t, y, p)}}
   *
   * @param field must not depend on t; may use traced arrays of the function it stands in
   * @param integrator what follows the system; a solver for stiff systems, such as rodas5p, takes
   *     the fewest steps
   */
  public static SteadySolve of(VectorField field, Integrator integrator) {
    return of(field, SteadyStateFinder.of(integrator));
  }

  /** {@return the steady states of a field, found in this way} */
  public static SteadySolve of(VectorField field, SteadyStateFinder finder) {
    return new SteadySolve((state, p) -> FieldClosure.of(field, state, p), finder);
  }

  /** {@return the steady states of a field that is traced already} */
  public static SteadySolve of(TracedField field, SteadyStateFinder finder) {
    return new SteadySolve((_, p) -> new FieldClosure(field, p.flat()), finder);
  }

  /**
   * {@return the steady state that the system comes to, in the shape of its state} NaN if it comes
   * to none; {@link #find} says why. Its derivative by the initial state is zero. Where a quantity
   * is conserved, the derivative by parameters is refused.
   *
   * @param p the parameters of the field
   * @param y0 the state to start from, which chooses among several steady states
   */
  public Tracer apply(Traced p, Tracer y0) {
    FieldClosure closed = field.apply(y0.shape(), p);
    requireAutonomous(closed.field());
    SteadyFunction function = new SteadyFunction(closed.field(), finder);
    return Tracer.implicit(function, List.of(y0, closed.parameters()));
  }

  /**
   * {@return the steady state of a field that uses nothing around it, and how it was found}
   *
   * @param p the parameters of the field, flat
   * @param y0 the state to start from
   */
  public static SteadyState find(TracedField field, SteadyStateFinder finder, Tensor p, Tensor y0) {
    requireAutonomous(field);
    return SteadyFunction.find(finder, OdeTerm.of(field, p), y0);
  }

  private static void requireAutonomous(TracedField field) {
    double[] any = new double[field.graph().inputs().get(2).size()];
    if (!field.linearize(any).isAutonomous()) {
      throw new IllegalArgumentException(
          "The field depends on time, so it has no steady state. Take Solve until a time, or a field"
              + " without t.");
    }
  }
}
