package odeum.term;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import odeum.autodiff.SparsityPattern;
import odeum.autodiff.Vmap;
import odeum.compile.LaneCode;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.simd.LaneStages;
import odeum.simd.Stages;
import odeum.tensor.Shape;
import odeum.tensor.Structure;

/** A vector field traced once, for a state of one shape. */
public final class TracedField {
  private final Graph graph;
  private final Shape state;
  private final Structure parameters;
  private final Program program;
  private final ConcurrentHashMap<Batch, Program> batches = new ConcurrentHashMap<>();

  private final ConcurrentHashMap<BatchedSteps, Optional<LaneStages>> steps =
      new ConcurrentHashMap<>();

  /** Which batch a program is for. */
  private record Batch(boolean own, int samples) {}

  private record BatchedSteps(boolean own, int samples, int stride, Stages.Scheme scheme) {}

  /** The summands, or none. */
  private final List<TracedField> summands;

  /** For each state, whether it is a position, as far as it is known without looking. */
  private final Optional<boolean[]> known;

  private final List<InputSpan> inputs;

  private volatile FieldJacobian jacobian; // found when first asked for, as is the pattern
  private volatile SparsityPattern pattern;

  private TracedField(Graph graph, Shape state, Structure parameters) {
    this(graph, state, parameters, List.of(), Optional.empty(), List.of());
  }

  private TracedField(
      Graph graph,
      Shape state,
      Structure parameters,
      List<TracedField> summands,
      Optional<boolean[]> known,
      List<InputSpan> inputs) {
    this(graph, state, parameters, summands, known, inputs, Program.of(graph, List.of(2)));
  }

  private TracedField(
      Graph graph,
      Shape state,
      Structure parameters,
      List<TracedField> summands,
      Optional<boolean[]> known,
      List<InputSpan> inputs,
      Program program) {
    this.summands = List.copyOf(summands);
    this.known = known;
    this.inputs = List.copyOf(inputs);
    this.graph = graph;
    this.state = state;
    this.parameters = parameters;
    this.program = program;
  }

  /** {@return the field traced for a state of this shape and parameters of this structure} */
  public static TracedField of(VectorField field, Shape state, Structure parameters) {
    List<Shape> inputs = List.of(Shape.of(), state, Shape.of(parameters.size()));
    Graph graph = Graph.trace(inputs, in -> List.of(derivative(field, in, parameters)));
    return new TracedField(graph, state, parameters);
  }

