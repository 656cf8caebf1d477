package odeum.autodiff;

import static odeum.autodiff.IndexSets.NONE;
import static odeum.autodiff.IndexSets.ZERO;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import odeum.graph.Graph;
import odeum.graph.Instruction;
import odeum.graph.Op;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Which elements of an input each element of a graph can depend on: sets of indices pass through
 * every primitive, and factors known to be zero stop them. All rules stand in one switch.
 */
final class Dependence {
  private final Graph graph;
  private final int input;
  private final boolean derivatives;
  private final IndexSets sets;
  private final int[][][] values;

  private Dependence(Graph graph, int input, boolean derivatives) {
    this.graph = graph;
    this.input = input;
    this.derivatives = derivatives;
    this.sets = new IndexSets(graph.inputs().get(input).size());
    this.values = new int[graph.instructions().size()][][];
  }

  /**
   * {@return for each element of an output the elements of an input it can depend on}
   *
   * @param derivatives whether a dependence without a derivative, as that of a sign, is left out
   */
  static int[][] of(Graph graph, int output, int input, boolean derivatives) {
    Dependence dependence = new Dependence(graph, input, derivatives);
    for (int position = 0; position <= graph.outputs().get(output); position++) {
      dependence.values[position] = dependence.rule(graph.instructions().get(position));
    }
    return dependence.values[graph.outputs().get(output)];
  }

  private int[][] rule(Instruction instruction) {
    List<Integer> at = instruction.operands();
    int[][] a = at.isEmpty() ? null : values[at.getFirst()];
    int[][] b = at.size() < 2 ? null : values[at.get(1)];
    Shape result = instruction.shape();
    return switch (instruction.op()) {
      case Op.Input(int position) -> position == input ? single(result) : all(result, NONE);
      case Op.Constant(Tensor value) -> constant(value);
      case Op.Unary op -> unary(op, a);
      case Op.Binary op -> binary(op, a, b);
      case Op.Where() -> where(a, b, values[at.get(2)]);
      case Op.Linear op -> linear(op, a, shape(at.getFirst()), result);
      case Op.Concatenate(int axis) -> concatenate(at, axis, result);
      case Op.MatrixMultiply(boolean left, boolean right) ->
          multiply(rows(a, shape(at.get(0)), left), rows(b, shape(at.get(1)), !right));
      case Op.MultiplyEach() -> multiplyEach(a, shape(at.get(0)), b, shape(at.get(1)));
      case Op.Search() -> all(result, derivatives ? NONE : known(everything(at)));
      case Op.Take(), Op.PutAdd _ -> column(a, b, result);
      case Op.StopGradient() -> derivatives ? flat(a) : a;
      case Op.Print _ -> a;
      case Op.Implicit _ -> all(result, everything(at));
    };
  }

  private Shape shape(int position) {
    return graph.instructions().get(position).shape();
  }

  private static int[][] all(Shape shape, int[] set) {
    int[][] result = new int[shape.size()][];
    Arrays.fill(result, set);
    return result;
  }

  private static int[][] single(Shape shape) {
    int[][] result = new int[shape.size()][];
    Arrays.setAll(result, i -> new int[] {i});
    return result;
  }

  private static int[][] constant(Tensor value) {
    int[][] result = new int[value.size()][];
    Arrays.setAll(result, i -> value.at(i) == 0 ? ZERO : NONE);
    return result;
  }

  private static int[] known(int[] set) {
    return set == ZERO ? NONE : set;
  }

  /** Without a derivative; a zero stays one. */
  private static int[][] flat(int[][] a) {
    return Arrays.stream(a).map(set -> set == ZERO ? ZERO : NONE).toArray(int[][]::new);
  }

