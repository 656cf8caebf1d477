package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThinningTest {
  @Test
  void aVeryLongLineKeepsItsSpikes() {
    double[] x = new double[1_000_000];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1e-3 * i;
      y[i] = StrictMath.sin(x[i]);
    }
    y[123_457] = 7;
    for (int i = 0; i < x.length; i += 3) {
      y[i] += 0.3; // rough, so that no part of it is straight
    }
    double[][] line = kept(Thinning.line(8000, x, y), x, y);
    assertTrue(line[0].length <= 8004, "kept " + line[0].length);
    assertEquals(line[0].length, line[1].length);
    assertEquals(7, Arrays.stream(line[1]).max().orElseThrow());
    assertEquals(x[x.length - 1], line[0][line[0].length - 1]);
  }

  @Test
  void aSmoothLineKeepsFewPointsAndItsShape() {
    double[] x = IntStream.range(0, 5000).mapToDouble(i -> 1e-3 * i).toArray();
    double[] y = DoubleStream.of(x).map(StrictMath::sin).toArray();
    double[][] line = kept(Thinning.line(2000, x, y), x, y);
    assertTrue(line[0].length < 200, "kept " + line[0].length);
    for (int i = 0; i < x.length; i++) {
      assertTrue(offLine(line, x[i], y[i]) < 5.0 / 4000, "point " + i);
    }
  }

  @Test
  void pointsInOneCellAreOnePoint() {
    double[] x = {0, 1e-9, 1, 1, Double.NaN};
    assertArrayEquals(new boolean[] {true, false, true, false, false}, Thinning.apart(100, x, x));
  }

  private static double[][] kept(boolean[] keep, double[]... columns) {
    int[] rows = IntStream.range(0, keep.length).filter(i -> keep[i]).toArray();
    return Arrays.stream(columns)
        .map(c -> IntStream.of(rows).mapToDouble(i -> c[i]).toArray())
        .toArray(double[][]::new);
  }

  @Test
  void aLineThatTurnsBackKeepsItsShape() {
    double[] x = new double[5000];
    double[] y = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      double radius = 1 - 1e-4 * i;
      x[i] = radius * StrictMath.cos(0.01 * i);
      y[i] = radius * StrictMath.sin(0.01 * i);
    }
    x[2500] = Double.NaN;
    double[][] line = kept(Thinning.line(2000, x, y), x, y);
    assertTrue(line[0].length < 1200, "kept " + line[0].length);
    assertEquals(1, Arrays.stream(line[0]).filter(Double::isNaN).count());
    assertEquals(x[x.length - 1], line[0][line[0].length - 1]);
    for (int i = 0; i < x.length; i++) {
      if (i != 2500) {
        double off = offLine(line, x[i], y[i]);
        assertTrue(off < 1.1 * 2 / 4000, "point " + i + " is off the line by " + off);
      }
    }
  }

  private static double offLine(double[][] line, double x, double y) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < line[0].length; i++) {
      double dx = line[0][i] - line[0][i - 1];
      double dy = line[1][i] - line[1][i - 1];
      double along = (x - line[0][i - 1]) * dx + (y - line[1][i - 1]) * dy;
      double share = Math.clamp(along / (dx * dx + dy * dy), 0, 1);
      double ex = line[0][i - 1] + share * dx - x;
      double ey = line[1][i - 1] + share * dy - y;
      double off = Math.sqrt(ex * ex + ey * ey);
      least = Double.isNaN(off) ? least : Math.min(least, off);
    }
    return least;
  }
}
