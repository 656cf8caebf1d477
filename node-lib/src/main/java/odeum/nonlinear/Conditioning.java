package odeum.nonlinear;

import java.util.Locale;
import odeum.autodiff.MatrixLayout;

/**
 * Tells matrices that only rounding keeps from being singular: by how much the solution of a system
 * is larger than its right-hand side after rows and columns were scaled, a lower estimate of the
 * condition number that no choice of units changes. Skeel 1979, doi:10.1145/322139.322148.
 */
public final class Conditioning {
  /** So ill-conditioned that no digit of a solution is right. */
  private static final double SINGULAR = 1e14;

  private Conditioning() {}

  /** {@return whether a system with this matrix has no solution that can be trusted at all} */
  public static boolean isSingular(MatrixLayout layout, double[] matrix) {
    LinearSolver solver = LinearSolver.of(layout);
    return !solver.factorize(matrix) || !(estimate(layout, matrix, solver) < SINGULAR);
  }

  /**
   * {@return an estimate of the condition number; 0 of a matrix without rows}
   *
   * @param solver one that has factorised the matrix
   */
  public static double estimate(MatrixLayout layout, double[] matrix, LinearSolver solver) {
    int n = layout.size();
    if (matrix.length != layout.length()) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A matrix in this layout has %d numbers, got %d.",
              layout.length(),
              matrix.length));
    }
    double[] rows = new double[n];
    double[] columns = new double[n];
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        rows[i] = Math.max(rows[i], entry(layout, matrix, i, j));
      }
      // Of changing sign and size, so that no direction of a usual matrix is left out.
      x[i] = rows[i] * (i % 2 == 0 ? 1 + i / (double) n : -1 - i / (double) n);
    }
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        double entry = entry(layout, matrix, i, j);
        columns[j] = Math.max(columns[j], entry == 0 ? 0 : entry / rows[i]);
      }
    }
    solver.solve(x);
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double scaled = columns[i] * Math.abs(x[i]);
      largest = Double.isNaN(scaled) ? Double.NaN : Math.max(largest, scaled);
    }
    return largest;
  }

  private static double entry(MatrixLayout layout, double[] matrix, int row, int column) {
    int index = layout.index(row, column);
    return index < 0 ? 0 : Math.abs(matrix[index]);
  }
}
