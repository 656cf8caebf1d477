package odeum.adjoint;

import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.term.TracedField;
import odeum.term.VectorField;

/** A solve inside a computation: differentiable by its initial values, parameters and times. */
public final class Solve {
  private final BiFunction<Shape, Structure, TracedField> field;
  private final Integrator integrator;
  private final Adjoint adjoint;

  private Solve(
      BiFunction<Shape, Structure, TracedField> field, Integrator integrator, Adjoint adjoint) {
    this.field = field;
    this.integrator = integrator;
    this.adjoint = adjoint;
  }

  /** {@return a solve of {@code dy/dt = field(t, y, p)}} */
  public static Solve of(VectorField field, Integrator integrator, Adjoint adjoint) {
    return new Solve(
        (state, parameters) -> TracedField.of(field, state, parameters), integrator, adjoint);
  }

  /** {@return a solve of a field that is traced already} */
  public static Solve of(TracedField field, Integrator integrator, Adjoint adjoint) {
    return new Solve((_, _) -> field, integrator, adjoint);
  }

  /**
   * {@return the states at the given times, shape {@code (times, state)}} Where the solve fails, the
   * states are NaN from there on.
   *
   * @param p the parameters of the field
   * @param y0 the state at the first of the times
   * @param times shape {@code (times)}, in the order of integration; the last one ends the solve
   */
  public Tracer apply(Traced p, Tracer y0, Tracer times) {
    if (times.shape().rank() != 1 || times.shape().size() < 2) {
      throw new IllegalArgumentException(
          "A solve needs two times or more, the first and the last included; got shape "
              + times.shape()
              + ".");
    }
    return trace(p, y0, times, Optional.empty());
  }

  /**
   * {@return time and state, shape {@code (1 + state)}, at which the first of the integrator's events
   * stopped the solve, or of its end when none did}
   *
   * @param event what stops the solve; its condition must be traced to have derivatives
   * @param p the parameters of the field
   * @param y0 the state at the start, shape {@code (state)}
   * @param times start and end, shape {@code (2)}
   */
  public Tracer untilEvent(Event event, Traced p, Tracer y0, Tracer times) {
    return trace(p, y0, times, Optional.of(event));
  }

  private Tracer trace(Traced p, Tracer y0, Tracer times, Optional<Event> event) {
    TracedField traced = field.apply(y0.shape(), p.structure());
    SolveFunction function =
        switch (adjoint) {
          case Adjoint.Direct _ -> new SolveFunction(traced, integrator, event);
        };
    return Tracer.implicit(function, List.of(y0, p.flat(), times));
  }
}
