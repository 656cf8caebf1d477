package odeum.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.TracedField;
import odeum.term.VectorField;
import odeum.train.Limits;

/**
 * A system written in Java.
 *
 * @param field the right-hand side
 * @param learned where its parameters start
 * @param values the parameters, once they were set
 * @param states the names of the states
 * @param start0 the state at the start
 * @param span from when to when
 */
record FieldDynamics(
    VectorField field,
    Learned learned,
    Optional<Parameters> values,
    States states,
    Optional<Tensor> start0,
    Optional<Span> span)
    implements Dynamics {

  /** From when to when. */
  record Span(double start, double end) {}

  /**
   * The states' names.
   *
   * @param names empty as long as nobody knows how many there are
   * @param chosen whether someone chose them
   */
  record States(List<String> names, boolean chosen) {
    static final States UNKNOWN = new States(List.of(), false);

    States {
      names = List.copyOf(names);
    }

    static States numbered(int count) {
      return new States(IntStream.range(0, count).mapToObj(i -> "y" + i).toList(), false);
    }
  }

  static FieldDynamics of(VectorField field, Learned learned, States states) {
    return new FieldDynamics(
        field, learned, Optional.empty(), states, Optional.empty(), Optional.empty());
  }

  /** {@return this field with other things to learn, from their own start} */
  FieldDynamics learning(Learned other) {
    return new FieldDynamics(field, other, Optional.empty(), states, start0, span);
  }

  FieldDynamics named(List<String> names) {
    start0.ifPresent(state -> requireSize(state.size(), names.size()));
    return new FieldDynamics(field, learned, values, new States(names, true), start0, span);
  }

  @Override
  public FieldDynamics namedLike(List<String> columns) {
    if (states.chosen) {
      return this;
    }
    if (!states.names.isEmpty() && states.names.size() != columns.size()) {
      throw new IllegalArgumentException(
          "The model has %s states, but the data have %s columns (%s). Select those that are states, or name the states with withNames."
              .formatted(states.names.size(), columns.size(), String.join(" ", columns)));
    }
    return named(columns);
  }

  @Override
  public Parameters parameters() {
    return values.orElseGet(() -> learned.initial(RandomKey.of(0)));
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(() -> learned.initial(key));
  }

  @Override
  public FieldDynamics with(Parameters parameters) {
    return new FieldDynamics(
        field,
        learned,
        Optional.of(OwnParameters.require("The model", parameters(), parameters)),
        states,
        start0,
        span);
  }

  @Override
  public FieldDynamics withInitial(Tensor state) {
    if (!states.names.isEmpty()) {
      requireSize(state.size(), states.names.size());
    }
    States known = states.names.isEmpty() ? States.numbered(state.size()) : states;
    return new FieldDynamics(field, learned, values, known, Optional.of(state), span);
  }

  private static void requireSize(int given, int wanted) {
    if (given != wanted) {
      throw new IllegalArgumentException(
          "The model has %s states, got %s values.".formatted(wanted, given));
    }
  }

  @Override
  public FieldDynamics withSpan(double start, double end) {
    return new FieldDynamics(
        field, learned, values, states, start0, Optional.of(new Span(start, end)));
  }

  @Override
  public boolean hasSpan() {
    return span.isPresent();
  }

  @Override
  public Optional<Tracer> initial(Traced parameters) {
    return start0.map(state -> parameters.flat().constant(state));
  }

  @Override
  public boolean hasInitial() {
    return start0.isPresent();
  }

  @Override
  public boolean startsItself() {
    return false;
  }

  @Override
  public List<String> trainedStarts() {
    return List.of();
  }

  @Override
  public boolean hasNets() {
    return !(learned instanceof Learned.Parts parts) || !parts.nets().isEmpty();
  }

  @Override
  public NetFunction net(String name) {
    return NetFunction.of(learned.layer(name), learned.weights(parameters(), name));
  }

  @Override
  public Limits limits() {
    return Limits.NONE;
  }

  @Override
  public Solve solve(Integrator integrator, Adjoint adjoint) {
    return Solve.of(field, integrator, adjoint);
  }

  @Override
  public OdeTerm term() {
    Parameters parameters = parameters();
    TracedField traced = TracedField.of(field, Shape.of(names().size()), parameters.structure());
    return OdeTerm.of(traced, parameters.flat());
  }

  @Override
  public Tensor initial() {
    return start0.orElseThrow(
        () ->
            new IllegalStateException(
                "The model has no initial state. Give one: withInitial(1, 0), or fit it to data."));
  }

  @Override
  public double start() {
    return requiredSpan().start;
  }

  @Override
  public double end() {
    return requiredSpan().end;
  }

  @Override
  public List<String> names() {
    if (states.names.isEmpty()) {
      throw new IllegalStateException(
          "Nobody said yet how many states the model has. Name them: withNames(\"x\", \"y\").");
    }
    return states.names;
  }

  private Span requiredSpan() {
    return span.orElseThrow(
        () -> new IllegalStateException("The model has no time span. Give one: withSpan(0, 10)."));
  }
}