  /**
   * {@return the field that a graph computes}
   *
   * @param graph inputs t {@code ()}, y, p {@code (parameters)}; output dy/dt in the shape of y
   */
  public static TracedField of(Graph graph, Structure parameters) {
    List<Shape> inputs = graph.inputs();
    if (inputs.size() != 3
        || inputs.get(0).rank() != 0
        || !inputs.get(2).equals(Shape.of(parameters.size()))
        || graph.outputs().size() != 1
        || !graph.output(0).equals(inputs.get(1))) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A vector field computes dy/dt from shapes (), that of y, and (%d) for its parameters; this graph has inputs %s and outputs of shape %s.",
              parameters.size(),
              inputs,
              IntStream.range(0, graph.outputs().size()).mapToObj(graph::output).toList()));
    }
    return new TracedField(graph, inputs.get(1), parameters);
  }

  /**
   * {@return a field that is a sum, for solvers that step over its parts in different ways}
   *
   * @param explicit what an implicit-explicit solver steps over explicitly
   * @param implicit what it steps over implicitly: the stiff part
   */
  public static TracedField sum(TracedField explicit, TracedField implicit) {
    if (!explicit.state.equals(implicit.state)
        || !explicit.parameters.equals(implicit.parameters)) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Both parts of a sum need the same state and parameters, got %s with (%s) and %s with (%s).",
              explicit.state,
              explicit.parameters,
              implicit.state,
              implicit.parameters));
    }
    Graph sum =
        Graph.trace(
            explicit.graph.inputs(),
            in ->
                List.of(
                    explicit
                        .graph
                        .inline(in)
                        .getFirst()
                        .plus(implicit.graph.inline(in).getFirst())));
    List<InputSpan> inputs =
        Stream.concat(explicit.inputs.stream(), implicit.inputs.stream()).distinct().toList();
    return new TracedField(
        sum,
        explicit.state,
        explicit.parameters,
        List.of(explicit, implicit),
        Optional.empty(),
        inputs);
  }

  /**
   * {@return this field with the inputs it is computed from, which are known for some time only} A
   * solve that leaves that time is refused, and adaptive steps end at the kinks.
   */
  public TracedField withInputs(List<InputSpan> spans) {
    return new TracedField(graph, state, parameters, summands, known, spans, program);
  }

  /** {@return the inputs that are known for some time only} */
  public List<InputSpan> inputs() {
    return inputs;
  }

  /** {@return the explicit and the implicit part, if this is a {@link #sum}; else nothing} */
  public List<TracedField> summands() {
    return summands;
  }

  static Tracer derivative(VectorField field, List<Tracer> in, Structure parameters) {
    Tracer y = in.get(1);
    Tracer dy = field.apply(in.get(0), y, new Traced(parameters, in.get(2)));
    if (!dy.shape().equals(y.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The vector field returned shape %s for a state of shape %s. It must return dy/dt, one value per state value.",
              dy.shape(),
              y.shape()));
    }
    return dy;
  }

  /**
   * {@return the field of many samples as one state, the samples along its last axis}
   *
   * @param own whether each sample has its own parameters, along their last axis too
   * @param samples how many there are
   */
  public TracedField mapped(boolean own, int samples) {
    Graph batch = Vmap.of(graph, List.of(false, true, own), samples);
    List<TracedField> parts = summands.stream().map(part -> part.mapped(own, samples)).toList();
    return new TracedField(
        batch,
        state.append(samples),
        parameters,
        parts,
        positions().map(flags -> repeated(flags, samples)),
        inputs);
  }

  private static boolean[] repeated(boolean[] flags, int samples) {
    boolean[] all = new boolean[flags.length * samples];
    for (int i = 0; i < all.length; i++) {
      all[i] = flags[i / samples];
    }
    return all;
  }

  /**
   * {@return the field of many samples, each at a time of its own} Its program is compiled once.
   *
   * @param own whether each sample has its own parameters
   * @param samples how many there are
   */
  public BatchedField batched(boolean own, int samples) {
    Program batch =
        batches.computeIfAbsent(
            new Batch(own, samples), _ -> BatchedField.program(graph, own, samples));
    return new BatchedField(
        batch,
        samples,
        (scheme, stride, worth) -> {
          BatchedSteps key = new BatchedSteps(own, samples, stride, scheme);
          return worth
              ? steps.computeIfAbsent(key, _ -> LaneCode.of(graph, scheme, own, samples, stride))
              : steps.getOrDefault(key, Optional.empty());
        });
  }

  /** {@return whether a sample of {@link #batched} gets the bits it has alone} */
  public boolean keepsBitsInBatches(boolean own) {
    return BatchedField.keepsBits(graph, own);
  }

  /** {@return the computation; inputs t {@code ()}, y, p {@code (parameters)}; output dy/dt} */
  public Graph graph() {
    return graph;
  }

  /** {@return the shape of the state} */
  public Shape state() {
    return state;
  }

  /** {@return names and shapes of the parameters} */
  public Structure parameters() {
    return parameters;
  }

  /** {@return which states the derivative of each state can have a derivative by} */
  public SparsityPattern pattern() {
    SparsityPattern found = pattern;
    if (found == null) {
      found = SparsityPattern.of(graph, 0, 1);
      pattern = found;
    }
    return found;
  }

  /**
   * {@return for each state, flat, whether it is a position, if the states can be split in two
   * kinds, positions and velocities, so that the derivatives of each kind depend only on the other
   * kind, on time and on parameters} Where that leaves a choice, the first state is a position.
   */
  public Optional<boolean[]> positions() {
    return known.isPresent()
        ? known.map(boolean[]::clone)
        : Separation.of(SparsityPattern.ofValues(graph, 0, 1));
  }

  /**
   * {@return the field that computes the derivatives of some states only; those of the others are
   * zero}
   *
   * @param rows for each state, flat, whether its derivative is computed
   */
  public TracedField restricted(boolean[] rows) {
    if (rows.length != state.size()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The state has %d values, got %d flags. Say for each value whether its derivative is computed.",
              state.size(),
              rows.length));
    }
    return new TracedField(RestrictedField.of(graph, rows), state, parameters).withInputs(inputs);
  }

  /** {@return the derivatives of this field at these parameters: for one thread} */
  public Linearization linearize(double[] values) {
    FieldJacobian found = jacobian;
    if (found == null) {
      found = FieldJacobian.of(graph);
      jacobian = found;
    }
    return new TracedLinearization(found, values);
  }

  /** {@return the field at these parameters, with its own memory: for one thread} */
  public Derivative open(double[] values) {
    return Opened.at(program, values);
  }
}
