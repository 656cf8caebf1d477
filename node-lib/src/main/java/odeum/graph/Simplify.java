package odeum.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Shorter ways to the same numbers, found while tracing. Only the sign of a zero may change. Most
 * come from derivatives: what was cut from one vector is put together again.
 */
final class Simplify {
  private final Trace trace;

  Simplify(Trace trace) {
    this.trace = trace;
  }

  /** {@return the value of a primitive, if there is a shorter way to it} */
  Optional<Tracer> find(Op op, List<Tracer> at, Shape shape) {
    return switch (op) {
      case Op.Negate() -> negate(at.getFirst());
      case Op.Add() -> add(at.get(0), at.get(1));
      case Op.Subtract() when isConstant(at.get(1), 0) -> Optional.of(at.get(0));
      case Op.Multiply() when isConstant(at.get(1), 1) -> Optional.of(at.get(0));
      case Op.Multiply() when isConstant(at.get(0), 1) -> Optional.of(at.get(1));
      case Op.Divide() when isConstant(at.get(1), 1) -> Optional.of(at.get(0));
      case Op.Reshape _ -> reshape(at.getFirst(), shape);
      case Op.Transpose(List<Integer> axes) -> transpose(at.getFirst(), axes, shape);
      case Op.Broadcast _ -> broadcast(at.getFirst(), shape);
      case Op.Slice(int axis, int from, int to) -> slice(at.getFirst(), axis, from, to);
      case Op.Sum(int axis) when at.getFirst().shape().extent(axis) == 1 ->
          Optional.of(at.getFirst().reshape(shape));
      case Op.Sum(int axis) when op(at.getFirst()) instanceof Op.Negate && axis < shape.rank() ->
          Optional.of(operand(at.getFirst(), 0).sum(axis).unaryMinus());
      case Op.Concatenate(int axis) -> concatenate(at, axis);
      default -> Optional.empty();
    };
  }

  private Op op(Tracer tracer) {
    return trace.instruction(tracer.position()).op();
  }

  private Tracer operand(Tracer tracer, int i) {
    int position = trace.instruction(tracer.position()).operands().get(i);
    return new Tracer(trace, position, trace.instruction(position).shape());
  }

  private List<Tracer> operands(Tracer tracer) {
    int count = trace.instruction(tracer.position()).operands().size();
    return IntStream.range(0, count).mapToObj(i -> operand(tracer, i)).toList();
  }

  /** Whether all elements are this number, whatever they were repeated or reshaped by. */
  private boolean isConstant(Tracer tracer, double value) {
    return switch (op(tracer)) {
      case Op.Constant(Tensor tensor) -> {
        boolean same = tensor.size() > 0;
        for (int i = 0; same && i < tensor.size(); i++) {
          same = tensor.at(i) == value;
        }
        yield same;
      }
      case Op.Broadcast _, Op.Reshape _, Op.Transpose _, Op.Slice _ ->
          isConstant(operand(tracer, 0), value);
      default -> false;
    };
  }

  private Optional<Tracer> negate(Tracer a) {
    return op(a) instanceof Op.Negate ? Optional.of(operand(a, 0)) : Optional.empty();
  }

  private Optional<Tracer> add(Tracer a, Tracer b) {
    if (isConstant(a, 0)) {
      return Optional.of(b);
    }
    return isConstant(b, 0) ? Optional.of(a) : tile(a, b);
  }

  private Optional<Tracer> reshape(Tracer a, Shape shape) {
    if (a.shape().equals(shape)) {
      return Optional.of(a);
    }
    return switch (op(a)) {
      case Op.Reshape _ -> Optional.of(operand(a, 0).reshape(shape));
      case Op.Constant(Tensor value) -> Optional.of(trace.constant(value.reshape(shape)));
      case Op.Broadcast _ -> reshapeOfRepeated(operand(a, 0), a.shape(), shape);
      default -> Optional.empty();
    };
  }

  /** Repeating last keeps repetitions together, so that they become one. */
  private static Optional<Tracer> reshapeOfRepeated(Tracer small, Shape large, Shape shape) {
    if (small.shape().size() == 1) {
      return Optional.of(small.reshape(Shape.of()).broadcast(shape));
    }
    return shape.equals(large.append(1))
        ? Optional.of(small.reshape(small.shape().append(1)).broadcast(shape))
        : Optional.empty();
  }

