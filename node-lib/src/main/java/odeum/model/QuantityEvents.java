package odeum.model;

import java.util.ArrayList;
import java.util.List;
import odeum.equation.Ode;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.tensor.Shape;
import odeum.term.Observable;

/** The events of a system that change its state, where the state has integrals behind it. */
final class QuantityEvents {
  private QuantityEvents() {}

  /**
   * {@return the resets of a system for a state with so many values more, which they leave alone}
   */
  static Event[] resets(Ode system, int integrals) {
    List<Event> resets = new ArrayList<>();
    for (Event event : system.events()) {
      if (event
          instanceof
          Event.Reset(
              String name,
              Event.Condition.Traced(Observable condition),
              Event.Direction direction,
              Event.Jump.Traced(Observable state))) {
        resets.add(
            Event.reset(
                name,
                ofFirst(system, condition, integrals, 0),
                direction,
                ofFirst(system, state, integrals, integrals)));
      }
    }
    return resets.toArray(Event[]::new);
  }

  /** An observable of the first values of a larger state, which gives its last values too. */
  private static Observable ofFirst(Ode system, Observable observable, int integrals, int kept) {
    int states = system.field().state().size();
    List<String> names = new ArrayList<>(observable.names());
    for (int i = 0; i < kept; i++) {
      names.add("integral " + i);
    }
    return Observable.of(
        names,
        (t, y, p) -> {
          Tracer first =
              observable.graph().inline(List.of(t, y.slice(0, 0, states), p.flat())).getFirst();
          Tracer rest = y.slice(0, states, states + kept);
          return kept == 0 ? first : Tracer.concatenate(0, List.of(first.flatten(), rest));
        },
        Shape.of(states + integrals),
        system.parameters());
  }
}
