package odeum.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import odeum.compile.Scalar.Operation;

/**
 * Straight-line code over single numbers, as it is written: what it computes and stores, in order.
 * Arrays are told apart by numbers; no two overlap.
 */
final class ScalarCode {
  static final Scalar ZERO = new Scalar.Number(0);

  /** A part of the code. */
  sealed interface Line {}

  /** Computes a number. */
  record Compute(Scalar.Computed number) implements Line {}

  /** Stores a number. */
  record Store(int array, int index, Scalar number) implements Line {}

  private record Element(int array, int index) {}

  private final List<Line> lines = new ArrayList<>();
  private final Map<Element, Scalar> memory = new HashMap<>();

  List<Line> lines() {
    return lines;
  }

  Scalar apply(Operation operation, Scalar... operands) {
    Scalar.Result result = new Scalar.Result(operation, List.of(operands));
    lines.add(new Compute(result));
    return result;
  }

  Scalar add(Scalar a, Scalar b) {
    return apply(Operation.ADD, a, b);
  }

  Scalar fma(Scalar a, Scalar b, Scalar c) {
    return apply(Operation.FMA, a, b, c);
  }

  Scalar load(int array, int index) {
    Element element = new Element(array, index);
    Scalar known = memory.get(element);
    if (known == null) {
      Scalar.Load load = new Scalar.Load(array, index);
      lines.add(new Compute(load));
      memory.put(element, load);
      return load;
    }
    return known;
  }

  Scalar[] load(int array, int from, int count) {
    Scalar[] values = new Scalar[count];
    for (int i = 0; i < count; i++) {
      values[i] = load(array, from + i);
    }
    return values;
  }

  void store(int array, int index, Scalar number) {
    lines.add(new Store(array, index, number));
    memory.put(new Element(array, index), number);
  }

  void store(int array, int from, Scalar[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      store(array, from + i, numbers[i]);
    }
  }

  /** The sum as {@code odeum.simd.Lanes} has it: eight lanes from zero, folded in pairs. */
  Scalar sum(List<Scalar> values) {
    Scalar[] lanes = new Scalar[8];
    for (int i = 0; i < values.size(); i++) {
      Scalar before = lanes[i & 7] == null ? ZERO : lanes[i & 7];
      lanes[i & 7] = add(before, values.get(i));
    }
    return fold(lanes);
  }

  /** The inner product as {@code odeum.simd.Lanes} has it. */
  Scalar dot(List<Scalar> a, List<Scalar> b) {
    Scalar[] lanes = new Scalar[8];
    for (int i = 0; i < a.size(); i++) {
      Scalar before = lanes[i & 7] == null ? ZERO : lanes[i & 7];
      lanes[i & 7] = fma(a.get(i), b.get(i), before);
    }
    return fold(lanes);
  }

  private Scalar fold(Scalar[] lanes) {
    return add(pairs(lanes, 0), pairs(lanes, 1));
  }

  private Scalar pairs(Scalar[] lanes, int first) {
    Scalar near = orZero(lanes[first], lanes[first + 4]);
    return add(near, orZero(lanes[first + 2], lanes[first + 6]));
  }

  private Scalar orZero(Scalar a, Scalar b) {
    return a == null && b == null ? ZERO : add(a == null ? ZERO : a, b == null ? ZERO : b);
  }
}
