package odeum.nonlinear;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import odeum.autodiff.MatrixLayout;

/** What is left over after a solve is rounding, whatever the matrix. */
class LinearSolverProperties {
  private static final String SEED = "20261127";

  @Property(tries = 300, seed = SEED)
  void leavesNoResidual(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 25) int size,
      @ForAll @IntRange(min = 0, max = 24) int lower,
      @ForAll @IntRange(min = 0, max = 24) int upper) {
    check(new Random(seed), MatrixLayout.dense(size));
    check(
        new Random(seed),
        MatrixLayout.banded(size, Math.min(lower, size - 1), Math.min(upper, size - 1)));
  }

  private static void check(Random random, MatrixLayout layout) {
    LinearSolver solver = LinearSolver.of(layout);
    double[] m = random.doubles(layout.length(), -1, 1).toArray();
    double[] b = random.doubles(layout.size(), -1, 1).toArray();
    if (!solver.factorize(0.1, 2, m)) {
      return;
    }
    double[] x = b.clone();
    solver.solve(x);
    double[] transposed = b.clone();
    solver.solveTransposed(transposed);
    for (int i = 0; i < layout.size(); i++) {
      double residual = 0.1 * x[i] - b[i];
      double other = 0.1 * transposed[i] - b[i];
      double scale = 1;
      for (int j = 0; j < layout.size(); j++) {
        residual += 2 * entry(layout, m, i, j) * x[j];
        other += 2 * entry(layout, m, j, i) * transposed[j];
        scale = Math.max(scale, Math.max(Math.abs(x[j]), Math.abs(transposed[j])));
      }
      assertEquals(0, residual / scale, 1e-11, "row " + i);
      assertEquals(0, other / scale, 1e-11, "column " + i);
    }
  }

  private static double entry(MatrixLayout layout, double[] m, int row, int column) {
    int index = layout.index(row, column);
    return index < 0 ? 0 : m[index];
  }
}
