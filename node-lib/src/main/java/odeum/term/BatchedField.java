package odeum.term;

import java.util.List;
import java.util.Optional;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.simd.LaneStages;
import odeum.simd.Machine;
import odeum.simd.Stages;
import odeum.tensor.Shape;

/**
 * A vector field over many samples at once, each at a time of its own: states are stored {@code
 * (size, samples)}. Has its own memory: for one thread.
 */
public final class BatchedField {
  /** After so many steps code is made: each is one of all samples. */
  private static final int PATIENCE = 100;

  private final Program.Run run;
  private final int samples;
  private final boolean readsTime;

  private final StageMaker maker;
  private double[] parameters = {};
  private int patience = PATIENCE;
  private Optional<LaneStages> stages = Optional.empty();

  /** Gives the code of a method's stages; makes it only if that is worth it. */
  interface StageMaker {
    Optional<LaneStages> make(Stages.Scheme scheme, int stride, boolean worth);
  }

  BatchedField(Program program, int samples, StageMaker maker) {
    this.run = program.open();
    this.samples = samples;
    this.maker = maker;
    this.readsTime = readsTime(program.graph());
  }

  private static boolean readsTime(Graph graph) {
    List<Instruction> instructions = graph.instructions();
    return instructions.stream()
        .flatMap(instruction -> instruction.operands().stream())
        .anyMatch(at -> instructions.get(at).op() instanceof Op.Input(int input) && input == 0);
  }

  /** {@return whether the derivative depends on time at all} */
  public boolean readsTime() {
    return readsTime;
  }

  static Program program(Graph graph, boolean own, int samples) {
    return Program.of(Vmap.of(graph, List.of(true, true, own), samples), List.of(2));
  }

  /** {@return how many samples there are} */
  public int samples() {
    return samples;
  }

  /** Sets the parameters: one for all, or {@code (parameters, samples)} if samples have own. */
  public void setParameters(double[] values) {
    run.set(2, values, 0);
    parameters = values;
  }

  /**
   * Computes the stages of a step, if there is code for it: once many steps were taken, and for
   * small fields of plain arithmetic. Arrays as in {@code odeum.simd.LaneStages}.
   *
   * @param stride how far apart stages lie in {@code k}
   * @return whether it did
   */
  @SuppressWarnings("exports")
  public boolean computes(
      Stages.Scheme scheme,
      int stride,
      double[] t,
      double[] end,
      double[] h,
      double[] y,
      double[] k,
      double[] stage,
      double[] y1) {
    if (patience >= 0) {
      if (patience == PATIENCE || patience == 0) {
        stages = maker.make(scheme, stride, patience == 0);
      }
      patience = stages.isPresent() ? -1 : patience - 1;
    }
    if (stages.isEmpty()) {
      return false;
    }
    stages.get().compute(parameters, t, end, h, y, k, stage, y1);
    Machine.worked((long) scheme.stages() * y1.length);
    return true;
  }

  /**
   * Computes dy/dt.
   *
   * @param t the samples' times, shape {@code (samples)}
   * @param y their states, shape {@code (size, samples)}
   * @param dy receives their derivatives, in the shape of y, from {@code offset} on
   */
  public void evaluate(double[] t, double[] y, double[] dy, int offset) {
    if (readsTime) {
      run.set(0, t, 0);
    }
    run.set(1, y, 0);
    run.run();
    run.get(0, dy, offset);
  }

  /**
   * Whether each sample gets the bits it has alone. See {@link Vmap} for the two operations that
   * sum in another order; implicit layers choose their own way with a batch, and what prints would
   * print the batch.
   */
  static boolean keepsBits(Graph graph, boolean own) {
    List<Instruction> instructions = graph.instructions();
    boolean[] mapped = new boolean[instructions.size()];
    for (int i = 0; i < mapped.length; i++) {
      Instruction instruction = instructions.get(i);
      mapped[i] =
          instruction.op() instanceof Op.Input(int input)
              ? input < 2 || own
              : instruction.operands().stream().anyMatch(at -> mapped[at]);
      if (mapped[i] && !keepsBits(instruction, instructions)) {
        return false;
      }
    }
    return true;
  }

  private static boolean keepsBits(Instruction instruction, List<Instruction> all) {
    return switch (instruction.op()) {
      case Op.Implicit _, Op.Print _ -> false;
      case Op.MatrixMultiply(boolean _, boolean right) -> !right;
      case Op.Sum(int axis) -> {
        Shape shape = all.get(instruction.operands().getFirst()).shape();
        // Two numbers have one sum; more along a last axis are summed in eight lanes when alone.
        yield shape.product(axis + 1, shape.rank()) > 1 || shape.extent(axis) <= 2;
      }
      default -> true;
    };
  }
}
