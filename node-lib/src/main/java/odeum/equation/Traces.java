package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Named;
import odeum.equation.Definition.Stop;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.term.Observable;
import odeum.term.TracedField;
import odeum.term.VectorField;

/**
 * A system traced, at fixed constants.
 *
 * @param field the right-hand side, its parameters open
 * @param observed the lets, if there are any
 * @param events the events
 */
record Traces(TracedField field, Optional<Observable> observed, List<Event> events) {
  static Traces of(
      Definition definition, Map<String, Double> constants, Nets nets, Structure parameters) {
    Shape state = Shape.of(definition.states().size());
    Surroundings around = (t, y, p) -> environment(definition, constants, nets, t, y, p);
    VectorField field = (t, y, p) -> derivative(definition, around.at(t, y, p), y);
    List<String> lets = definition.lets().stream().map(Named::name).toList();
    VectorField observed =
        (t, y, p) -> {
          Environment environment = around.at(t, y, p);
          return Tracer.stack(
              definition.lets().stream().map(let -> environment.trace(name(let))).toList());
        };
    return new Traces(
        TracedField.of(field, state, parameters),
        lets.isEmpty()
            ? Optional.empty()
            : Optional.of(Observable.of(lets, observed, state, parameters)),
        definition.stops().stream().map(stop -> event(around, stop, state, parameters)).toList());
  }

  /** {@return the state at the start, as a function of the parameters} */
  static Tracer initial(
      Definition definition,
      Map<String, Double> constants,
      Map<String, Double> overrides,
      Traced p) {
    Environment environment =
        new Environment(
            p.flat(),
            constants,
            (name, _) -> {
              throw new IllegalStateException("A start value may not use the net " + name);
            });
    definition.parameters().forEach(it -> environment.put(it.name(), p.get(it.name())));
    List<Tracer> starts = new ArrayList<>();
    for (String state : definition.states()) {
      Double override = overrides.get(state);
      starts.add(
          override == null
              ? environment.trace(definition.initial(state).value().expression())
              : p.flat().constant(override));
    }
    return Tracer.stack(starts);
  }

  /** What formulas know at a time, a state and parameters. */
  @FunctionalInterface
  private interface Surroundings {
    Environment at(Tracer t, Tracer y, Traced p);
  }

  /** {@return what formulas know at a time, a state and parameters} */
  static Environment environment(
      Definition definition,
      Map<String, Double> constants,
      Nets nets,
      Tracer t,
      Tracer y,
      Traced p) {
    Environment environment =
        new Environment(t, constants, (name, inputs) -> nets.apply(p, name, inputs));
    environment.put(Vocabulary.TIME, t);
    definition.parameters().forEach(it -> environment.put(it.name(), p.get(it.name())));
    List<String> states = definition.states();
    for (int i = 0; i < states.size(); i++) {
      environment.put(states.get(i), y.get(i));
    }
    definition.lets().forEach(let -> environment.put(let.name(), let.value().expression()));
    return environment;
  }

  private static Tracer derivative(Definition definition, Environment environment, Tracer y) {
    List<Tracer> derivatives = new ArrayList<>();
    for (Equation equation : definition.equations()) {
      for (int order = 1; order < equation.order(); order++) {
        derivatives.add(y.get(derivatives.size() + 1));
      }
      derivatives.add(environment.trace(equation.right().expression()));
    }
    return Tracer.stack(derivatives);
  }

  private static Event event(Surroundings around, Stop stop, Shape state, Structure parameters) {
    Expression difference =
        new Expression.Binary(
            Operator.SUBTRACT, stop.left().expression(), stop.right().expression());
    VectorField condition = (t, y, p) -> around.at(t, y, p).trace(difference);
    Observable observable = Observable.of(List.of(stop.name()), condition, state, parameters);
    return Event.stop(stop.name(), observable, stop.direction());
  }

  private static Expression name(Named named) {
    return new Expression.Name(named.name(), named.place());
  }
}
