package odeum.plot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
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
    double[][] line = Thinning.line(x, y);
    assertTrue(line[0].length <= 20_000, "kept " + line[0].length);
    assertEquals(line[0].length, line[1].length);
    assertEquals(7, Arrays.stream(line[1]).max().orElseThrow());
    assertEquals(x[x.length - 1], line[0][line[0].length - 1]);
  }

  @Test
  void aUsualLineIsLeftAlone() {
    double[] x = {0, 1, 2};
    assertSame(x, Thinning.line(x, x)[0]);
  }
}
