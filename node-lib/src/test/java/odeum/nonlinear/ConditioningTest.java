package odeum.nonlinear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import odeum.autodiff.MatrixLayout;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import org.junit.jupiter.api.Test;

class ConditioningTest {
  private static double estimate(MatrixLayout layout, double[] matrix) {
    LinearSolver solver = LinearSolver.of(layout);
    assertTrue(solver.factorize(matrix));
    return Conditioning.estimate(layout, matrix, solver);
  }

  @Test
  void unitsDoNotCount() {
    MatrixLayout layout = MatrixLayout.dense(2);
    double[] matrix = {2, 1, 1, 3};
    double[] scaled = {2e9, 1e-3, 1e9, 3e-3};
    assertEquals(estimate(layout, matrix), estimate(layout, scaled), 10);
    assertFalse(Conditioning.isSingular(layout, scaled));
    assertFalse(Conditioning.isSingular(layout, new double[] {1e-200, 0, 0, 1e200}));
  }

  /** The columns sum to zero but for rounding, which no pivot shows. */
  @Test
  void whatOnlyRoundingKeepsFromSingular() {
    for (int n : new int[] {3, 8, 30}) {
      double[] matrix = RandomKey.of(n).normal(Shape.of(n, n)).toArray();
      MatrixLayout layout = MatrixLayout.dense(n);
      assertFalse(Conditioning.isSingular(layout, matrix), "a random matrix of " + n);
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int i = 0; i < n - 1; i++) {
          sum += matrix[i * n + j];
        }
        matrix[(n - 1) * n + j] = -sum;
      }
      assertTrue(Conditioning.isSingular(layout, matrix), "conserved in " + n);
    }
  }

  @Test
  void aBand() {
    int n = 20;
    MatrixLayout layout = MatrixLayout.banded(n, 1, 1);
    double[] diffusion = new double[layout.length()];
    for (int i = 0; i < n; i++) {
      for (int j = Math.max(0, i - 1); j <= Math.min(n - 1, i + 1); j++) {
        diffusion[layout.index(i, j)] = i == j ? -2 : 1;
      }
    }
    assertFalse(Conditioning.isSingular(layout, diffusion));
    diffusion[layout.index(0, 0)] = -1; // no flux at either end: the total is conserved
    diffusion[layout.index(n - 1, n - 1)] = -1;
    assertTrue(Conditioning.isSingular(layout, diffusion));
    assertThrows(
        IllegalArgumentException.class,
        () -> Conditioning.estimate(layout, new double[3], LinearSolver.of(layout)));
  }
}
