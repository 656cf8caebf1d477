package odeum.equation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.nn.NetFunction;
import odeum.nn.Networks;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Event;
import odeum.solver.Problem;
import odeum.solver.Trouble;
import odeum.tensor.RandomKey;
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
 *
 * <p>A line {@code net f = mlp(2, 16, 1, tanh)} makes a network that formulas call, {@code f(x,
 * y)}; {@code net f = {layer}} takes a layer from Java. Its weights are parameters too, named
 * {@code f.0.weight} and so on behind the numbers. Until they are set or trained they are drawn
 * from seed 0.
 *
 * <p>A line {@code input u = {series}} takes a series from Java: formulas read {@code u} like a
 * function of time, straight between the points. Without a line {@code time} the span is that of
 * the series.
 *
 * <p>A partial differential equation becomes one equation for all points of a grid:
 *
 * <pre>
 *   u[i]' = k*(u[i-1] - 2*u[i] + u[i+1])/h^2 for i in 1..64
 *   boundary u = 0              # or periodic, or insulated; or left and right: u = sin(t), 0
 *   init u[i] = sin(pi*i*h)
 *   let  heat = h*sum(u)
 * </pre>
 *
 * <p>An event stops, or sets states by the values before it: {@code event y = 0 falling: v =
 * -0.9*v, n = n + 1}.
 */
public final class Ode implements Problem, Networks {
  private final Definition definition;
  private final Changes changes;
  private final Nets nets;
  private final Values values;
  private final Traces traces;
  private final Starts starts;

  private Ode(Definition definition, Changes changes, Nets nets, Values values, Traces traces) {
    this.definition = definition;
    this.changes = changes;
    this.nets = nets;
    this.values = values;
    this.traces = traces;
    this.starts = Starts.of(definition, changes, values);
  }

  /** {@return the system that the lines of {@code body} define} */
  public static Ode parse(String body) {
    return parse("", body);
  }

  /** {@return the system that the lines of {@code body} define, under a name for messages} */
  public static Ode parse(String name, String body) {
    return parse(name, body, Map.of());
  }

  /**
   * {@return the system that the lines of {@code body} define, under a name for messages}
   *
   * @param java all that {@code body} takes from Java: a {@link Layer} by the name of its net, a
   *     {@link TimeSeries} or a {@link odeum.solver.Solution} or a supplier of one by the name of
   *     its input. The values of an input are in the column of its name, or in the only one
   */
  public static Ode parse(String name, String body, Map<String, ?> java) {
    Definition written = SystemParser.parse(Source.of(name, body));
    Changes changes = Changes.NONE;
    List<String> inputs = written.inputs().stream().map(Definition.Input::name).toList();
    for (Map.Entry<String, ?> given : new TreeMap<>(java).entrySet()) {
      if (given.getValue() instanceof Layer layer) {
        changes = changes.withLayer(given.getKey(), layer);
      } else if (!inputs.contains(given.getKey())) {
        throw Misuse.noSuchInput(name, given.getKey(), inputs);
      }
    }
    Nets nets = new Nets(written, changes.layers());
    Definition checked = Checks.checked(written, nets);
    return of(checked, changes.withInputs(InputData.of(checked, java)), nets);
  }

  private static Ode of(Definition definition, Changes changes, Nets nets) {
    Values values = Values.of(definition, changes, nets);
    Traces traces = Traces.of(definition, values, nets);
    return new Ode(definition, changes, nets, values, traces);
  }

  /**
   * {@return the Java expressions in braces that a body takes layers from, by the name of the net}
   */
  public static Map<String, String> layerExpressions(String body) {
    Map<String, String> expressions = new LinkedHashMap<>();
    for (Definition.Net net : SystemParser.parse(Source.of("", body)).nets()) {
      if (net instanceof Definition.Net.Java(String name, var _, String code, var _)) {
        expressions.put(name, code);
      }
    }
    return Collections.unmodifiableMap(expressions);
  }

  /**
   * {@return the Java expressions in braces that a body takes series from, by the name of the
   * input}
   */
  public static Map<String, String> inputExpressions(String body) {
    Map<String, String> expressions = new LinkedHashMap<>();
    SystemParser.parse(Source.of("", body))
        .inputs()
        .forEach(input -> expressions.put(input.name(), input.code()));
    return Collections.unmodifiableMap(expressions);
  }

  /** {@return the system with another value for a parameter or a constant} */
  public Ode with(String name, double value) {
    misuse().requireNumber(name);
    return with(changes.withValue(name, value));
  }

  /** {@return the system with these parameters, flat, in the order of {@link #parameters()}} */
  @Override
  public Ode withParameters(Tensor flat) {
    misuse().requireParameters(flat.size());
    Parameters given = Parameters.of(parameters(), flat);
    Changes changed = changes;
    for (String name : values.numbers()) {
      changed = changed.withValue(name, given.get(name));
    }
    for (String net : nets.names()) {
      changed = changed.withWeights(net, Nets.weights(given, net));
    }
    return with(changed);
  }

