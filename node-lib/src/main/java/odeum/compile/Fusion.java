package odeum.compile;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntUnaryOperator;
import odeum.graph.Op;
import odeum.tensor.Shape;

/**
 * Puts primitives together that one kernel computes faster. The roundings stay those of the single
 * primitives, so the numbers are the same with and without.
 */
final class Fusion {
  private final Values values;
  private final IntUnaryOperator phase;
  private final Convolving convolving;

  private Fusion(Values values, IntUnaryOperator phase) {
    this.values = values;
    this.phase = phase;
    this.convolving = new Convolving(values);
  }

  /** One task per computed value. */
  static List<Task> none(Values values) {
    return values.computed().stream()
        .map(p -> new Task(new Task.Primitive(values.op(p)), p, values.operands(p)))
        .toList();
  }

  /**
   * One task per computed value, of which some may do the work of others.
   *
   * @param phase when a value is computed; only values of one phase are put together
   */
  static List<Task> of(Values values, IntUnaryOperator phase) {
    Fusion fusion = new Fusion(values, phase);
    return values.computed().stream().map(fusion::task).toList();
  }

  /** {@return the tasks without those whose values nobody reads} */
  static List<Task> prune(List<Task> tasks, List<Integer> outputs, Values values) {
    boolean[] read = new boolean[values.count()];
    outputs.forEach(output -> read[values.root(output)] = true);
    List<Task> kept = new ArrayList<>();
    for (Task task : tasks.reversed()) {
      boolean shows = task.kind() instanceof Task.Primitive(Op.Print _);
      if (read[task.value()] || shows || task.accumulates()) {
        task.operands().forEach(operand -> read[values.root(operand)] = true);
        kept.add(task);
      }
    }
    Collections.reverse(kept);
    return kept;
  }

  private Task task(int position) {
    Optional<Task> fused =
        switch (values.op(position)) {
          case Op.Add() -> affine(position).or(() -> repeated(position));
          case Op.Subtract() -> tanhBackward(position).or(() -> repeated(position));
          case Op.Multiply() -> sigmoidBackward(position).or(() -> repeated(position));
          case Op.Divide() -> repeated(position);
          case Op.Minimum(), Op.Maximum() -> limited(position);
          case Op.Where() -> chosen(position);
          case Op.MatrixMultiply _ -> convolving.product(position);
          case Op.ScatterAdd _ -> convolving.scatter(position);
          default -> Optional.empty();
        };
    Task.Kind primitive = new Task.Primitive(values.op(position));
    return fused.orElseGet(() -> new Task(primitive, position, values.operands(position)));
  }

  private boolean together(int position, int other) {
    return phase.applyAsInt(position) == phase.applyAsInt(other);
  }

  private Optional<Task> affine(int sum) {
    int a = values.operand(sum, 0);
    int b = values.operand(sum, 1);
    return affine(sum, a, b).or(() -> affine(sum, b, a));
  }

  private Optional<Task> affine(int sum, int first, int second) {
    int product = values.wholeUsedOnce(first);
    boolean plain =
        values.op(product) instanceof Op.MatrixMultiply(boolean l, boolean r) && !l && !r;
    if (!plain || !values.usedOnce(product) || !together(sum, product)) {
      return Optional.empty();
    }
    Shape shape = values.shape(product);
    int rows = shape.extent(0);
    int width = shape.extent(1);
    int bias = second;
    if (values.op(values.whole(second)) instanceof Op.Broadcast) {
      int broadcast = values.whole(second);
      bias = values.operand(broadcast, 0);
      if (!isColumn(values.shape(bias), values.shape(broadcast), rows)) {
        return Optional.empty();
      }
    } else if (width != 1) {
      return Optional.empty();
    }
    Optional<Task> convolution = convolving.affine(sum, product, bias);
    if (convolution.isPresent()) {
      return convolution;
    }
    int w = values.operand(product, 0);
    int x = values.operand(product, 1);
    Task.Kind kind = new Task.Affine(rows, values.shape(w).extent(1), width);
    return Optional.of(new Task(kind, sum, List.of(w, x, bias)));
  }

  /** {@code v - (v y) y}. */
  private Optional<Task> tanhBackward(int difference) {
    int v = values.operand(difference, 0);
    int product = values.operand(difference, 1);
    if (!inner(difference, product)) {
      return Optional.empty();
    }
    for (int i = 0; i < 2; i++) {
      int first = values.operand(product, i);
      int y = values.operand(product, 1 - i);
      if (inner(difference, first) && values.operands(first).equals(List.of(v, y))) {
        return Optional.of(new Task(new Task.TanhBackward(), difference, List.of(v, y)));
      }
    }
    return Optional.empty();
  }

  /** Whether a value is a product that only serves inside another value's computation. */
  private boolean inner(int outer, int position) {
    return values.op(position) instanceof Op.Multiply
        && values.usedOnce(position)
        && together(outer, position);
  }

  /** {@code v (y - y y)}. */
  private Optional<Task> sigmoidBackward(int product) {
    int v = values.operand(product, 0);
    int difference = values.operand(product, 1);
    if (!(values.op(difference) instanceof Op.Subtract)
        || !values.usedOnce(difference)
        || !together(product, difference)) {
      return Optional.empty();
    }
    int y = values.operand(difference, 0);
    int square = values.operand(difference, 1);
    return inner(product, square) && values.operands(square).equals(List.of(y, y))
        ? Optional.of(new Task(new Task.SigmoidBackward(), product, List.of(v, y)))
        : Optional.empty();
  }

