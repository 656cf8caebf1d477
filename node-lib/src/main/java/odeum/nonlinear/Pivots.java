package odeum.nonlinear;

/** What all eliminations decide alike. */
final class Pivots {
  private Pivots() {}

  /** {@return the row from {@code first} to {@code last} with the largest value in a column} */
  static int largest(double[][] rows, int column, int first, int last) {
    int largest = first;
    double most = Math.abs(rows[first][column]);
    for (int i = first + 1; i <= last; i++) {
      double value = Math.abs(rows[i][column]);
      if (value > most) {
        most = value;
        largest = i;
      }
    }
    return largest;
  }

  static boolean isUsable(double pivot) {
    return pivot != 0 && Double.isFinite(pivot);
  }

  static void swap(double[][] rows, int i, int k) {
    double[] row = rows[i];
    rows[i] = rows[k];
    rows[k] = row;
  }

  static void swap(double[] b, int i, int k) {
    double value = b[i];
    b[i] = b[k];
    b[k] = value;
  }

  static void requireFactors(boolean factorized) {
    if (!factorized) {
      throw new IllegalStateException(
          "There is no factorised matrix to solve with: factorize was not called, or returned false.");
    }
  }
}
