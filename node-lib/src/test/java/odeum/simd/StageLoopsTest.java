package odeum.simd;

import org.junit.jupiter.api.Test;

/** The loops of steps side by side, against one lane at a time written down plainly. */
class StageLoopsTest {
  private static final int ROWS = 3;
  private static final int COUNT = 5;
  private static final double[] WEIGHTS = {0.25, -1.5, 0, 3, 0.125};

  private static double sum(double[] k, int at, int stride, int count) {
    double sum = WEIGHTS[0] * k[at];
    for (int j = 1; j < count; j++) {
      sum = Math.fma(WEIGHTS[j], k[at + j * stride], sum);
    }
    return sum;
  }

  @Test
  void stepsGoOnSideBySide() {
    for (int width : Twins.sizes()) {
      int stride = ROWS * width + 3;
      double[] k = Twins.edged(width, COUNT * stride);
      double[] y = Twins.edged(width + 1, ROWS * width);
      double[] h = Twins.edged(width + 2, width);
      for (int count = 1; count <= COUNT; count++) {
        int stages = count;
        double[] expected = new double[ROWS * width];
        for (int i = 0; i < expected.length; i++) {
          expected[i] = Math.fma(h[i % width], sum(k, i, stride, stages), y[i]);
        }
        Twins.Work work =
            out -> StageLoops.step(out, y, h, WEIGHTS, k, stride, stages, ROWS, width);
        Twins.assertSame("step", expected, Twins.agree("step", new double[expected.length], work));
      }
    }
  }

  @Test
  void errorsAreScaledAndSummedLaneByLane() {
    for (int width : Twins.sizes()) {
      int stride = ROWS * width + 3;
      double[] k = Twins.edged(width, COUNT * stride);
      double[] y = Twins.edged(width + 1, ROWS * width);
      double[] y1 = Twins.edged(width + 2, ROWS * width);
      double[] expected = new double[width];
      for (int i = 0; i < ROWS * width; i++) {
        double scale = 1e-3 + 1e-2 * Math.max(Math.abs(y[i]), Math.abs(y1[i]));
        double scaled = sum(k, i, stride, COUNT) / scale;
        expected[i % width] += scaled * scaled;
      }
      Twins.Work work =
          out ->
              StageLoops.scaledSquares(
                  out, WEIGHTS, k, stride, COUNT, y, y1, 1e-3, 1e-2, ROWS, width);
      Twins.assertSame("squares", expected, Twins.agree("squares", new double[width], work));
    }
  }

  @Test
  void lanesBeyondTheLimitAreMarked() {
    for (int width : Twins.sizes()) {
      int size = ROWS * width;
      double[] k = Twins.edged(width, 2 * size + 3);
      double[] y = Twins.moderate(width + 1, size);
      double[] y2 = Twins.edged(width + 2, size);
      double[] h = Twins.moderate(width + 3, width);
      double[] expected = new double[width + 1];
      for (int lane = 0; lane < width; lane++) {
        double slopes = 0;
        double states = 0;
        for (int i = lane; i < size; i += width) {
          slopes += (k[size + 3 + i] - k[i]) * (k[size + 3 + i] - k[i]);
          states += (y[i] - y2[i]) * (y[i] - y2[i]);
        }
        expected[lane] = h[lane] * h[lane] * slopes > 4.5 * states ? 1 : 0;
        expected[width] += expected[lane];
      }
      Twins.Work work =
          out -> out[width] = StageLoops.steeper(out, h, k, size + 3, 0, 4.5, y, y2, ROWS, width);
      Twins.assertSame("steeper", expected, Twins.agree("steeper", new double[width + 1], work));
    }
  }

  @Test
  void lanesWithANumberThatIsNotFiniteAreFound() {
    for (int width : Twins.sizes()) {
      double[] a = Twins.edged(width, ROWS * width);
      double[] b = Twins.edged(width + 1, ROWS * width + 2);
      double[] expected = new double[width];
      for (int i = 0; i < ROWS * width; i++) {
        boolean finite = Double.isFinite(a[i]) && Double.isFinite(b[i + 2]);
        expected[i % width] = finite ? expected[i % width] : Double.NaN;
      }
      Twins.Work work = out -> StageLoops.zeroIfFinite(out, a, b, 2, ROWS, width);
      Twins.assertSame("finite", expected, Twins.agree("finite", new double[width], work));
    }
  }
}
