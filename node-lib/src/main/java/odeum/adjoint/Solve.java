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
   * {@return the states at the given times, shape {@code (times, state)}} Where the solve fails,
   * the states are NaN from there on.
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
    return switch (adjoint) {
      case Adjoint.Direct _ -> states(setting(p, y0, Optional.empty()), p, y0, times);
      case Adjoint.Checkpointed some -> states(setting(p, y0, Optional.of(some)), p, y0, times);
      case Adjoint.Backsolve backsolve ->
          Tracer.implicit(
              new BacksolveFunction(traced(p, y0), integrator, backsolve),
              List.of(y0, p.flat(), times));
    };
  }

  /**
   * {@return time and state, shape {@code (1 + state)}, where the event stops the solve} NaN when
   * it does not come before the end.
   *
   * @param event what stops the solve; its condition is traced, so that its time has derivatives
   * @param p the parameters of the field
   * @param y0 the state at the start, shape {@code (state)}
   * @param span start and end, shape {@code (2)}
   */
  public Tracer untilEvent(Event event, Traced p, Tracer y0, Tracer span) {
    return switch (adjoint) {
      case Adjoint.Direct _ -> until(setting(p, y0, Optional.empty()), event, p, y0, span);
      case Adjoint.Checkpointed some ->
          until(setting(p, y0, Optional.of(some)), event, p, y0, span);
      case Adjoint.Backsolve _ ->
          throw new UnsupportedOperationException(
              "The time of an event moves with the steps of the solve, which the backsolve adjoint"
                  + " does not keep. Take Adjoint.direct() or Adjoint.checkpointed().");
    };
  }

  private static Tracer states(Setting setting, Traced p, Tracer y0, Tracer times) {
    return Tracer.implicit(new StatesFunction(setting), List.of(y0, p.flat(), times));
  }

  private static Tracer until(Setting setting, Event event, Traced p, Tracer y0, Tracer span) {
    return Tracer.implicit(new EventFunction(setting, event), List.of(y0, p.flat(), span));
  }

  private Setting setting(Traced p, Tracer y0, Optional<Adjoint.Checkpointed> checkpointed) {
    return new Setting(traced(p, y0), integrator, checkpointed);
  }

  private TracedField traced(Traced p, Tracer y0) {
    return field.apply(y0.shape(), p.structure());
  }
}
