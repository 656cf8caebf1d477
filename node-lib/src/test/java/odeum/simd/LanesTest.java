package odeum.simd;

import org.junit.jupiter.api.Test;

/** The fixed orders, written down a second time in the plainest way. */
class LanesTest {
  private static double folded(double[] s, int at) {
    double even = (s[at] + s[at + 4]) + (s[at + 2] + s[at + 6]);
    return even + ((s[at + 1] + s[at + 5]) + (s[at + 3] + s[at + 7]));
  }

  @Test
  void sumsRunInEightLanes() {
    for (int n : Twins.sizes()) {
      double[] a = Twins.moderate(n, n + 3);
      double[] lanes = new double[8];
      for (int i = 0; i < n; i++) {
        lanes[i % 8] += a[3 + i];
      }
      double[] expected = {folded(lanes, 0)};
      Twins.Work work = out -> out[0] = Lanes.sum(a, 3, n);
      Twins.assertSame("sum of " + n, expected, Twins.agree("sum", new double[1], work));
    }
  }

  @Test
  void innerProductsRunInEightLanes() {
    for (int n : Twins.sizes()) {
      double[] a = Twins.moderate(n, n + 3);
      double[] b = Twins.moderate(n + 1, n + 1);
      double[] lanes = new double[8];
      for (int i = 0; i < n; i++) {
        lanes[i % 8] = Math.fma(a[3 + i], b[1 + i], lanes[i % 8]);
      }
      double[] expected = {folded(lanes, 0)};
      Twins.Work work = out -> out[0] = Lanes.dot(a, 3, b, 1, n);
      Twins.assertSame("dot of " + n, expected, Twins.agree("dot", new double[1], work));
    }
  }

  @Test
  void negativeZerosAndTinyProductsKeepTheirSign() {
    for (int n : Twins.sizes()) {
      double[] zeros = new double[n];
      double[] tiny = new double[n];
      java.util.Arrays.fill(zeros, -0.0);
      java.util.Arrays.fill(tiny, -1e-200);
      double[] other = tiny.clone();
      Loops.negate(other, 0, tiny, 0, n);
      Twins.agree("sum", new double[1], out -> out[0] = Lanes.sum(zeros, 0, n));
      Twins.agree("dot", new double[1], out -> out[0] = Lanes.dot(tiny, 0, other, 0, n));
      double[] lanes = new double[32];
      java.util.Arrays.fill(lanes, -0.0);
      Twins.agree(
          "lanes",
          lanes,
          out -> Products.accumulateRightTransposed(out, 0, tiny, 0, other, 0, 2, n / 2, 2));
      Twins.agree("rows", lanes, out -> Lanes.accumulateRows(out, 0, zeros, 0, 2, n / 2));
    }
  }

  @Test
  void rowsAreSummedAtOnceOrInLanes() {
    int rows = 5;
    for (int width : Twins.sizes()) {
      double[] a = Twins.moderate(width, rows * width + 2);
      double[] start = Twins.moderate(width + 1, 8 * rows + 1);
      double[] lanes = start.clone();
      double[] sums = new double[rows + 3];
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < width; j++) {
          lanes[1 + 8 * i + j % 8] += a[2 + i * width + j];
        }
        sums[3 + i] = Lanes.sum(a, 2 + i * width, width);
      }
      double[] folds = new double[rows + 3];
      for (int i = 0; i < rows; i++) {
        folds[3 + i] = folded(lanes, 1 + 8 * i);
      }
      Twins.Work inLanes = out -> Lanes.accumulateRows(out, 1, a, 2, rows, width);
      Twins.Work atOnce = out -> Lanes.sumRows(out, 3, a, 2, rows, width);
      Twins.Work fold = out -> Lanes.fold(out, 3, lanes, 1, rows);
      double[] empty = new double[rows + 3];
      Twins.assertSame("lanes", lanes, Twins.agree("lanes", start, inLanes));
      Twins.assertSame("rows", sums, Twins.agree("rows", empty, atOnce));
      Twins.assertSame("fold", folds, Twins.agree("fold", empty, fold));
    }
  }
}
