package odeum.compile;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import odeum.graph.Graph;
import odeum.graph.Op;
import odeum.simd.Stages;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * The kernels of a graph by phase, and where its values lie. Immutable, but for this: where a phase
 * is tiny and runs often, one generated kernel takes the place of its kernels, to the same bits.
 */
final class Assembly {
  /** Vector loops read rows a little beyond their end, which is slow where an array ends too. */
  private static final int MARGIN = 24;

  private static final int SMALL = 64;
  private static final Object[] NO_RECORDS = {};

  /** Until then kernels have cost about as much as making the first class does: some 20 ms. */
  private static final int OFTEN = 100_000;

  /** Sooner than a kernel: a whole step saves more, and makes a kernel superfluous. */
  private static final int OFTEN_FOR_STAGES = 50_000;

  private static final int MOST_SCHEMES = 8;

  private final AtomicReferenceArray<Kernel[]> kernels = new AtomicReferenceArray<>(3);
  private final long[] work = new long[3];
  private final Place[] inputs;
  private final Place[] outputs;
  private final int[] inputSizes;
  private final int[] outputSizes;
  private final double[] initial;
  private final int frameSize;
  private final int slots;
  private final boolean records;
  private final Optional<StraightLine> line;
  private final Map<Stages.Scheme, Optional<Generated.Maker>> stages = new ConcurrentHashMap<>();

  /** Counted without a lock: a lost run does no harm. */
  private final int[] runs = new int[3];

  private Assembly(Graph graph, Values values, List<Task> tasks, Phases phases, Layout layout) {
    Kernels factory = new Kernels(layout, values);
    for (int phase = 0; phase < work.length; phase++) {
      int now = phase;
      List<Task> due = tasks.stream().filter(t -> phases.of(t.value()) == now).toList();
      kernels.set(phase, due.stream().map(factory::of).toArray(Kernel[]::new));
      work[phase] = due.stream().mapToLong(task -> Work.of(task, values)).sum();
    }
    this.initial = new double[withMargin(layout.size())];
    this.inputs = new Place[graph.inputs().size()];
    for (int position = 0; position < values.count(); position++) {
      if (values.op(position) instanceof Op.Input(int input)) {
        inputs[input] = layout.place(position);
      } else if (values.op(position) instanceof Op.Constant(Tensor value)
          && values.needed(position)) {
        value.copyTo(initial, layout.place(position).at());
      }
    }
    this.outputs = new Place[graph.outputs().size()];
    this.inputSizes = graph.inputs().stream().mapToInt(Shape::size).toArray();
    this.outputSizes = graph.outputs().stream().mapToInt(values::size).toArray();
    this.frameSize = withMargin(layout.frameSize());
    this.slots = values.count();
    this.records = tasks.stream().anyMatch(t -> t.kind() instanceof Task.Primitive(Op.Implicit _));
    this.line = StraightLine.of(values, tasks, phases, layout);
  }

  /** {@return a graph made executable in one phase, besides what depends on fixed inputs only} */
  static Assembly of(Graph graph, List<Integer> fixed, boolean fuse) {
    Values values = new Values(graph);
    Phases phases = Phases.of(graph, fixed, graph.outputs().size());
    List<Task> tasks = fuse ? Fusion.of(values, phases::of) : Fusion.none(values);
    List<Task> kept = Fusion.prune(tasks, graph.outputs(), values);
    Layout layout = Layout.of(values, kept, graph.outputs(), phases, false, 0);
    Assembly assembly = new Assembly(graph, values, kept, phases, layout);
    assembly.place(graph, layout, graph.outputs().size());
    return assembly;
  }

  /**
   * {@return a function and its derivative made executable}
   *
   * @param forward how many of the outputs are the function's own
   * @param accumulated the sums of its last outputs
   * @param given how many outputs are not summed up
   */
  static Assembly of(
      Graph graph, Values values, Phases phases, int given, Accumulators accumulated) {
    List<Integer> outputs = graph.outputs().subList(0, given);
    List<Task> tasks = accumulated.into(Fusion.of(values, phases::of));
    List<Task> kept = Fusion.prune(tasks, outputs, values);
    Layout layout = Layout.of(values, kept, outputs, phases, true, accumulated.size());
    Assembly assembly = new Assembly(graph, values, kept, phases, layout);
    assembly.place(graph, layout, given);
    return assembly;
  }

  private void place(Graph graph, Layout layout, int given) {
    for (int i = 0; i < given; i++) {
      outputs[i] = layout.place(graph.outputs().get(i));
    }
  }

  double[] memory() {
    return initial.clone();
  }

  /** A long solve has many small frames, which go without. */
  private static int withMargin(int size) {
    return size < SMALL ? size : size + MARGIN;
  }

  /** A place for each value's record; none if nothing records. */
  Object[] records() {
    return records ? new Object[slots] : NO_RECORDS;
  }

  int frameSize() {
    return frameSize;
  }

  Place input(int i) {
    return inputs[i];
  }

  /** How many values an input has. */
  int inputSize(int i) {
    return inputSizes[i];
  }

  /** How many values an output has. */
  int outputSize(int i) {
    return outputSizes[i];
  }

  Place output(int i) {
    return outputs[i];
  }

  /** {@return how many nanoseconds a phase takes, roughly} */
  long work(int phase) {
    return work[phase];
  }

  void run(int phase, double[] m, double[] f, Object[] records) {
    for (Kernel kernel : kernels.getAcquire(phase)) {
      kernel.run(m, f, records);
    }
    if (runs[phase] < OFTEN && ++runs[phase] == OFTEN) {
      generate(phase);
    }
  }

  private void generate(int phase) {
    if (phase != Phases.FIXED && kernels.get(phase).length > 0) {
      line.flatMap(code -> code.kernel(phase))
          .ifPresent(kernel -> kernels.setRelease(phase, new Kernel[] {kernel}));
    }
  }

  /** Acts as if all phases had run often. Whether there is code for that. */
  boolean generate() {
    Arrays.fill(runs, OFTEN);
    generate(Phases.FORWARD);
    generate(Phases.BACKWARD);
    return line.isPresent();
  }

  /** {@return the maker of a method's stages, if the program is tiny and has run often} */
  Optional<Generated.Maker> stages(Stages.Scheme scheme, int output) {
    if (runs[Phases.FORWARD] < OFTEN_FOR_STAGES || line.isEmpty()) {
      return Optional.empty();
    }
    if (stages.size() >= MOST_SCHEMES && !stages.containsKey(scheme)) {
      return Optional.empty();
    }
    return stages.computeIfAbsent(scheme, s -> line.get().stages(s, output));
  }
}
