package odeum.autodiff;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.tensor.Tensor;

/** Checks a pattern and the Jacobian computed by it against derivatives one by one. */
final class SparsityCheck {
  private SparsityCheck() {}

  /** The Jacobian, row by row, by one forward derivative per column. */
  static double[][] dense(Graph graph, List<Tensor> x, int output, int input) {
    Program jvp = Program.of(Jvp.of(graph));
    double[][] jacobian = new double[graph.output(output).size()][x.get(input).size()];
    for (int j = 0; j < x.get(input).size(); j++) {
      List<Tensor> inputs = new ArrayList<>(x);
      for (int i = 0; i < x.size(); i++) {
        double[] unit = new double[x.get(i).size()];
        if (i == input) {
          unit[j] = 1;
        }
        inputs.add(Tensor.of(x.get(i).shape(), unit));
      }
      Tensor column = jvp.run(inputs).get(graph.outputs().size() + output);
      for (int i = 0; i < jacobian.length; i++) {
        jacobian[i][j] = column.at(i);
      }
    }
    return jacobian;
  }

  /** {@return what is wrong with a pattern, if anything is} */
  static Optional<String> of(double[][] dense, SparsityPattern pattern) {
    for (int i = 0; i < dense.length; i++) {
      for (int j = 0; j < dense[i].length; j++) {
        if (dense[i][j] != 0 && !pattern.contains(i, j)) {
          return wrong("left out", i, j, dense[i][j]);
        }
      }
    }
    return Optional.empty();
  }

  /** {@return what is wrong with a compressed Jacobian, if anything is} */
  static Optional<String> of(double[][] dense, List<Tensor> x, CompressedJacobian jacobian) {
    Tensor compressed = Program.of(jacobian.graph()).run(x).getFirst();
    for (int i = 0; i < dense.length; i++) {
      for (int j : jacobian.pattern().row(i)) {
        double actual = compressed.at(jacobian.index(i, j));
        if (!(Math.abs(actual - dense[i][j]) <= 1e-13 * (1 + Math.abs(dense[i][j])))) {
          return wrong("computed as " + actual, i, j, dense[i][j]);
        }
      }
    }
    return Optional.empty();
  }

  /** {@return an output that changed with an element although it does not depend on it} */
  static Optional<String> values(Graph graph, List<Tensor> x, int output, int input) {
    SparsityPattern pattern = SparsityPattern.ofValues(graph, output, input);
    Program program = Program.of(graph);
    Tensor here = program.run(x).get(output);
    for (int j = 0; j < x.get(input).size(); j++) {
      for (double by : new double[] {-1.7, 0.4, 2.3}) {
        double[] values = x.get(input).toArray();
        values[j] += by;
        List<Tensor> moved = new ArrayList<>(x);
        moved.set(input, Tensor.of(x.get(input).shape(), values));
        Tensor there = program.run(moved).get(output);
        for (int i = 0; i < here.size(); i++) {
          if (here.at(i) != there.at(i) && !pattern.contains(i, j)) {
            return wrong("changes", i, j, there.at(i) - here.at(i));
          }
        }
      }
    }
    return Optional.empty();
  }

  /** The pattern without one of its entries. */
  static SparsityPattern without(SparsityPattern pattern, int row, int column) {
    int[][] rows = new int[pattern.rows()][];
    for (int i = 0; i < rows.length; i++) {
      boolean here = i == row;
      rows[i] = Arrays.stream(pattern.row(i)).filter(j -> !here || j != column).toArray();
    }
    return new SparsityPattern(pattern.columns(), rows);
  }

  private static Optional<String> wrong(String what, int row, int column, double value) {
    return Optional.of(
        String.format(Locale.ROOT, "entry (%d, %d) = %s: %s", row, column, value, what));
  }
}
