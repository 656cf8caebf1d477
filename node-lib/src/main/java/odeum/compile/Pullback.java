package odeum.compile;

import java.util.List;
import java.util.Locale;
import odeum.graph.Graph;
import odeum.simd.Machine;
import odeum.tensor.Tensor;

/**
 * A function and its reverse derivative made executable together. An evaluation leaves what its
 * derivative needs in a {@link Frame}, so many evaluations can be made first and gone back through
 * later, in any order. Some inputs, such as parameters, are fixed for all evaluations; their
 * cotangents are summed over the evaluations gone back through.
 */
public final class Pullback {
  private final int inputs;
  private final int outputs;
  private final Accumulators accumulators;
  private final Assembly assembly;

  private Pullback(Graph joint, int inputs, int outputs, List<Integer> fixed) {

    this.inputs = inputs;
    this.outputs = outputs;
    Values values = new Values(joint);
    Phases phases = Phases.of(joint, fixed, outputs);
    this.accumulators = new Accumulators(values, phases);
    int given = joint.outputs().size() - fixed.size();
    joint.outputs().subList(given, joint.outputs().size()).forEach(accumulators::add);
    this.assembly = Assembly.of(joint, values, phases, given, accumulators);
  }

  /**
   * {@return the function of a graph with its derivative}
   *
   * @param derivative the function's outputs, then a cotangent per input that is not fixed, then
   *     one per fixed input; its inputs are the function's and a cotangent per output
   * @param function how many inputs and outputs the function has
   * @param fixed the positions of inputs that stay the same for many evaluations
   */
  public static Pullback of(Graph derivative, Graph function, List<Integer> fixed) {
    int inputs = function.inputs().size();
    int outputs = function.outputs().size();
    if (derivative.inputs().size() != inputs + outputs
        || derivative.outputs().size() != outputs + inputs) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A derivative of %d inputs and %d outputs has %d inputs and as many outputs, got %d and %d.",
              inputs,
              outputs,
              inputs + outputs,
              derivative.inputs().size(),
              derivative.outputs().size()));
    }
    return new Pullback(derivative, inputs, outputs, fixed);
  }

  /** Generates code at once if this is tiny, instead of after many runs. Whether it is. */
  boolean generate() {
    return assembly.generate();
  }

  /** {@return memory for evaluations by one thread at a time} */
  public Run open() {
    return new Run();
  }

  /** {@return a place for what one evaluation leaves} */
  public Frame frame() {
    return new Frame(new double[assembly.frameSize()], assembly.records());
  }

  /** What one evaluation leaves for its derivative. */
  public static final class Frame {
    private final double[] memory;
    private final Object[] records;

    private Frame(double[] memory, Object[] records) {
      this.memory = memory;
      this.records = records;
    }
  }

  /** The working memory of evaluations. Not for several threads at once. */
  public final class Run {
    private final double[] memory = assembly.memory();
    private boolean changed = true;

    private Run() {}

    /** Sets a fixed input, for this and the following evaluations. */
    public void fix(int input, double[] values, int offset) {
      int count = assembly.inputSize(input);
      System.arraycopy(values, offset, memory, assembly.input(input).at(), count);
      changed = true;
    }

    /** Sets a fixed input, for this and the following evaluations. */
    public void fix(int input, Tensor values) {
      values.copyTo(memory, assembly.input(input).at());
      changed = true;
    }

    /** Sets an input of one evaluation that is one number. */
    public void set(Frame frame, int input, double value) {
      Place place = assembly.input(input);
      place.in(memory, frame.memory)[place.at()] = value;
    }

    /** Sets an input of one evaluation. */
    public void set(Frame frame, int input, double[] values, int offset) {
      Place place = assembly.input(input);
      int count = assembly.inputSize(input);
      System.arraycopy(values, offset, place.in(memory, frame.memory), place.at(), count);
    }

    /** Computes the function's outputs. */
    public void forward(Frame frame) {
      if (changed) {
        assembly.run(Phases.FIXED, memory, frame.memory, frame.records);
        changed = false;
      }
      assembly.run(Phases.FORWARD, memory, frame.memory, frame.records);
      Machine.worked(assembly.work(Phases.FORWARD));
    }

    /** Copies an output of an evaluation. */
    public void get(Frame frame, int output, double[] target, int offset) {
      Place place = assembly.output(output);
      int count = assembly.outputSize(output);
      System.arraycopy(place.in(memory, frame.memory), place.at(), target, offset, count);
    }

    /**
     * Goes back through an evaluation: computes the cotangents of its inputs from the one of its
     * first output, and adds to the sums of those of the fixed inputs.
     */
    public void backward(Frame frame, double[] cotangent, int offset) {
      Place place = assembly.input(inputs);
      int count = assembly.inputSize(inputs);
      System.arraycopy(cotangent, offset, memory, place.at(), count);
      assembly.run(Phases.BACKWARD, memory, frame.memory, frame.records);
      Machine.worked(assembly.work(Phases.BACKWARD));
    }

    /** Copies the cotangent of the i-th input that is not fixed, as the last way back gave it. */
    public void cotangent(Frame frame, int i, double[] target, int offset) {
      get(frame, outputs + i, target, offset);
    }

    /** Starts the sums of the fixed inputs' cotangents from zero. */
    public void clear() {
      accumulators.clear(memory);
    }

    /** Copies the sum of the i-th fixed input's cotangents. */
    public void sum(int i, double[] target, int offset) {
      accumulators.get(i, memory, target, offset);
    }
  }
}