  private int[][] unary(Op.Unary op, int[][] a) {
    return switch (op) {
      case Op.Sign() -> derivatives ? flat(a) : a;
      case Op.Negate(), Op.Abs(), Op.Sqrt(), Op.Sin(), Op.Tanh(), Op.Atan() -> a;
      case Op.Exp(), Op.Log(), Op.Cos(), Op.Sigmoid() ->
          Arrays.stream(a).map(Dependence::known).toArray(int[][]::new);
    };
  }

  private int[][] binary(Op.Binary op, int[][] a, int[][] b) {
    int[][] result = new int[a.length][];
    for (int i = 0; i < a.length; i++) {
      result[i] =
          switch (op) {
            case Op.Add(), Op.Subtract(), Op.Minimum(), Op.Maximum() -> sets.union(a[i], b[i]);
            case Op.Multiply() -> IndexSets.product(sets, a[i], b[i]);
            case Op.Divide() -> a[i] == ZERO ? ZERO : sets.union(a[i], b[i]);
            case Op.Power() -> known(sets.union(a[i], b[i]));
            case Op.Less() -> derivatives ? NONE : known(sets.union(a[i], b[i]));
          };
    }
    return result;
  }

  private int[][] where(int[][] condition, int[][] yes, int[][] no) {
    int[][] result = new int[yes.length][];
    for (int i = 0; i < yes.length; i++) {
      int[] either = sets.union(yes[i], no[i]);
      result[i] =
          condition[i] == ZERO
              ? no[i]
              : derivatives || either == ZERO ? either : sets.union(condition[i], either);
    }
    return result;
  }

  private int[][] linear(Op.Linear op, int[][] a, Shape operand, Shape result) {
    Optional<int[]> sources = Sources.of(op, operand, result);
    if (sources.isPresent()) {
      return Arrays.stream(sources.get()).mapToObj(i -> i < 0 ? ZERO : a[i]).toArray(int[][]::new);
    }
    return switch (op) {
      case Op.Sum(int axis) -> sum(a, operand, axis);
      case Op.CumulativeSum(int axis, boolean reverse) -> running(a, operand, axis, reverse);
      case Op.ScatterAdd(int axis, List<Integer> indices, int _) ->
          scatter(a, operand, result, axis, indices);
      default -> throw new IllegalStateException("No rule for " + op);
    };
  }

  private int[][] sum(int[][] a, Shape operand, int axis) {
    int inner = operand.product(axis + 1, operand.rank());
    int extent = operand.extent(axis);
    int[][] result = new int[operand.without(axis).size()][];
    for (int i = 0; i < result.length; i++) {
      sets.begin();
      for (int k = 0; k < extent; k++) {
        sets.add(a[(i / inner * extent + k) * inner + i % inner]);
      }
      result[i] = sets.end();
    }
    return result;
  }

  private int[][] running(int[][] a, Shape shape, int axis, boolean reverse) {
    int inner = shape.product(axis + 1, shape.rank());
    int extent = shape.extent(axis);
    int[][] result = a.clone();
    for (int step = 1; step < extent; step++) {
      int k = reverse ? extent - 1 - step : step;
      for (int i = 0; i < a.length / extent; i++) {
        int at = (i / inner * extent + k) * inner + i % inner;
        result[at] = sets.union(result[reverse ? at + inner : at - inner], a[at]);
      }
    }
    return result;
  }

  private int[][] scatter(int[][] a, Shape operand, Shape result, int axis, List<Integer> indices) {
    int inner = operand.product(axis + 1, operand.rank());
    int extent = operand.extent(axis);
    int[][] sums = all(result, ZERO);
    for (int i = 0; i < a.length; i++) {
      int index = indices.get(i / inner % extent);
      if (index >= 0) {
        int at = (i / inner / extent * result.extent(axis) + index) * inner + i % inner;
        sums[at] = sets.union(sums[at], a[i]);
      }
    }
    return sums;
  }

