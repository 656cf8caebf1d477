package odeum.compile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * A graph made executable: an array of kernels over one array of doubles. A program is an immutable
 * value that threads share freely; the memory belongs to a {@link Run}.
 */
public final class Program {
  private final Graph graph;
  private final Kernel[] kernels;
  private final double[] initial;
  private final int[] inputOffsets;
  private final int[] outputOffsets;
  private final ConcurrentLinkedQueue<Run> idle = new ConcurrentLinkedQueue<>();

  private Program(Graph graph) {
    this.graph = graph;
    Layout layout = Layout.of(graph);
    this.initial = new double[layout.size()];
    this.inputOffsets = new int[graph.inputs().size()];
    List<Kernel> kernels = new ArrayList<>();
    for (int position = 0; position < graph.instructions().size(); position++) {
      if (!layout.uses(position)) {
        continue;
      }
      Instruction instruction = graph.instructions().get(position);
      int offset = layout.offset(position);
      switch (instruction.op()) {
        case Op.Input(int input) -> inputOffsets[input] = offset;
        case Op.Constant(Tensor value) -> value.copyTo(initial, offset);
        case Op op when Layout.isView(op) -> {}
        default -> kernels.add(Kernels.of(graph, position, layout));
      }
    }
    this.kernels = kernels.toArray(Kernel[]::new);
    this.outputOffsets = graph.outputs().stream().mapToInt(layout::offset).toArray();
  }

  /** {@return the program of a graph} */
  public static Program of(Graph graph) {
    return new Program(graph);
  }

  /** {@return the graph this program computes} */
  public Graph graph() {
    return graph;
  }

  /** {@return fresh memory to run this program in: for one thread at a time} */
  public Run open() {
    return new Run();
  }

  /** {@return the outputs for these inputs} Memory is borrowed for the call. */
  public List<Tensor> run(List<Tensor> inputs) {
    Run pooled = idle.poll();
    Run run = pooled == null ? open() : pooled;
    for (int i = 0; i < inputOffsets.length; i++) {
      Shape expected = graph.inputs().get(i);
      if (!inputs.get(i).shape().equals(expected)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT, "Input %d has shape %s, got %s.", i, expected, inputs.get(i).shape()));
      }
      inputs.get(i).copyTo(run.memory, inputOffsets[i]);
    }
    run.run();
    List<Tensor> outputs = new ArrayList<>(outputOffsets.length);
    for (int i = 0; i < outputOffsets.length; i++) {
      outputs.add(run.get(i));
    }
    idle.add(run);
    return List.copyOf(outputs);
  }

  /** The memory of one execution. Not for several threads at once. */
  public final class Run {
    private final double[] memory = initial.clone();
    private final Object[] records = new Object[graph.instructions().size()];

    private Run() {}

    /** Sets an input that is one number. */
    public void set(int input, double value) {
      memory[inputOffsets[input]] = value;
    }

    /** Sets an input to the values, row-major, that start at {@code offset}. */
    public void set(int input, double[] values, int offset) {
      System.arraycopy(
          values, offset, memory, inputOffsets[input], graph.inputs().get(input).size());
    }

    /** Computes the outputs from the inputs set before. */
    public void run() {
      for (Kernel kernel : kernels) {
        kernel.run(memory, records);
      }
    }

    /** Copies an output, row-major, to {@code target}. */
    public void get(int output, double[] target, int offset) {
      System.arraycopy(memory, outputOffsets[output], target, offset, graph.output(output).size());
    }

    /** {@return an output that is one number} */
    public double number(int output) {
      return memory[outputOffsets[output]];
    }

    /** {@return an output} */
    public Tensor get(int output) {
      double[] values = new double[graph.output(output).size()];
      get(output, values, 0);
      return Tensor.of(graph.output(output), values);
    }
  }
}
