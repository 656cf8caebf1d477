package odeum.adjoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import odeum.graph.ImplicitFunction;
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
  private final List<Event> events;
  private final boolean apart;

  private Solve(
      BiFunction<Shape, Traced, FieldClosure> field,
      Integrator integrator,
      Adjoint adjoint,
      List<Event> events,
      boolean apart) {
    this.field = field;
    this.integrator = integrator;
    this.adjoint = adjoint;
    this.events = events;
    this.apart = apart;
    events.forEach(Solve::requireReset);
  }

  private static void requireReset(Event event) {
    if (event instanceof Event.Stop) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Event '%s' stops the solve, so there are no states after it. Ask for its time with"
                  + " untilEvent, or give an event that resets the state.",
              event.name()));
    }
  }

  /**
   * {@return a solve of {@code dy/dt = field(t, y, p)}}
   *
   * @param field may use traced arrays of the function the solve stands in; they have derivatives
   */
  public static Solve of(VectorField field, Integrator integrator, Adjoint adjoint) {
    return of((state, p) -> FieldClosure.of(field, state, p), integrator, adjoint);
  }

  /** {@return a solve of a field that is traced already} */
  public static Solve of(TracedField field, Integrator integrator, Adjoint adjoint) {
    return of((_, p) -> new FieldClosure(field, p.flat()), integrator, adjoint);
  }

  private static Solve of(
      BiFunction<Shape, Traced, FieldClosure> field, Integrator integrator, Adjoint adjoint) {
    return new Solve(field, integrator, adjoint, integrator.events(), false);
  }

  /**
   * {@return this solve with steps of its own for each sample} Over a batch every sample is solved
   * as if alone. Otherwise samples share the steps, which the most demanding of them chooses.
   */
  public Solve perSample() {
    return new Solve(field, integrator, adjoint, events, true);
  }

  /**
   * {@return this solve with events that change the state, besides those of its integrator} Their
   * times, and what follows, have derivatives; where an event happens at the very time of another,
   * or only touches its zero, those are of one side only. Over a batch each sample has its own.
   *
   * @param resets their conditions and new states are traced; the parameters these know are the
   *     first ones of the solve
   */
  public Solve withEvents(Event... resets) {
    List<Event> all = new ArrayList<>(List.of(resets));
    all.addAll(integrator.events());
    return new Solve(field, integrator, adjoint, List.copyOf(all), apart);
  }

  /**
   * {@return the states at the given times, shape {@code (times, state)}} Where the solve fails,
   * the states are NaN from there on. At the time of an event it is the state after it.
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
    if (!events.isEmpty() || stopsAtJumps(way)) {
      String title = events.isEmpty() ? "solve over jumps" : "solve with events";
      return hybrid(events, new Wanted.States(), title, closed, operands);
    }
    return switch (way) {
      case Adjoint.Auto _ -> throw new AssertionError("chosen above");
      case Adjoint.Forward _ -> implicit(new ForwardFunction(closed.field(), integrator), operands);
      case Adjoint.Direct _, Adjoint.Checkpointed _, Adjoint.Reversible _ ->
          implicit(new StatesFunction(setting(closed, way)), operands);
      case Adjoint.Backsolve backsolve ->
          implicit(new BacksolveFunction(closed.field(), integrator, backsolve), operands);
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
    return untilEvent(event, 1, p, y0, span);
  }

  /**
   * {@return time and state, shape {@code (1 + state)}, where the event happens for the n-th time}
   * NaN when it does not before the end. The other events of this solve happen on the way; the
   * state is the one that this event finds, not the one it leaves.
   *
   * @param event one of the events of this solve, or another one; its condition is traced
   * @param n 1 for the first time
   * @param p the parameters of the field
   * @param y0 the state at the start, shape {@code (state)}
   * @param span start and end, shape {@code (2)}
   */
  public Tracer untilEvent(Event event, int n, Traced p, Tracer y0, Tracer span) {
    requirePositive(n);
    List<Event> all = new ArrayList<>(events);
    if (!all.contains(event)) {
      all.add(event);
    }
    FieldClosure closed = field.apply(y0.shape(), p);
    List<Tracer> operands = List.of(y0, closed.parameters(), span);
    String title = "solve until event '" + event.name() + "'";
    return hybrid(all, new Wanted.Occurrence(all.indexOf(event), n), title, closed, operands);
  }

  /**
   * {@return the times of the first events of this solve, whichever they are, shape {@code (n)}}
   * NaN for those that do not come before the end.
   *
   * @param n how many
   * @param p the parameters of the field
   * @param y0 the state at the start, shape {@code (state)}
   * @param span start and end, shape {@code (2)}
   */
  public Tracer eventTimes(int n, Traced p, Tracer y0, Tracer span) {
    requirePositive(n);
    if (events.isEmpty()) {
      throw new IllegalStateException("The solve has no events. Give some: withEvents(...).");
    }
    FieldClosure closed = field.apply(y0.shape(), p);
    List<Tracer> operands = List.of(y0, closed.parameters(), span);
    return hybrid(events, new Wanted.EventTimes(n), "event times of a solve", closed, operands);
  }

  private static void requirePositive(int n) {
    if (n < 1) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "Events are counted from 1, got %d.", n));
    }
  }

  private Tracer hybrid(
      List<Event> all, Wanted wanted, String title, FieldClosure closed, List<Tracer> operands) {
    Adjoint way = chosen(operands.getFirst());
    Setting setting =
        switch (way) {
          case Adjoint.Auto _ -> throw new AssertionError("chosen above");
          case Adjoint.Direct _, Adjoint.Checkpointed _, Adjoint.Reversible _ ->
              setting(closed, way);
          case Adjoint.Forward _ -> throw keepsNoSteps("forward sensitivities do");
          case Adjoint.Backsolve _ -> throw keepsNoSteps("the backsolve adjoint does");
        };
    int parameters = closed.parameters().shape().size();
    TracedEvents traced = new TracedEvents(all, setting.size(), parameters);
    return implicit(new HybridFunction(setting, traced, wanted, title), operands);
  }

  private static UnsupportedOperationException keepsNoSteps(String what) {
    return new UnsupportedOperationException(
        String.format(
            Locale.ROOT,
            "The time of an event moves with the steps of the solve, which %s not keep."
                + " Take Adjoint.direct() or Adjoint.checkpointed().",
            what));
  }

  /** The steps of a direct derivative go over no jump of the field. */
  private boolean stopsAtJumps(Adjoint way) {
    boolean direct =
        switch (way) {
          case Adjoint.Direct _, Adjoint.Checkpointed _, Adjoint.Reversible _ -> true;
          case Adjoint.Auto _, Adjoint.Forward _, Adjoint.Backsolve _ -> false;
        };
    return direct && !integrator.jumpTimes().isEmpty();
  }

  private Adjoint chosen(Tracer y0) {
    return adjoint instanceof Adjoint.Auto auto
        ? auto.choose(integrator, y0.shape().size()).adjoint()
        : adjoint;
  }

  private Tracer implicit(ImplicitFunction function, List<Tracer> operands) {
    return Tracer.implicit(apart ? new PerSample(function) : function, operands);
  }

  private Setting setting(FieldClosure closed, Adjoint way) {
    return new Setting(closed.field(), integrator, way);
  }
}
