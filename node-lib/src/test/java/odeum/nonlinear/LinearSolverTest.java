package odeum.nonlinear;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import odeum.autodiff.MatrixLayout;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearSolverTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 10, 40})
  void solvesWhatCommonsMathSolves(int size) {
    Random random = new Random(size);
    LinearSolver solver = LinearSolver.of(MatrixLayout.dense(size));
    for (int round = 0; round < 5; round++) {
      double[][] a = random(random, size, size, size);
      double[] b = random.doubles(size, -1, 1).toArray();
      assertTrue(solver.factorize(stored(MatrixLayout.dense(size), a)));
      assertArrayEquals(reference(a, b), solved(solver, b), 1e-9 * size);
      double[] x = b.clone();
      solver.solveTransposed(x);
      double[][] transposed = MatrixUtils.createRealMatrix(a).transpose().getData();
      assertArrayEquals(reference(transposed, b), x, 1e-9 * size);
    }
  }

  @ParameterizedTest
  @CsvSource({"1,0,0", "2,1,1", "6,0,2", "6,2,0", "9,1,1", "12,3,1", "12,1,4", "30,5,5", "5,4,4"})
  void aBandIsSolvedToTheBitsOfTheWholeMatrix(int size, int lower, int upper) {
    Random random = new Random(size + lower);
    MatrixLayout band = MatrixLayout.banded(size, lower, upper);
    LinearSolver banded = LinearSolver.of(band);
    LinearSolver dense = LinearSolver.of(MatrixLayout.dense(size));
    for (int round = 0; round < 20; round++) {
      double[][] a = random(random, size, lower, upper);
      double[] b = random.doubles(size, -1, 1).toArray();
      assertTrue(banded.factorize(0.5, -0.7, stored(band, a)));
      assertTrue(dense.factorize(0.5, -0.7, stored(MatrixLayout.dense(size), a)));
      assertArrayEquals(solved(dense, b), solved(banded, b), 0);
      double[] x = b.clone();
      double[] y = b.clone();
      dense.solveTransposed(x);
      banded.solveTransposed(y);
      double scale = new ArrayRealVector(x).getLInfNorm();
      assertArrayEquals(x, y, 1e-11 * scale); // another order: the rows of L were not exchanged
    }
  }

  @Test
  void shiftsAndScalesTheMatrix() {
    LinearSolver solver = LinearSolver.of(MatrixLayout.dense(2));
    double[] m = {1, 2, 3, 4};
    assertTrue(solver.factorize(1, -0.5, m)); // ((0.5, -1), (-1.5, -1))
    assertArrayEquals(new double[] {1, -0.5}, solved(solver, new double[] {1, -1}), 1e-15);
    assertArrayEquals(new double[] {1, 2, 3, 4}, m, 0, "the matrix is only read");
  }

  @Test
  void exchangesRows() {
    LinearSolver solver = LinearSolver.of(MatrixLayout.dense(3));
    assertTrue(solver.factorize(new double[] {0, 2, 0, 0, 0, 4, 8, 0, 0}));
    assertArrayEquals(new double[] {3, 1, 2}, solved(solver, new double[] {2, 8, 24}), 0);
    double[] b = {2, 8, 24};
    solver.solveTransposed(b); // 8 x2 = 2, 2 x0 = 8, 4 x1 = 24
    assertArrayEquals(new double[] {4, 6, 0.25}, b, 0);
  }

  @Test
  void saysThatAMatrixIsSingular() {
    LinearSolver solver = LinearSolver.of(MatrixLayout.dense(2));
    assertFalse(solver.factorize(new double[] {1, 2, 2, 4}));
    assertThrows(IllegalStateException.class, () -> solver.solve(new double[2]));
    assertFalse(solver.factorize(new double[] {0, 0, 0, 0}));
    assertFalse(solver.factorize(new double[] {1, Double.POSITIVE_INFINITY, 1, 1}));
    assertTrue(solver.factorize(new double[] {1, 2, 2, 5}));
    LinearSolver banded = LinearSolver.of(MatrixLayout.banded(4, 1, 1));
    assertFalse(banded.factorize(new double[12]));
  }

  @ParameterizedTest
  @CsvSource({"5,4,4,true", "5,4,4,false", "6,1,1,false", "6,2,1,false"})
  void noNumberAnywhereIsNoticed(int size, int lower, int upper, boolean dense) {
    MatrixLayout layout =
        dense ? MatrixLayout.dense(size) : MatrixLayout.banded(size, lower, upper);
    LinearSolver solver = LinearSolver.of(layout);
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        if (layout.index(i, j) >= 0) {
          double[][] a = random(new Random(i), size, lower, upper);
          a[i][j] = Double.NaN;
          assertFalse(solver.factorize(stored(layout, a)), i + ", " + j);
        }
      }
    }
  }

  @Test
  void theSameMatrixGivesTheSameBitsAgain() {
    Random random = new Random(1);
    MatrixLayout layout = MatrixLayout.dense(8);
    double[][] a = random(random, 8, 8, 8);
    double[] b = random.doubles(8).toArray();
    LinearSolver solver = LinearSolver.of(layout);
    solver.factorize(stored(layout, a));
    double[] first = solved(solver, b);
    for (int i = 0; i < 20_000; i++) {
      solver.factorize(stored(layout, a));
    }
    assertArrayEquals(first, solved(solver, b), 0);
  }

  @Test
  void aLongBandIsCheap() {
    int size = 20_000;
    MatrixLayout layout = MatrixLayout.banded(size, 1, 1);
    double[] m = new double[layout.length()];
    for (int i = 0; i < size; i++) {
      m[3 * i] = 1;
      m[3 * i + 1] = -2;
      m[3 * i + 2] = 1;
    }
    LinearSolver solver = LinearSolver.of(layout);
    assertTrue(solver.factorize(1, -0.25, m));
    double[] x = new double[size];
    x[size / 2] = 1;
    solver.solve(x);
    assertEquals(1, 1.5 * x[size / 2] - 0.25 * (x[size / 2 - 1] + x[size / 2 + 1]), 1e-15);
  }

  private static double[] solved(LinearSolver solver, double[] b) {
    double[] x = b.clone();
    solver.solve(x);
    return x;
  }

  private static double[] reference(double[][] a, double[] b) {
    RealMatrix matrix = MatrixUtils.createRealMatrix(a);
    return new LUDecomposition(matrix).getSolver().solve(new ArrayRealVector(b)).toArray();
  }

  private static double[][] random(Random random, int size, int lower, int upper) {
    double[][] a = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = Math.max(0, i - lower); j <= Math.min(size - 1, i + upper); j++) {
        a[i][j] = random.nextDouble(-1, 1);
      }
    }
    return a;
  }

  private static double[] stored(MatrixLayout layout, double[][] a) {
    double[] stored = new double[layout.length()];
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < a.length; j++) {
        if (layout.index(i, j) >= 0) {
          stored[layout.index(i, j)] = a[i][j];
        }
      }
    }
    return stored;
  }
}
