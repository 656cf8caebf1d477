package odeum.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import odeum.graph.Graph;
import odeum.simd.Machine;
import odeum.simd.Stages;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A graph made executable: an array of kernels over one array of doubles. A program is an immutable
 * value that threads share freely; the memory belongs to a {@link Run}. Nothing is allocated while
 * it runs.
 */
public final class Program {
  private final Graph graph;
  private final boolean[] fixed;
  private final Assembly assembly;
  private final ConcurrentLinkedQueue<Run> idle = new ConcurrentLinkedQueue<>();

  private Program(Graph graph, List<Integer> fixed, boolean fuse) {
    this.graph = graph;
    this.fixed = new boolean[graph.inputs().size()];
    fixed.forEach(input -> this.fixed[input] = true);
    this.assembly = Assembly.of(graph, fixed, fuse);
  }

  /** {@return the program of a graph} */
  public static Program of(Graph graph) {
    return new Program(graph, List.of(), true);
  }

  /**
   * {@return the program of a graph some of whose inputs stay the same for many runs} What depends
   * on these only is computed when they are set.
   *
   * @param fixed the positions of these inputs
   */
  public static Program of(Graph graph, List<Integer> fixed) {
    return new Program(graph, fixed, true);
  }

  /** {@return the program with one kernel per primitive: the reference of the others} */
  static Program plain(Graph graph) {
    return new Program(graph, List.of(), false);
  }

  /** {@return the graph this program computes} */
  public Graph graph() {
    return graph;
  }

  /** Generates code at once if this program is tiny, instead of after many runs. Whether it is. */
  boolean generate() {
    return assembly.generate();
  }

  /** {@return how many doubles a run works on} */
  int memorySize() {
    return assembly.memory().length;
  }

  /** {@return fresh memory to run this program in: for one thread at a time} */
  public Run open() {
    return new Run();
  }

  /** {@return memory that an earlier user gave back, or fresh memory} */
  public Run borrow() {
    Run pooled = idle.poll();
    return pooled == null ? open() : pooled;
  }

  /** Takes memory back for the next one who borrows. */
  public void giveBack(Run run) {
    idle.add(run);
  }

  /** {@return the outputs for these inputs} Memory is borrowed for the call. */
  public List<Tensor> run(List<Tensor> inputs) {
    Run run = borrow();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Shape expected = graph.inputs().get(i);
      if (!inputs.get(i).shape().equals(expected)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "Input %d has shape %s, got %s.", i, expected, inputs.get(i).shape()));
      }
      inputs.get(i).copyTo(run.memory, assembly.input(i).at());
    }
    run.changed = true;
    run.run();
    List<Tensor> outputs = new ArrayList<>(graph.outputs().size());
    for (int i = 0; i < graph.outputs().size(); i++) {
      outputs.add(run.get(i));
    }
    giveBack(run);
    return List.copyOf(outputs);
  }

  /** The memory of one execution. Not for several threads at once. */
  public final class Run {
    private final double[] memory = assembly.memory();
    private final Object[] records = assembly.records();
    private boolean changed = true;

    private Run() {}

    /** Sets an input that is one number. */
    public void set(int input, double value) {
      memory[assembly.input(input).at()] = value;
      changed |= fixed[input];
    }

    /** Sets an input to the values, row-major, that start at {@code offset}. */
    public void set(int input, double[] values, int offset) {
      int count = assembly.inputSize(input);
      System.arraycopy(values, offset, memory, assembly.input(input).at(), count);
      changed |= fixed[input];
    }

    /** Computes the outputs from the inputs set before. */
    public void run() {
      if (changed) {
        assembly.run(Phases.FIXED, memory, memory, records);
        changed = false;
      }
      assembly.run(Phases.FORWARD, memory, memory, records);
      Machine.worked(assembly.work(Phases.FORWARD));
    }

    /**
     * {@return the Runge-Kutta stages of this program as one piece of code, once it has run often
     * enough, and if it is tiny} The program's inputs are time, state and, fixed, parameters as set
     * before; its output is the derivative.
     */
    @SuppressWarnings("exports")
    public Optional<Stages> stages(Stages.Scheme scheme) {
      Optional<Generated.Maker> maker = assembly.stages(scheme, graph.outputs().getFirst());
      if (changed && maker.isPresent()) {
        assembly.run(Phases.FIXED, memory, memory, records);
        changed = false;
      }
      return maker.map(made -> (Stages) made.bind(memory));
    }

    /** Copies an output, row-major, to {@code target}. */
    public void get(int output, double[] target, int offset) {
      int count = assembly.outputSize(output);
      System.arraycopy(memory, assembly.output(output).at(), target, offset, count);
    }

    /** {@return an output that is one number} */
    public double number(int output) {
      return memory[assembly.output(output).at()];
    }

    /** {@return an output} */
    public Tensor get(int output) {
      double[] values = new double[assembly.outputSize(output)];
      get(output, values, 0);
      return Tensor.of(graph.output(output), values);
    }
  }
}
