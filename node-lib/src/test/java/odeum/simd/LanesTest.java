package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixed orders, written down a second time in the plainest way. */
class LanesTest {
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 100, 1003})
  void sumRunsInEightLanes(int n) {
    double[] a = RandomKey.of(n).normal(Shape.of(n + 3)).toArray();
    double[] lanes = new double[8];
    for (int i = 0; i < n; i++) {
      lanes[i % 8] += a[3 + i];
    }
    double expected =
        ((lanes[0] + lanes[4]) + (lanes[2] + lanes[6]))
            + ((lanes[1] + lanes[5]) + (lanes[3] + lanes[7]));
    assertEquals(expected, Lanes.sum(a, 3, n));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8, 13})
  void productSumsInSequence(int m) {
    int k = 2 * m + 1;
    int n = m + 3;
    double[] a = RandomKey.of(1).normal(Shape.of(m, k)).toArray();
    double[] b = RandomKey.of(2).normal(Shape.of(k, n)).toArray();
    double[] c = RandomKey.of(3).normal(Shape.of(m, n)).toArray();
    Lanes.multiply(a, 0, b, 0, c, 0, m, k, n);
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a[i * k + p], b[p * n + j], sum);
        }
        assertEquals(sum, c[i * n + j]);
      }
    }
  }
}
