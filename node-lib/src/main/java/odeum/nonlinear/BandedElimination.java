package odeum.nonlinear;

import java.util.Arrays;
import odeum.autodiff.MatrixLayout;

/**
 * Elimination in a band. Each row begins at the first column it still has, so what rows gain by
 * changing places fits into the room of what was eliminated.
 */
final class BandedElimination implements LinearSolver {
  private final MatrixLayout layout;
  private final int size;
  private final int lower;
  private final int width;
  private final double[][] rows;
  private final double[] multipliers;
  private final int[] pivots;
  private final double[] inPlace;
  private boolean factorized;

  BandedElimination(MatrixLayout layout) {
    this.layout = layout;
    this.size = layout.size();
    this.lower = layout.lower();
    this.width = layout.width();
    this.rows = new double[size][width];
    this.multipliers = new double[size * lower];
    this.pivots = new int[size];
    this.inPlace = new double[size];
  }

  @Override
  public boolean factorize(double identity, double factor, double[] matrix) {
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      int missing = Math.max(lower - i, 0);
      int end = Math.min(width, size - i + lower);
      for (int j = missing; j < end; j++) {
        row[j - missing] = factor * matrix[i * width + j];
      }
      Arrays.fill(row, end - missing, width, 0);
      row[lower - missing] = Math.fma(factor, matrix[i * width + lower], identity);
    }
    factorized = eliminate();
    return factorized;
  }

  private boolean eliminate() {
    for (int k = 0; k < size; k++) {
      int last = last(k);
      pivots[k] = Pivots.largest(rows, 0, k, last);
      Pivots.swap(rows, k, pivots[k]);
      double[] upper = rows[k];
      if (!Pivots.isUsable(upper[0])) {
        return false;
      }
      for (int i = k + 1; i <= last; i++) {
        double[] row = rows[i];
        double multiplier = row[0] / upper[0];
        multipliers[k * lower + i - k - 1] = multiplier;
        for (int j = 1; j < width; j++) {
          row[j - 1] = Math.fma(-multiplier, upper[j], row[j]);
        }
        row[width - 1] = 0;
      }
    }
    return true;
  }

  /** The last row that has an entry in a column. */
  private int last(int column) {
    return Math.min(column + lower, size - 1);
  }

  /** How many columns a row of the upper triangle has, its diagonal among them. */
  private int columns(int row) {
    return Math.min(width, size - row);
  }

  @Override
  public void solve(double[] b) {
    Pivots.requireFactors(factorized);
    for (int i = 0; i < size; i++) {
      inPlace[layout.place(i)] = b[i];
    }
    solveInPlace(inPlace);
    for (int i = 0; i < size; i++) {
      b[i] = inPlace[layout.place(i)];
    }
  }

  private void solveInPlace(double[] x) {
    for (int k = 0; k < size; k++) {
      Pivots.swap(x, k, pivots[k]);
      for (int i = k + 1; i <= last(k); i++) {
        x[i] = Math.fma(-multipliers[k * lower + i - k - 1], x[k], x[i]);
      }
    }
    for (int i = size - 1; i >= 0; i--) {
      double[] row = rows[i];
      double rest = x[i];
      for (int j = 1; j < columns(i); j++) {
        rest = Math.fma(-row[j], x[i + j], rest);
      }
      x[i] = rest / row[0];
    }
  }

  @Override
  public void solveTransposed(double[] b) {
    Pivots.requireFactors(factorized);
    for (int i = 0; i < size; i++) {
      inPlace[layout.place(i)] = b[i];
    }
    solveTransposedInPlace(inPlace);
    for (int i = 0; i < size; i++) {
      b[i] = inPlace[layout.place(i)];
    }
  }

  private void solveTransposedInPlace(double[] x) {
    for (int k = 0; k < size; k++) {
      double[] row = rows[k];
      x[k] = x[k] / row[0];
      for (int j = 1; j < columns(k); j++) {
        x[k + j] = Math.fma(-row[j], x[k], x[k + j]);
      }
    }
    for (int k = size - 1; k >= 0; k--) {
      for (int i = last(k); i > k; i--) {
        x[k] = Math.fma(-multipliers[k * lower + i - k - 1], x[i], x[k]);
      }
      Pivots.swap(x, k, pivots[k]);
    }
  }
}
