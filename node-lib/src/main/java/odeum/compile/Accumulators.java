package odeum.compile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import odeum.graph.Op;
import odeum.simd.Lanes;
import odeum.simd.Loops;
import odeum.simd.Products;
import odeum.tensor.Tensor;

/**
 * Outputs that are summed over many runs, as the cotangents of parameters are. Short sums of
 * products stay in eight lanes until the end, where they are folded once. The sums lie at the start
 * of a run's memory.
 */
final class Accumulators {
  /** Folding a sum costs as much as so many of its products: longer ones are folded at once. */
  private static final int LONGEST = 64;

  private static final int MOST_LANES = 1 << 15;

  /** The sums of one output: plain ones, and those in lanes. */
  private record Sums(int at, int count, List<Laned> laned) {}

  /** Sums in lanes: where they lie, how many there are, which of the output's they are. */
  private record Laned(int at, int count, int target) {}

  private final Values values;
  private final Phases phases;
  private final List<Sums> sums = new ArrayList<>();
  private final Task[] replaced;
  private final List<Task> added = new ArrayList<>();
  private int size;

  Accumulators(Values values, Phases phases) {
    this.values = values;
    this.phases = phases;
    this.replaced = new Task[values.count()];
  }

  /** Sums an output up. */
  void add(int output) {
    int count = values.size(output);
    Sums all = new Sums(reserve(count), count, new ArrayList<>());
    sums.add(all);
    collect(output, 0, all);
  }

  private int reserve(int count) {
    int at = size;
    size += FreeSpace.rounded(count);
    return at;
  }

  /** How much memory the sums take. */
  int size() {
    return size;
  }

  private void collect(int position, int target, Sums all) {
    int at = values.wholeUsedOnce(position);
    boolean mine = values.usedOnce(at) && phases.of(at) == Phases.BACKWARD;
    switch (values.op(at)) {
      case Op.Concatenate(int axis) when mine && values.shape(at).product(0, axis) == 1 -> {
        int from = target;
        for (int operand : values.operands(at)) {
          collect(operand, from, all);
          from += values.size(operand);
        }
      }
      case Op.Pad(int axis, int before, int _)
          when mine && values.shape(at).product(0, axis) == 1 -> {
        int inner = values.shape(at).product(axis + 1, values.shape(at).rank());
        collect(values.operand(at, 0), target + before * inner, all);
      }
      case Op.Add() when mine -> {
        collect(values.operand(at, 0), target, all);
        collect(values.operand(at, 1), target, all);
      }
      case Op.MatrixMultiply(boolean left, boolean right)
          when mine && !left && right && isShort(at, values.operand(at, 0)) ->
          product(at, target, all);
      case Op.Sum(int axis) when mine && isLast(at, axis) && isShort(at, values.operand(at, 0)) ->
          rows(at, target, all);
      case Op.Constant(Tensor value) when isZero(value) -> {}
      default -> plain(at, target, all);
    }
  }

  private boolean isLast(int sum, int axis) {
    return axis == values.shape(values.operand(sum, 0)).rank() - 1;
  }

  private boolean isShort(int at, int operand) {
    int length = values.shape(operand).extent(-1);
    return length <= LONGEST && values.size(at) <= MOST_LANES / 8;
  }

  private static boolean isZero(Tensor value) {
    for (int i = 0; i < value.size(); i++) {
      if (value.at(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private void product(int at, int target, Sums all) {
    int rows = values.shape(at).extent(0);
    int width = values.shape(at).extent(1);
    int inner = values.shape(values.operand(at, 0)).extent(1);
    int lanes = lanes(rows * width, target, all);
    Task.Kind kind = new Task.AccumulateProduct(lanes, rows, inner, width);
    replaced[at] = new Task(kind, at, values.operands(at));
  }

  private void rows(int at, int target, Sums all) {
    int rows = values.size(at);
    int lanes = lanes(rows, target, all);
    Task.Kind kind =
        new Task.AccumulateRows(lanes, rows, values.shape(values.operand(at, 0)).extent(-1));
    replaced[at] = new Task(kind, at, values.operands(at));
  }

  private int lanes(int count, int target, Sums all) {
    int at = reserve(8 * count);
    all.laned.add(new Laned(at, count, target));
    return at;
  }

  private void plain(int at, int target, Sums all) {
    int count = values.size(at);
    added.add(new Task(new Task.Accumulate(all.at + target, count), at, List.of(at)));
  }

  /** {@return the tasks, with those that sum up; each as early as it can be} */
  List<Task> into(List<Task> tasks) {
    List<Task> result = new ArrayList<>();
    boolean[] computed = new boolean[values.count()];
    for (Task task : tasks) {
      Task other = replaced[task.value()];
      result.add(other != null ? other : task);
      computed[task.value()] = true;
      for (Task sum : added) {
        if (values.root(sum.value()) == task.value()) {
          result.add(sum);
        }
      }
    }
    for (Task sum : added) {
      if (!computed[values.root(sum.value())]) {
        result.add(sum);
      }
    }
    return result;
  }

  void clear(double[] m) {
    Arrays.fill(m, 0, size, 0);
  }

  /** Stores the sums of an output. */
  void get(int output, double[] m, double[] target, int offset) {
    Sums all = sums.get(output);
    System.arraycopy(m, all.at, target, offset, all.count);
    double[] folded = new double[all.laned.stream().mapToInt(Laned::count).max().orElse(0)];
    for (Laned laned : all.laned) {
      Lanes.fold(folded, 0, m, laned.at, laned.count);
      int to = offset + laned.target;
      Loops.add(target, to, target, to, folded, 0, laned.count);
    }
  }

  static Kernel product(Task.AccumulateProduct kind, Place a, Place b) {
    int rows = kind.rows();
    int inner = kind.inner();
    int width = kind.width();
    int at = kind.at();
    return (m, f, _) ->
        Products.accumulateRightTransposed(
            m, at, a.in(m, f), a.at(), b.in(m, f), b.at(), rows, inner, width);
  }

  static Kernel rows(Task.AccumulateRows kind, Place a) {
    int rows = kind.rows();
    int width = kind.width();
    int at = kind.at();
    return (m, f, _) -> Lanes.accumulateRows(m, at, a.in(m, f), a.at(), rows, width);
  }

  static Kernel plain(Task.Accumulate kind, Place a) {
    int count = kind.count();
    int at = kind.at();
    return (m, f, _) -> Loops.add(m, at, m, at, a.in(m, f), a.at(), count);
  }
}
