package odeum.nonlinear;

import odeum.simd.Loops;
import odeum.simd.Machine;

/** Elimination in a matrix that is stored row by row. */
final class DenseElimination implements LinearSolver {
  /** From so many columns on, a loop of the machine's own is faster. */
  private static final int LONG = 16;

  private final int size;
  private final long work;
  private final double[][] rows;
  private final int[] pivots;
  private boolean factorized;

  DenseElimination(int size) {
    this.size = size;
    this.work = (long) size * size * size / 3;
    this.rows = new double[size][size];
    this.pivots = new int[size];
  }

  @Override
  public boolean factorize(double identity, double factor, double[] matrix) {
    for (int i = 0; i < size; i++) {
      double[] row = rows[i];
      for (int j = 0; j < size; j++) {
        row[j] = factor * matrix[i * size + j];
      }
      row[i] = Math.fma(factor, matrix[i * size + i], identity);
    }
    factorized = eliminate();
    Machine.worked(work);
    return factorized;
  }

  private boolean eliminate() {
    for (int k = 0; k < size; k++) {
      pivots[k] = Pivots.largest(rows, k, k, size - 1);
      Pivots.swap(rows, k, pivots[k]);
      double[] upper = rows[k];
      if (!Pivots.isUsable(upper[k])) {
        return false;
      }
      for (int i = k + 1; i < size; i++) {
        double[] row = rows[i];
        double multiplier = row[k] / upper[k];
        row[k] = multiplier;
        subtract(row, multiplier, upper, k + 1);
      }
    }
    return true;
  }

  /** Subtracts a multiple of another row from a row, from column {@code from} on. */
  private void subtract(double[] row, double multiplier, double[] other, int from) {
    if (size - from >= LONG) {
      Loops.fmaInto(row, from, -multiplier, other, from, size - from);
      return;
    }
    for (int j = from; j < size; j++) {
      row[j] = Math.fma(-multiplier, other[j], row[j]);
    }
  }

  @Override
  public void solve(double[] b) {
    Pivots.requireFactors(factorized);
    for (int k = 0; k < size; k++) {
      Pivots.swap(b, k, pivots[k]);
    }
    for (int i = 1; i < size; i++) {
      double[] row = rows[i];
      double rest = b[i];
      for (int j = 0; j < i; j++) {
        rest = Math.fma(-row[j], b[j], rest);
      }
      b[i] = rest;
    }
    for (int i = size - 1; i >= 0; i--) {
      double[] row = rows[i];
      double rest = b[i];
      for (int j = i + 1; j < size; j++) {
        rest = Math.fma(-row[j], b[j], rest);
      }
      b[i] = rest / row[i];
    }
  }

  @Override
  public void solveTransposed(double[] b) {
    Pivots.requireFactors(factorized);
    for (int k = 0; k < size; k++) {
      double[] row = rows[k];
      double x = b[k] / row[k];
      b[k] = x;
      for (int j = k + 1; j < size; j++) {
        b[j] = Math.fma(-row[j], x, b[j]);
      }
    }
    for (int k = size - 1; k > 0; k--) {
      double[] row = rows[k];
      double x = b[k];
      for (int j = 0; j < k; j++) {
        b[j] = Math.fma(-row[j], x, b[j]);
      }
    }
    for (int k = size - 1; k >= 0; k--) {
      Pivots.swap(b, k, pivots[k]);
    }
  }
}