  private int[][] concatenate(List<Integer> at, int axis, Shape result) {
    int inner = result.product(axis + 1, result.rank());
    int row = result.extent(axis) * inner;
    int[][] joined = new int[result.size()][];
    int start = 0;
    for (int operand : at) {
      int length = shape(operand).extent(axis) * inner;
      for (int i = 0; i < values[operand].length; i++) {
        joined[i / length * row + start + i % length] = values[operand][i];
      }
      start += length;
    }
    return joined;
  }

  /** The elements of a matrix by row, or by column. */
  private static int[][][] rows(int[][] a, Shape shape, boolean transposed) {
    int rows = shape.extent(transposed ? 1 : 0);
    int columns = shape.extent(transposed ? 0 : 1);
    int[][][] result = new int[rows][columns][];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        result[i][j] = a[transposed ? j * rows + i : i * columns + j];
      }
    }
    return result;
  }

  private int[][] multiply(int[][][] rows, int[][][] columns) {
    int[][] result = new int[rows.length * columns.length][];
    int[][] all = Arrays.stream(columns).map(this::ofProducts).toArray(int[][]::new);
    for (int i = 0; i < rows.length; i++) {
      int[] nonzero = nonzero(rows[i]);
      int[] row = ofProducts(rows[i]);
      for (int j = 0; j < columns.length; j++) {
        boolean full = nonzero.length == rows[i].length && all[j] != null && row != null;
        result[i * columns.length + j] =
            full ? sets.union(row, all[j]) : dot(rows[i], columns[j], nonzero);
      }
    }
    return result;
  }

  /** All dependences of a row if every element counts; null if some of them are zero. */
  private int[] ofProducts(int[][] row) {
    sets.begin();
    for (int[] set : row) {
      if (set == ZERO) {
        return null;
      }
      sets.add(set);
    }
    return sets.end();
  }

  private static int[] nonzero(int[][] row) {
    int[] found = new int[row.length];
    int count = 0;
    for (int k = 0; k < row.length; k++) {
      if (row[k] != ZERO) {
        found[count++] = k;
      }
    }
    return Arrays.copyOf(found, count);
  }

  private int[] dot(int[][] row, int[][] column, int[] nonzero) {
    sets.begin();
    for (int k : nonzero) {
      if (column[k] != ZERO) {
        sets.add(row[k]);
        sets.add(column[k]);
      }
    }
    return sets.end();
  }

  /** Any element of the column of values, chosen by any of its numbers. */
  private int[][] column(int[][] numbers, int[][] from, Shape shape) {
    int columns = shape.extent(1);
    int[][] result = new int[shape.size()][];
    for (int j = 0; j < columns; j++) {
      sets.begin();
      for (int i = j; i < from.length; i += columns) {
        sets.add(from[i]);
      }
      for (int i = j; i < numbers.length && !derivatives; i += columns) {
        sets.add(numbers[i]);
      }
      int[] all = sets.end();
      for (int i = j; i < result.length; i += columns) {
        result[i] = all;
      }
    }
    return result;
  }

  private int[][] multiplyEach(int[][] a, Shape left, int[][] b, Shape right) {
    int count = left.extent(2);
    int m = left.extent(0);
    int n = right.extent(1);
    int[][] result = new int[m * n * count][];
    for (int sample = 0; sample < count; sample++) {
      int[][][] rows = rows(sample(a, count, sample), Shape.of(m, left.extent(1)), false);
      int[][][] columns = rows(sample(b, count, sample), Shape.of(right.extent(0), n), true);
      int[][] product = multiply(rows, columns);
      for (int i = 0; i < product.length; i++) {
        result[i * count + sample] = product[i];
      }
    }
    return result;
  }

  private static int[][] sample(int[][] a, int count, int sample) {
    int[][] own = new int[a.length / count][];
    Arrays.setAll(own, i -> a[i * count + sample]);
    return own;
  }

  private int[] everything(List<Integer> at) {
    sets.begin();
    for (int operand : at) {
      for (int[] set : values[operand]) {
        sets.add(set);
      }
    }
    return known(sets.end());
  }
}