  /** The smaller or larger of an array and one number, on whichever side it stands. */
  private Optional<Task> limited(int position) {
    for (int side = 0; side < 2; side++) {
      OptionalInt number = number(values.operand(position, side));
      if (number.isPresent()) {
        Op.Binary op = (Op.Binary) values.op(position);
        int n = values.size(position);
        Task.Kind kind = new Task.Repeated(op, Task.Repetition.NUMBER, 1, 1, n);
        int array = values.operand(position, 1 - side);
        return Optional.of(new Task(kind, position, List.of(array, number.getAsInt())));
      }
    }
    return Optional.empty();
  }

  /** The one number of which all elements of a value are. */
  private OptionalInt number(int position) {
    int whole = values.whole(position);
    return values.op(whole) instanceof Op.Broadcast && values.size(values.operand(whole, 0)) == 1
        ? OptionalInt.of(values.operand(whole, 0))
        : OptionalInt.empty();
  }

  /** The choice between an array and a number by the comparison of another with a number. */
  private Optional<Task> chosen(int position) {
    int less = values.operand(position, 0);
    if (!(values.op(less) instanceof Op.Less)) {
      return Optional.empty();
    }
    OptionalInt above = number(values.operand(less, 1));
    OptionalInt bound = above.isPresent() ? above : number(values.operand(less, 0));
    OptionalInt no = number(values.operand(position, 2));
    OptionalInt number = no.isPresent() ? no : number(values.operand(position, 1));
    if (bound.isEmpty() || number.isEmpty()) {
      return Optional.empty();
    }
    int compared = values.operand(less, above.isPresent() ? 0 : 1);
    int elements = values.operand(position, no.isPresent() ? 1 : 2);
    Task.Kind kind = new Task.Choose(above.isPresent(), no.isPresent());
    return Optional.of(
        new Task(kind, position, List.of(compared, elements, bound.getAsInt(), number.getAsInt())));
  }

  private Optional<Task> repeated(int position) {
    int a = values.operand(position, 0);
    int b = values.operand(position, 1);
    Op.Binary op = (Op.Binary) values.op(position);
    if (values.op(b) instanceof Op.Broadcast && !values.isView(b)) {
      return repeated(position, op, a, b);
    }
    if (!(values.op(a) instanceof Op.Broadcast) || values.isView(a)) {
      return Optional.empty();
    }
    if (op instanceof Op.Add || op instanceof Op.Multiply) {
      return repeated(position, op, b, a);
    }
    int small = values.operand(a, 0);
    if (values.size(small) != 1) {
      return Optional.empty();
    }
    Task.Kind kind = new Task.Repeated(op, Task.Repetition.NUMBER_FIRST, 1, 1, values.size(a));
    return Optional.of(new Task(kind, position, List.of(b, small)));
  }

  private Optional<Task> repeated(int position, Op.Binary op, int whole, int broadcast) {
    int small = values.operand(broadcast, 0);
    Shape large = values.shape(broadcast);
    int count = values.size(small);
    int others = large.size() / Math.max(1, count);
    Task.Kind kind;
    if (count == 1) {
      kind = new Task.Repeated(op, Task.Repetition.NUMBER, 1, 1, large.size());
    } else if (isColumn(values.shape(small), large, count)) {
      kind = new Task.Repeated(op, Task.Repetition.COLUMN, 1, count, others);
    } else if (isRow(values.shape(small), large)) {
      kind = new Task.Repeated(op, Task.Repetition.ROW, 1, others, count);
    } else if (width(values.shape(small), large) > 0) {
      int width = width(values.shape(small), large);
      kind = new Task.Repeated(op, Task.Repetition.ROW, count / width, others, width);
    } else {
      return Optional.empty();
    }
    return Optional.of(new Task(kind, position, List.of(whole, small)));
  }

  /** Whether the large array has the small one's elements as rows: so many rows of equal values. */
  static boolean isColumn(Shape small, Shape large, int rows) {
    if (small.rank() != large.rank() || small.size() != rows) {
      return false;
    }
    int axis = 0;
    while (axis < small.rank() && small.extent(axis) == large.extent(axis)) {
      axis++;
    }
    return small.product(axis, small.rank()) == 1;
  }

  /** Whether the large array is the small one over and over again. */
  static boolean isRow(Shape small, Shape large) {
    int back = 1;
    while (back <= small.rank()
        && small.extent(small.rank() - back) == large.extent(large.rank() - back)) {
      back++;
    }
    return small.product(0, small.rank() - back + 1) == 1;
  }

  /**
   * How many elements lie side by side in rows of which each is repeated several times, one below
   * the other, before the next one follows; 0 if the large array is made in another way.
   */
  static int width(Shape small, Shape large) {
    if (small.rank() != large.rank() || small.size() == 0) {
      return 0;
    }
    int front = 0;
    while (front < small.rank() && small.extent(front) == large.extent(front)) {
      front++;
    }
    int back = small.rank();
    while (back > front && small.extent(back - 1) == large.extent(back - 1)) {
      back--;
    }
    return small.product(front, back) == 1 ? small.product(back, small.rank()) : 0;
  }
}
