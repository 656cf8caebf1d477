package odeum.adjoint;

import java.util.List;
import java.util.function.BiFunction;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.tensor.Shape;
import odeum.term.FieldClosure;
import odeum.term.TracedField;
import odeum.term.VectorField;

/** A solve inside a computation: differentiable by its initial values, parameters and times. */
public final class Solve {
  private final BiFunction<Shape, Traced, FieldClosure> field;
  private final Integrator integrator;
  private final Adjoint adjoint;

  private Solve(
      BiFunction<Shape, Traced, FieldClosure> field, Integrator integrator, Adjoint adjoint) {
    this.field = field;
    this.integrator = integrator;
    this.adjoint = adjoint;
  }

  /**
   * {@return a solve of {@code dy/dt = field(t, y, p)}}
   *
   * @param field may use traced arrays of the function the solve stands in; they have derivatives
   */
  public static Solve of(VectorField field, Integrator integrator, Adjoint adjoint) {
    return new Solve((state, p) -> FieldClosure.of(field, state, p), integrator, adjoint);
  }

  /** {@return a solve of a field that is traced already} */
  public static Solve of(TracedField field, Integrator integrator, Adjoint adjoint) {
    return new Solve((_, p) -> new FieldClosure(field, p.flat()), integrator, adjoint);
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
    FieldClosure closed = field.apply(y0.shape(), p);
    List<Tracer> operands = List.of(y0, closed.parameters(), times);
    Adjoint way = chosen(y0);
    return switch (way) {
      case Adjoint.Auto _ -> throw new AssertionError("chosen above");
      case Adjoint.Forward _ ->
          Tracer.implicit(new ForwardFunction(closed.field(), integrator), operands);
      case Adjoint.Direct _, Adjoint.Checkpointed _, Adjoint.Reversible _ ->
          states(setting(closed, way), operands);
      case Adjoint.Backsolve backsolve ->
          Tracer.implicit(new BacksolveFunction(closed.field(), integrator, backsolve), operands);
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
    FieldClosure closed = field.apply(y0.shape(), p);
    List<Tracer> operands = List.of(y0, closed.parameters(), span);
    Adjoint way = chosen(y0);
    return switch (way) {
      case Adjoint.Auto _ -> throw new AssertionError("chosen above");
      case Adjoint.Forward _ ->
          throw new UnsupportedOperationException(
              "The time of an event moves with the steps of the solve, which forward sensitivities do"
                  + " not keep. Take Adjoint.direct() or Adjoint.checkpointed().");
      case Adjoint.Direct _, Adjoint.Checkpointed _, Adjoint.Reversible _ ->
          until(setting(closed, way), event, operands);
      case Adjoint.Backsolve _ ->
          throw new UnsupportedOperationException(
              "The time of an event moves with the steps of the solve, which the backsolve adjoint"
                  + " does not keep. Take Adjoint.direct() or Adjoint.checkpointed().");
    };
  }

  private Adjoint chosen(Tracer y0) {
    return adjoint instanceof Adjoint.Auto auto
        ? auto.choose(integrator, y0.shape().size()).adjoint()
        : adjoint;
  }

  private static Tracer states(Setting setting, List<Tracer> operands) {
    return Tracer.implicit(new StatesFunction(setting), operands);
  }

  private static Tracer until(Setting setting, Event event, List<Tracer> operands) {
    return Tracer.implicit(new EventFunction(setting, event), operands);
  }

  private Setting setting(FieldClosure closed, Adjoint way) {
    return new Setting(closed.field(), integrator, way);
  }
}
