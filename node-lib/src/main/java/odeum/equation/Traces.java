package odeum.equation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import odeum.equation.Definition.Assignment;
import odeum.equation.Definition.Boundary;
import odeum.equation.Definition.Crossing;
import odeum.equation.Definition.Equation;
import odeum.equation.Definition.Named;
import odeum.equation.Expression.Formula;
import odeum.equation.Layout.Block;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.InputSpan;
import odeum.term.Observable;
import odeum.term.TracedField;
import odeum.term.VectorField;

/**
 * A system traced, at fixed constants.
 *
 * @param field the right-hand side, its parameters open; a sum if terms are marked as stiff
 * @param observed the lets, if there are any
 * @param events the events
 */
record Traces(TracedField field, Optional<Observable> observed, List<Event> events) {

  static Traces of(Definition definition, Values values, Nets nets) {
    return new Builder(definition, values, nets).traces();
  }

  /** {@return what formulas know at a time, a state and parameters} */
  static Environment environment(
      Definition definition, Values values, Nets nets, Tracer t, Tracer y, Traced p) {
    return new Builder(definition, values, nets).environment(t, y, p);
  }

  private static final class Builder {
    private final Definition definition;
    private final Values values;
    private final Nets nets;
    private final Shape state;
    private final Structure parameters;

    Builder(Definition definition, Values values, Nets nets) {
      this.definition = definition;
      this.values = values;
      this.nets = nets;
      this.state = Shape.of(values.layout().size());
      this.parameters = values.parameters().structure();
    }

    Traces traces() {
      List<String> lets = definition.lets().stream().map(Named::name).toList();
      VectorField observed =
          (t, y, p) -> {
            Environment environment = environment(t, y, p);
            return Tracer.stack(
                definition.lets().stream().map(let -> environment.trace(name(let))).toList());
          };
      return new Traces(
          field(),
          lets.isEmpty()
              ? Optional.empty()
              : Optional.of(Observable.of(lets, observed, state, parameters)),
          definition.events().stream().map(this::event).toList());
    }

    private TracedField field() {
      List<InputSpan> inputs = values.inputs().stream().map(InputData::span).toList();
      return inputs.isEmpty() ? parts() : parts().withInputs(inputs);
    }

    private TracedField parts() {
      List<String> stiff =
          definition.equations().stream()
              .filter(StiffTerms::isStiff)
              .map(Equation::variable)
              .toList();
      return StiffTerms.split(definition.equations())
          .map(
              parts ->
                  TracedField.sum(
                      field(parts.explicit(), variable -> !stiff.contains(variable)),
                      field(parts.implicit(), stiff::contains)))
          .orElseGet(() -> field(definition.equations(), _ -> true));
    }

    /**
     * A part of the right-hand side.
     *
     * @param lower of which variables it says that x' is the derivative of x
     */
    private TracedField field(List<Equation> equations, Predicate<String> lower) {
      return TracedField.of(
          (t, y, p) -> derivative(equations, lower, environment(t, y, p), y), state, parameters);
    }

    private Environment environment(Tracer t, Tracer y, Traced p) {
      Environment environment =
          new Environment(
              t,
              definition.source(),
              values.constants(),
              (name, inputs) -> nets.apply(p, name, inputs));
      environment.put(Vocabulary.TIME, t);
      definition.parameters().forEach(it -> environment.put(it.name(), p.get(it.name())));
      values.inputs().forEach(it -> environment.put(it.name(), it.lines().at(t)));
      for (Block block : values.layout().blocks()) {
        if (block.points().isPresent()) {
          environment.put(
              block.name(),
              new GridArray(y, block.offset(), block.points().get(), edges(block, environment)));
        } else {
          environment.put(block.name(), y.get(block.offset()));
        }
      }
      definition.lets().forEach(let -> environment.put(let.name(), let.value().expression()));
      return environment;
    }

    /** A derivative is periodic or mirrored where its grid is; other values it has of its own. */
    private Optional<GridArray.Edges> edges(Block block, Environment environment) {
      Optional<Boundary> own = definition.boundary(block.name());
      if (own.isEmpty()) {
        own =
            definition
                .boundary(block.equation().variable())
                .filter(boundary -> boundary.periodic() || boundary.insulated());
      }
      return own.map(
          boundary ->
              boundary.periodic()
                  ? new GridArray.Edges.Periodic()
                  : new GridArray.Edges.Sides(
                      boundary.left().map(it -> side(it, boundary, environment)),
                      boundary.right().map(it -> side(it, boundary, environment))));
    }

    private Supplier<Tracer> side(Formula formula, Boundary boundary, Environment environment) {
      boolean[] busy = {false};
      return () -> {
        if (busy[0]) {
          throw definition
              .source()
              .error(
                  formula.place(),
                  "The boundary of %s is computed from itself.".formatted(boundary.grid()));
        }
        busy[0] = true;
        Tracer value = environment.apart(formula.expression());
        busy[0] = false;
        return value;
      };
    }

    private Tracer derivative(
        List<Equation> equations, Predicate<String> lower, Environment environment, Tracer y) {
      List<Tracer> pieces = new ArrayList<>();
      for (Equation equation : equations) {
        List<Block> blocks =
            values.layout().blocks().stream()
                .filter(it -> it.equation().variable().equals(equation.variable()))
                .toList();
        for (Block block : blocks) {
          Tracer piece =
              block.highest()
                  ? right(equation, block, environment)
                  : lower.test(equation.variable())
                      ? y.slice(0, block.end(), block.end() + block.size())
                      : y.constant(Tensor.zeros(Shape.of(block.size())));
          pieces.add(piece.reshape(Shape.of(block.size())));
        }
      }
      return Tracer.concatenate(0, pieces);
    }

    private static Tracer right(Equation equation, Block block, Environment environment) {
      Expression right = equation.right().expression();
      return equation
          .range()
          .map(range -> environment.trace(right, range.index(), block.points().orElseThrow()))
          .orElseGet(() -> environment.trace(right));
    }

    private Event event(Crossing event) {
      Expression difference =
          new Expression.Binary(
              Operator.SUBTRACT, event.left().expression(), event.right().expression());
      VectorField condition = (t, y, p) -> environment(t, y, p).trace(difference);
      Observable observable = Observable.of(List.of(event.name()), condition, state, parameters);
      if (event.stops()) {
        return Event.stop(event.name(), observable, event.direction());
      }
      VectorField after =
          (t, y, p) -> {
            Environment environment = environment(t, y, p);
            StateWriter writer = new StateWriter(definition, values);
            for (Assignment reset : event.resets()) {
              writer.assign(reset, environment);
            }
            return writer.state(y);
          };
      return Event.reset(
          event.name(),
          observable,
          event.direction(),
          Observable.of(values.layout().names(), after, state, parameters));
    }

    private static Expression name(Named named) {
      return new Expression.Name(named.name(), named.place());
    }
  }
}
