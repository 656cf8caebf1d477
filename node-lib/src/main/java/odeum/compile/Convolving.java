package odeum.compile;

import java.util.List;
import java.util.Optional;
import odeum.graph.Op;
import odeum.simd.Convolutions;
import odeum.simd.Loops;
import odeum.simd.Patches;
import odeum.tensor.Shape;

/**
 * Finds convolutions, which are written as gathered patches times a matrix, and computes them
 * without storing the patches: those that go by tiles always, so that a sample's numbers do not
 * depend on its batch, others for many samples.
 */
final class Convolving {
  /** Fewer samples leave vectors half empty. */
  private static final int LEAST_SAMPLES = 8;

  private final Values values;

  Convolving(Values values) {
    this.values = values;
  }

  /** Patches, and what they are gathered from. */
  private record Gathered(Patches patches, int input, int samples) {}

  /** {@return a task for a matrix product with patches, if the one at a position is that} */
  Optional<Task> product(int position) {
    if (!(values.op(position) instanceof Op.MatrixMultiply(boolean left, boolean right)) || left) {
      return Optional.empty();
    }
    int a = values.operand(position, 0);
    int outputs = values.shape(a).extent(0);
    return gathered(values.operand(position, 1))
        .filter(
            found ->
                found.patches.isTiled(outputs)
                    || found.samples >= LEAST_SAMPLES
                        && (!right || found.samples % LEAST_SAMPLES == 0))
        .map(
            found -> {
              Task.Kind kind =
                  right
                      ? new Task.ConvolveWeights(found.patches, outputs, found.samples)
                      : new Task.Convolve(found.patches, outputs, found.samples);
              return new Task(kind, position, List.of(a, found.input));
            });
  }

  /** {@return a task for a convolution and its bias, if a matrix product is one} */
  Optional<Task> affine(int sum, int product, int bias) {
    return product(product)
        .map(
            task ->
                new Task(
                    task.kind(),
                    sum,
                    List.of(task.operands().get(0), task.operands().get(1), bias)));
  }

  /** The patches that a matrix (channels weights, places samples) consists of. */
  private Optional<Gathered> gathered(int matrix) {
    int gather = values.whole(matrix);
    if (!(values.op(gather) instanceof Op.Gather(int axis, List<Integer> inputs)) || axis != 1) {
      return Optional.empty();
    }
    int input = values.operand(gather, 0);
    int rows = values.shape(matrix).extent(0);
    return patches(values.shape(input), inputs, rows)
        .map(found -> new Gathered(found, input, samples(values.shape(input))));
  }

  private static int samples(Shape grid) {
    return grid.product(2, grid.rank());
  }

  /** Patches as rows of a matrix, if that is what the rows are. */
  private static Optional<Patches> patches(Shape grid, List<Integer> inputs, int rows) {
    int channels = grid.extent(0);
    int kernel = channels == 0 ? 0 : rows / channels;
    boolean fits = kernel > 0 && rows % channels == 0 && inputs.size() % kernel == 0;
    return fits ? Patches.of(channels, grid.extent(1), kernel, inputs) : Optional.empty();
  }

  /** {@return a task for adding up the patches of a product, if the one at a position is that} */
  Optional<Task> scatter(int position) {
    if (!(values.op(position) instanceof Op.ScatterAdd(int axis, List<Integer> inputs, int _))
        || axis != 1) {
      return Optional.empty();
    }
    int product = values.wholeUsedOnce(values.operand(position, 0));
    if (!(values.op(product) instanceof Op.MatrixMultiply(boolean left, boolean _))
        || !left
        || !values.usedOnce(product)) {
      return Optional.empty();
    }
    int w = values.operand(product, 0);
    int v = values.operand(product, 1);
    int outputs = values.shape(v).extent(0);
    Shape grid = values.shape(position);
    return patches(grid, inputs, values.shape(product).extent(0))
        .filter(found -> found.isBackTiled(outputs) || samples(grid) >= LEAST_SAMPLES)
        .map(
            patches -> {
              Task.Kind kind = new Task.ConvolveBack(patches, outputs, samples(grid));
              return new Task(kind, position, List.of(w, v));
            });
  }

  /** The convolution as it is, then a rounding of its own for each sum with the bias. */
  static Kernel affine(Task.Convolve kind, Place o, Place w, Place x, Place bias) {
    Kernel convolution = apply(kind, o, w, x);
    int width = kind.patches().places() * kind.samples();
    return (m, f, records) -> {
      convolution.run(m, f, records);
      double[] out = o.in(m, f);
      Loops.addColumn(out, o.at(), out, o.at(), bias.in(m, f), bias.at(), kind.outputs(), width);
    };
  }

  static Kernel apply(Task.Convolve kind, Place o, Place w, Place x) {
    return (m, f, _) ->
        Convolutions.apply(
            o.in(m, f),
            o.at(),
            w.in(m, f),
            w.at(),
            x.in(m, f),
            x.at(),
            kind.patches(),
            kind.outputs(),
            kind.samples());
  }

  static Kernel transposed(Task.ConvolveBack kind, Place o, Place w, Place v) {
    return (m, f, _) ->
        Convolutions.transposed(
            o.in(m, f),
            o.at(),
            w.in(m, f),
            w.at(),
            v.in(m, f),
            v.at(),
            kind.patches(),
            kind.outputs(),
            kind.samples());
  }

  static Kernel weights(Task.ConvolveWeights kind, Place o, Place v, Place x) {
    return (m, f, _) ->
        Convolutions.weights(
            o.in(m, f),
            o.at(),
            v.in(m, f),
            v.at(),
            x.in(m, f),
            x.at(),
            kind.patches(),
            kind.outputs(),
            kind.samples());
  }
}