  /** {@return the system with a layer from Java as one of its nets} */
  public Ode withNet(String name, Layer layer) {
    nets.layer(definition.source(), name);
    Changes changed = changes.withLayer(name, layer);
    Nets others = new Nets(definition, changed.layers());
    Checks.check(definition, others);
    return of(definition, changed, others);
  }

  /**
   * {@return the system driven by another series}
   *
   * @param name of the input
   * @param series its values are in the column of that name, or in the only one
   */
  public Ode withInput(String name, TimeSeries series) {
    if (!inputs().contains(name)) {
      throw Misuse.noSuchInput(name(), name, inputs());
    }
    List<InputData> data = new ArrayList<>(changes.inputs());
    data.set(inputs().indexOf(name), InputData.of(definition, name, series));
    return of(definition, changes.withInputs(data), nets);
  }

  /** {@return the system with the weights of its nets drawn from a seed} */
  public Ode withNetSeed(long seed) {
    return with(changes.withSeed(seed));
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
    Values next = Values.of(definition, changed, nets);
    return next.constants().equals(values.constants())
        ? new Ode(definition, changed, nets, next, traces)
        : of(definition, changed, nets);
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
    return code(Map.of());
  }

  /**
   * {@return the Java expression that makes this system}
   *
   * @param inputs expressions for the series of inputs, in place of those in braces
   */
  public String code(Map<String, String> inputs) {
    return Description.code(definition, changes, values, inputs);
  }

  /** {@return the equations, lets, start values and parameters typeset} */
  public String latex() {
    return Latex.of(definition, changes, values, nets);
  }

  /**
   * {@return the states in the order of the equations} A derivative state is named {@code "x'"}, a
   * value of a grid {@code "u[32]"}, that of its derivative {@code "u[32]'"}.
   */
  public List<String> states() {
    return values.layout().names();
  }

  @Override
  public List<String> names() {
    return states();
  }

  /** {@return the trainable parameters: numbers, then the weights of the nets} */
  public Structure parameters() {
    return values.parameters().structure();
  }

  /** {@return the names of those trainable parameters that are numbers} */
  public List<String> numbers() {
    return values.numbers();
  }

  /** {@return the names of the nets} */
  public List<String> nets() {
    return nets.names();
  }

  /** {@return the names of the inputs} */
  public List<String> inputs() {
    return values.inputs().stream().map(InputData::name).toList();
  }

  /** {@return the points of an input, without missing values; the column has its name} */
  public TimeSeries input(String name) {
    if (!inputs().contains(name)) {
      throw Misuse.noSuchInput(name(), name, inputs());
    }
    return values.inputs().get(inputs().indexOf(name)).series();
  }

  /** {@return a net with its present weights, as a function of numbers} */
  @Override
  public NetFunction net(String name) {
    Layer layer = nets.layer(definition.source(), name);
    return NetFunction.of(layer, Nets.weights(values.parameters(), name));
  }

  /**
   * {@return the parameters to train from} Weights that were set before, or that have a seed of
   * their own, stay; others are drawn from the key.
   */
  public Parameters start(RandomKey key) {
    return changes.seed().isPresent()
        ? values.parameters()
        : nets.start(values.numbersOnly(), changes.weights(), key);
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

  /**
   * {@return the right-hand side, the parameters open, the constants fixed} With terms in {@code
   * stiff(…)}, as in {@code u' = stiff(-1000*u) + sin(t)}, it is the sum of the others and of
   * those, which implicit-explicit solvers take implicit steps for. Of a second-order equation with
   * such a term, that x' is the derivative of x belongs to them as well.
   */
  public TracedField field() {
    return traces.field();
  }

  @Override
  public OdeTerm term() {
    return OdeTerm.of(traces.field(), parameterValues());
  }

  @Override
  public Tensor initial() {
    return starts.values();
  }

  /** {@return the states whose start value is computed from parameters, so is trained} */
  public List<String> trainedStarts() {
    return Starts.free(definition, changes, values);
  }

  /** {@return the state at the start, shape {@code (states)}, for these parameters} */
  public Tracer initial(Traced parameters) {
    return Starts.traced(definition, changes, values, parameters);
  }

  /** {@return the state at the start, as a function of the flat parameters} */
  public Graph initialGraph() {
    return starts.graph();
  }

  /**
   * {@return a number computed from a solution, such as {@code x(10)^2 + integral(x*y)}}
   *
   * @throws EquationException if there is a mistake in it
   */
  public SolutionFormula formula(String text) {
    return SolutionFormula.of(text, definition, values, nets);
  }

  /** {@return dy/dt at a time, one value per state for one value per state} */
  public double[] derivative(double t, double... y) {
    misuse().requireStates(y.length);
    double[] dy = new double[y.length];
    term().open().evaluate(t, y, dy);
    return dy;
  }

  @Override
  public Optional<Trouble> trouble(double t, Tensor state) {
    return new FirstNotFinite(definition, nets, values, t, state).find();
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
    return Description.of(definition, changes, values, nets);
  }

  private Changes.Span span() {
    return values.span().orElseThrow(() -> misuse().noSpan());
  }

  private Misuse misuse() {
    return new Misuse(definition, values);
  }
}
