package odeum.nonlinear;

import odeum.autodiff.MatrixLayout;

/**
 * Solves {@code A x = b} by elimination with partial pivoting, for one matrix after another in the
 * same memory: nothing is allocated after it was made. Every sum runs in one order with {@code
 * fma}. For one thread.
 */
public sealed interface LinearSolver permits DenseElimination, BandedElimination {
  /** {@return a solver for matrices of this layout; a band costs {@code size * band^2}} */
  static LinearSolver of(MatrixLayout layout) {
    return layout.isDense() ? new DenseElimination(layout.size()) : new BandedElimination(layout);
  }

  /**
   * Factorises {@code identity I + factor M}.
   *
   * @param matrix M in the layout of this solver, not modified
   * @return whether the system can be solved: false if a pivot is zero or no finite number
   */
  boolean factorize(double identity, double factor, double[] matrix);

  /** Factorises a matrix. {@return whether the system can be solved} */
  default boolean factorize(double[] matrix) {
    return factorize(0, 1, matrix);
  }

  /** Replaces b by the solution of {@code A x = b}. */
  void solve(double[] b);

  /** Replaces b by the solution of {@code A' x = b}, of the transposed matrix. */
  void solveTransposed(double[] b);
}