  private Optional<Tracer> transpose(Tracer a, List<Integer> axes, Shape shape) {
    if (op(a) instanceof Op.Transpose(List<Integer> inner)) {
      List<Integer> both = axes.stream().map(inner::get).toList();
      return Optional.of(operand(a, 0).transpose(both));
    }
    List<Integer> moved = axes.stream().filter(axis -> a.shape().extent(axis) != 1).toList();
    boolean inOrder =
        IntStream.range(1, moved.size()).allMatch(i -> moved.get(i - 1) < moved.get(i));
    return inOrder ? Optional.of(a.reshape(shape)) : Optional.empty();
  }

  private Optional<Tracer> broadcast(Tracer a, Shape shape) {
    if (a.shape().equals(shape)) {
      return Optional.of(a);
    }
    return op(a) instanceof Op.Broadcast
        ? Optional.of(operand(a, 0).broadcast(shape))
        : Optional.empty();
  }

  private Optional<Tracer> slice(Tracer a, int axis, int from, int to) {
    if (from == 0 && to == a.shape().extent(axis)) {
      return Optional.of(a);
    }
    return switch (op(a)) {
      case Op.Slice(int other, int start, int _) when other == axis ->
          Optional.of(operand(a, 0).slice(axis, start + from, start + to));
      case Op.Concatenate(int other) when other == axis -> sliceOfParts(a, axis, from, to);
      case Op.Pad(int other, int before, int _) when other == axis -> {
        Tracer inner = operand(a, 0);
        boolean inside = from >= before && to <= before + inner.shape().extent(axis);
        yield inside
            ? Optional.of(inner.slice(axis, from - before, to - before))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private Optional<Tracer> sliceOfParts(Tracer a, int axis, int from, int to) {
    List<Tracer> parts = new ArrayList<>();
    int start = 0;
    for (Tracer part : operands(a)) {
      int end = start + part.shape().extent(axis);
      int first = Math.max(from, start);
      int last = Math.min(to, end);
      if (first < last) {
        parts.add(part.slice(axis, first - start, last - start));
      }
      start = end;
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(Tracer.concatenate(axis, parts));
  }

  /** Neighbouring runs of one array are one run again. */
  private Optional<Tracer> concatenate(List<Tracer> at, int axis) {
    List<Tracer> joined = new ArrayList<>();
    for (Tracer part : at) {
      Optional<Tracer> whole =
          joined.isEmpty() ? Optional.empty() : joinRuns(joined.getLast(), part, axis);
      if (whole.isPresent()) {
        joined.set(joined.size() - 1, whole.get());
      } else {
        joined.add(part);
      }
    }
    return joined.size() < at.size()
        ? Optional.of(Tracer.concatenate(axis, joined))
        : Optional.empty();
  }

  private Optional<Tracer> joinRuns(Tracer a, Tracer b, int axis) {
    return op(a) instanceof Op.Slice(int first, int from, int middle)
            && op(b) instanceof Op.Slice(int second, int next, int to)
            && first == axis
            && second == axis
            && middle == next
            && operand(a, 0).position() == operand(b, 0).position()
        ? Optional.of(operand(a, 0).slice(axis, from, to))
        : Optional.empty();
  }

  /** A part of an array along its first axis; what lies between parts is zero. */
  private record Part(int from, Tracer values) {
    int to() {
      return from + values.shape().extent(0);
    }
  }

  private Optional<Tracer> tile(Tracer a, Tracer b) {
    List<Part> first = parts(a);
    List<Part> second = parts(b);
    if (first.isEmpty() || second.isEmpty()) {
      return Optional.empty();
    }
    List<Part> all = new ArrayList<>(first);
    all.addAll(second);
    all.sort((x, y) -> Integer.compare(x.from, y.from));
    List<Tracer> tiles = new ArrayList<>();
    int at = 0;
    for (Part part : all) {
      if (part.from < at) {
        return Optional.empty();
      }
      addZeros(tiles, a.shape(), part.from - at);
      tiles.add(part.values);
      at = part.to();
    }
    addZeros(tiles, a.shape(), a.shape().extent(0) - at);
    return Optional.of(Tracer.concatenate(0, tiles));
  }

  private void addZeros(List<Tracer> tiles, Shape shape, int count) {
    if (count > 0) {
      tiles.add(trace.constant(Tensor.zeros(shape.with(0, count))));
    }
  }

  /** The parts that are not zero, of an array that was put together; else none. */
  private List<Part> parts(Tracer tracer) {
    return switch (op(tracer)) {
      case Op.Pad(int axis, int before, int _) when axis == 0 ->
          List.of(new Part(before, operand(tracer, 0)));
      case Op.Concatenate(int axis) when axis == 0 -> {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        for (Tracer part : operands(tracer)) {
          if (!isConstant(part, 0)) {
            parts.add(new Part(at, part));
          }
          at += part.shape().extent(0);
        }
        yield parts;
      }
      default -> List.of();
    };
  }
}
