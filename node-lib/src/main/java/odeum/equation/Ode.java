package odeum.equation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.solver.Event;
import odeum.solver.Problem;
import odeum.tensor.Shape;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import odeum.term.TracedField;

/**
 * A system of differential equations written as text. Immutable.
 *
 * <pre>
 *   x' = a*x - b*x*y            # one equation per state
 *   y' = -c*y + d*x*y
 *   param a = 1.5, b = 1        # trainable
 *   const c = 3, d = 1
 *   init  x = 1, y = 1
 *   time  0 .. 10
 *   let   r = x*y
 * </pre>
 */
public final class Ode implements Problem {
  private final Definition definition;
  private final Changes changes;
  private final Values values;
  private final Traces traces;
  private final Graph initialGraph;
  private final Tensor initial;

  private Ode(Definition definition, Changes changes, Values values, Traces traces) {
    this.definition = definition;
    this.changes = changes;
    this.values = values;
    this.traces = traces;
    Shape flat = Shape.of(values.parameters().size());
    this.initialGraph =
        Graph.trace(List.of(flat), in -> List.of(initial(new Traced(parameters(), in.getFirst()))));
    this.initial = Program.of(initialGraph).run(List.of(parameterValues())).getFirst();
    requireFiniteStart();
  }

  /** {@return the system that the lines of {@code body} define} */
  public static Ode parse(String body) {
    return parse("", body);
  }

  /** {@return the system that the lines of {@code body} define, under a name for messages} */
  public static Ode parse(String name, String body) {
    Definition definition = Checks.checked(SystemParser.parse(Source.of(name, body)));
    Values values = Values.of(definition, Changes.NONE);
    return new Ode(definition, Changes.NONE, values, Traces.of(definition, values.constants()));
  }

  /** {@return the system with another value for a parameter or a constant} */
  public Ode with(String name, double value) {
    misuse().requireNumber(name);
    return with(changes.withValue(name, value));
  }

  /** {@return the system with these parameters, flat, in the order of {@link #parameters()}} */
  public Ode withParameters(Tensor flat) {
    misuse().requireParameters(flat.size());
    List<String> names = parameters().names();
    Changes changed = changes;
    for (int i = 0; i < names.size(); i++) {
      changed = changed.withValue(names.get(i), flat.at(i));
    }
    return with(changed);
  }

  /** {@return the system with a number as a state's start value} */
  public Ode withInitial(String state, double value) {
    misuse().requireState(state);
    return with(changes.withStart(state, value));
  }

  /** {@return the system over another span of time; it may run backward} */
  public Ode withSpan(double start, double end) {
    return with(changes.withSpan(start, end));
  }

  private Ode with(Changes changed) {
    Values next = Values.of(definition, changed);
    boolean same = next.constants().equals(values.constants());
    return new Ode(
        definition, changed, next, same ? traces : Traces.of(definition, next.constants()));
  }

  /** {@return the name, or nothing} */
  public String name() {
    return definition.source().name();
  }

  /** {@return the text this system was read from, without later changes} */
  public String source() {
    return definition.source().text();
  }

  /** {@return the Java expression that makes this system} */
  public String code() {
    return Description.code(definition, changes);
  }

  /** {@return the equations, lets, start values and parameters typeset} */
  public String latex() {
    return Latex.of(definition, changes, values);
  }

  /**
   * {@return the states in the order of the equations; a derivative state is named {@code "x'"}}
   */
  public List<String> states() {
    return definition.states();
  }

  @Override
  public List<String> names() {
    return states();
  }

  /** {@return the trainable parameters: their names, one number each} */
  public Structure parameters() {
    return values.parameters().structure();
  }

  /** {@return the values of the parameters, in the order of {@link #parameters()}} */
  public Tensor parameterValues() {
    return values.parameters().flat();
  }

  /** {@return the constants and their values, in an order of computation} */
  public Map<String, Double> constants() {
    return values.constants();
  }

  /** {@return the value of a parameter or a constant} */
  public double value(String name) {
    misuse().requireNumber(name);
    Double constant = values.constants().get(name);
    return constant == null ? values.parameters().get(name) : constant;
  }

  /** {@return between which values a parameter may lie, if that was said} */
  public Optional<Bounds> bounds(String parameter) {
    misuse().requireNumber(parameter);
    return Optional.ofNullable(values.bounds().get(parameter));
  }

  /** {@return the right-hand side, the parameters open, the constants fixed} */
  public TracedField field() {
    return traces.field();
  }

  @Override
  public OdeTerm term() {
    return OdeTerm.of(traces.field(), parameterValues());
  }

  @Override
  public Tensor initial() {
    return initial;
  }

  /** {@return the state at the start, shape {@code (states)}, for these parameters} */
  public Tracer initial(Traced parameters) {
    return Traces.initial(definition, values.constants(), changes.starts(), parameters);
  }

  /** {@return the state at the start, as a function of the flat parameters} */
  public Graph initialGraph() {
    return initialGraph;
  }

  /** {@return dy/dt at a time, one value per state for one value per state} */
  public double[] derivative(double t, double... y) {
    misuse().requireStates(y.length);
    double[] dy = new double[y.length];
    term().open().evaluate(t, y, dy);
    return dy;
  }

  /** {@return whether the equations or {@link #withSpan} gave a span of time} */
  public boolean hasSpan() {
    return values.span().isPresent();
  }

  @Override
  public double start() {
    return span().start();
  }

  @Override
  public double end() {
    return span().end();
  }

  @Override
  public List<Event> events() {
    return traces.events();
  }

  @Override
  public Optional<Observable> observed() {
    return traces.observed();
  }

  @Override
  public String toString() {
    return Description.of(definition, changes, values);
  }

  private Changes.Span span() {
    return values.span().orElseThrow(() -> misuse().noSpan());
  }

  private Misuse misuse() {
    return new Misuse(definition, values);
  }

  private void requireFiniteStart() {
    for (int i = 0; i < initial.size(); i++) {
      if (!Double.isFinite(initial.at(i))) {
        String state = states().get(i);
        throw definition
            .source()
            .error(
                definition.initial(state).value().place(),
                "%s starts at %s, not a finite number.".formatted(state, initial.at(i)));
      }
    }
  }
}
