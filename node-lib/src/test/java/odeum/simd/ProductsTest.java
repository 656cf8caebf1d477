package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each product, in both versions, against the plain loops that define its order. */
class ProductsTest {
  private static final int[][] SHAPES = {
    {1, 1, 1},
    {1, 5, 20},
    {2, 50, 20},
    {50, 2, 20},
    {3, 4, 8},
    {4, 3, 9},
    {5, 9, 16},
    {6, 8, 17},
    {7, 13, 24},
    {8, 1, 25},
    {9, 16, 32},
    {12, 20, 33},
    {13, 7, 40},
    {16, 16, 48},
    {17, 8, 50},
    {11, 24, 7},
    {10, 15, 1},
    {50, 20, 2},
    {23, 33, 3},
    {9, 2, 67},
    {4, 1, 64},
    {5, 3, 70},
    {2, 13, 65},
    {1, 64, 33},
    {2, 4, 130},
    {4, 8, 4},
    {0, 3, 9},
    {3, 0, 9},
    {3, 9, 0}
  };

  @Test
  void elementsSumInSequence() {
    for (int[] s : SHAPES) {
      check(s[0], s[1], s[2]);
    }
  }

  @Property(tries = 60)
  void elementsSumInSequenceForAnyShape(
      @ForAll @IntRange(min = 1, max = 40) int m,
      @ForAll @IntRange(min = 1, max = 40) int k,
      @ForAll @IntRange(min = 1, max = 60) int n) {
    check(m, k, n);
  }

  /** Large enough for the panels, for the threads, and for both. */
  @ParameterizedTest
  @CsvSource({"65, 1500, 90", "160, 150, 141", "200, 1100, 140"})
  void largeProductsToo(int m, int k, int n) {
    double[] a = Twins.moderate(1, m * k);
    double[] b = Twins.moderate(2, k * n);
    double[] expected = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        expected[i * n + j] = sequential(a, i * k, 1, b, j, n, k);
      }
    }
    Twins.Work work = c -> Products.multiply(c, 0, a, 0, b, 0, m, k, n);
    Twins.assertSame("multiply", expected, Twins.agree("multiply", new double[m * n], work));
  }

  @Test
  void rightTransposedProductsMayBeLarge() {
    int m = 150;
    int k = 170;
    int n = 131;
    double[] a = Twins.moderate(1, m * k);
    double[] b = Twins.moderate(2, k * n);
    double[] expected = new double[m * n];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        expected[i * n + j] = folded(lanes(new double[8], a, i * k, b, j * k, k));
      }
    }
    Twins.Work work = c -> Products.multiplyRightTransposed(c, 0, a, 0, b, 0, m, k, n);
    Twins.assertSame("right", expected, Twins.agree("right", new double[m * n], work));
  }

  @Test
  void anInterruptNeitherDisturbsNorIsLost() {
    int n = 160;
    double[] a = Twins.moderate(1, n * n);
    double[] expected = new double[n * n];
    Products.multiply(expected, 0, a, 0, a, 0, n, n, n);
    double[] c = new double[n * n];
    Thread.currentThread().interrupt();
    Products.multiply(c, 0, a, 0, a, 0, n, n, n);
    assertTrue(Thread.interrupted());
    Twins.assertSame("multiply", expected, c);
  }

  private static void check(int m, int k, int n) {
    String name = m + " x " + k + " x " + n;
    double[] a = Twins.moderate(m, m * k + 3);
    double[] b = Twins.moderate(n, k * n + 2);
    double[] bias = Twins.moderate(k, m + 1);
    double[] product = new double[m * n + 2];
    double[] affine = product.clone();
    double[] left = product.clone();
    double[] right = product.clone();
    double[] laneStart = Twins.moderate(9, 8 * m * n + 1);
    double[] inLanes = laneStart.clone();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = 1 + i * n + j;
        product[at] = sequential(a, 3 + i * k, 1, b, 2 + j, n, k);
        affine[at] = product[at] + bias[1 + i];
        left[at] = sequential(a, 3 + i, m, b, 2 + j, n, k);
        right[at] = folded(lanes(new double[8], a, 3 + i * k, b, 2 + j * k, k));
        double[] eight = java.util.Arrays.copyOfRange(inLanes, at * 8 - 7, at * 8 + 1);
        System.arraycopy(lanes(eight, a, 3 + i * k, b, 2 + j * k, k), 0, inLanes, at * 8 - 7, 8);
      }
    }
    double[] start = new double[m * n + 2];
    same(name, product, start, c -> Products.multiply(c, 1, a, 3, b, 2, m, k, n));
    same(name, affine, start, c -> Products.affine(c, 1, a, 3, b, 2, bias, 1, m, k, n));
    same(name, left, start, c -> Products.multiplyLeftTransposed(c, 1, a, 3, b, 2, m, k, n));
    same(name, right, start, c -> Products.multiplyRightTransposed(c, 1, a, 3, b, 2, m, k, n));
    same(
        name,
        inLanes,
        laneStart,
        lanes -> Products.accumulateRightTransposed(lanes, 1, a, 3, b, 2, m, k, n));
  }

  private static void same(String name, double[] expected, double[] start, Twins.Work work) {
    Twins.assertSame(name, expected, Twins.agree(name, start, work));
  }

  private static double sequential(
      double[] a, int ao, int aStep, double[] b, int bo, int bStep, int k) {
    double sum = 0;
    for (int p = 0; p < k; p++) {
      sum = Math.fma(a[ao + p * aStep], b[bo + p * bStep], sum);
    }
    return sum;
  }

  private static double[] lanes(double[] lanes, double[] a, int ao, double[] b, int bo, int k) {
    for (int p = 0; p < k; p++) {
      lanes[p % 8] = Math.fma(a[ao + p], b[bo + p], lanes[p % 8]);
    }
    return lanes;
  }

  private static double folded(double[] s) {
    return ((s[0] + s[4]) + (s[2] + s[6])) + ((s[1] + s[5]) + (s[3] + s[7]));
  }
}
