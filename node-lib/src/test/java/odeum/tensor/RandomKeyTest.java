package odeum.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.distribution.UniformRealDistribution;
import org.apache.commons.math3.stat.correlation.PearsonsCorrelation;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;

class RandomKeyTest {
  private static final Shape MANY = Shape.of(20_000);

  @Test
  void hasItsDistributions() {
    fits(new UniformRealDistribution(null, -2, 3), RandomKey.of(11).uniform(MANY, -2, 3));
    fits(new NormalDistribution(null, 0, 1), RandomKey.of(12).normal(MANY));
    fits(new NormalDistribution(null, 0, 1), RandomKey.of(12).fold(7).normal(MANY));
  }

  private static void fits(RealDistribution distribution, Tensor samples) {
    double p = new KolmogorovSmirnovTest().kolmogorovSmirnovTest(distribution, samples.toArray());
    assertTrue(p > 1e-4, "p = " + p);
  }

  @Test
  void foldedKeysAreIndependent() {
    RandomKey key = RandomKey.of(5);
    double[] own = key.normal(MANY).toArray();
    for (int i = 0; i < 4; i++) {
      double[] other = key.fold(i).normal(MANY).toArray();
      assertTrue(Math.abs(new PearsonsCorrelation().correlation(own, other)) < 0.03);
      own = other;
    }
  }

  @Test
  void theSameKeyGivesTheSameBits() {
    assertEquals(RandomKey.of(9).fold(2).normal(MANY), RandomKey.of(9).fold(2).normal(MANY));
    assertNotEquals(RandomKey.of(9).bits(0), RandomKey.of(10).bits(0));
    assertNotEquals(RandomKey.of(9).fold(0), RandomKey.of(9));
  }

  @Test
  void integersStayInRange() {
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[RandomKey.of(1).integer(i, 6)]++;
    }
    for (int count : counts) {
      assertEquals(10_000, count, 400);
    }
  }
}
