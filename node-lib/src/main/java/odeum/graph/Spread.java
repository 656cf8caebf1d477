package odeum.graph;

import java.util.ArrayList;
import java.util.List;
import odeum.tensor.Shape;

/** How an array is spread over the samples of a batch. */
sealed interface Spread {
  /** The same for all samples. */
  record Shared() implements Spread {}

  /** A sample per element of the last axis. */
  record Each() implements Spread {}

  /** A vector of other operands' values, one after the other, each spread as that operand is. */
  record Parts(List<Integer> of) implements Spread {
    List<Run> runs(List<Spread> operands, List<Shape> shapes, int size) {
      List<Run> runs = new ArrayList<>();
      for (int i : of) {
        runs.addAll(operands.get(i).runs(i, operands, shapes, size));
      }
      return runs;
    }
  }

  /** Like {@code parts}, but the single samples stand in the record. */
  record Summed(Parts parts) implements Spread {}

  /** The pieces of operand {@code i}, which has this spread. */
  default List<Run> runs(int i, List<Spread> operands, List<Shape> shapes, int size) {
    return switch (this) {
      case Shared _ -> List.of(new Run(shapes.get(i).size(), false));
      case Each _ -> List.of(new Run(shapes.get(i).size() / size, true));
      case Parts parts -> parts.runs(operands, shapes, size);
      case Summed(Parts parts) -> parts.runs(operands, shapes, size);
    };
  }

  /** The shape of a sample of operand {@code i}, which has this spread. */
  default Shape sample(int i, List<Spread> operands, List<Shape> shapes, int size) {
    Shape shape = shapes.get(i);
    return switch (this) {
      case Shared _ -> shape;
      case Each _ -> shape.without(shape.rank() - 1);
      case Parts _, Summed _ ->
          Shape.of(runs(i, operands, shapes, size).stream().mapToInt(Run::count).sum());
    };
  }

  /**
   * A piece of an array.
   *
   * @param count how many values of it belong to one sample
   * @param each whether each sample has its own, else all share them
   */
  record Run(int count, boolean each) {
    int length(int size) {
      return each ? count * size : count;
    }

    /** Copies sample {@code b} of a whole array. */
    static void gather(
        List<Run> runs, double[] from, int at, double[] to, int target, int b, int size) {
      int a = at;
      int o = target;
      for (Run run : runs) {
        for (int j = 0; j < run.count; j++) {
          to[o + j] = run.each ? from[a + j * size + b] : from[a + j];
        }
        a += run.length(size);
        o += run.count;
      }
    }

    /** Puts sample {@code b} into a whole array; what samples share is added. */
    static void scatter(
        List<Run> runs, double[] from, int at, double[] to, int target, int b, int size) {
      int a = at;
      int o = target;
      for (Run run : runs) {
        for (int j = 0; j < run.count; j++) {
          if (run.each) {
            to[o + j * size + b] = from[a + j];
          } else {
            to[o + j] += from[a + j];
          }
        }
        a += run.count;
        o += run.length(size);
      }
    }
  }
}
