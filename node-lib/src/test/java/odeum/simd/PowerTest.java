package odeum.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.MathContext;
import odeum.tensor.RandomKey;
import org.junit.jupiter.api.Test;

/** Powers against decimals of 50 digits, and the special cases of {@code Math.pow}. */
class PowerTest {
  private static final MathContext DIGITS = new MathContext(50);
  private static final BigDecimal LOG_2 = twiceArtanh(BigDecimal.ONE.divide(decimal(3), DIGITS));

  private static BigDecimal decimal(double x) {
    return new BigDecimal(x);
  }

  private static BigDecimal twiceArtanh(BigDecimal s) {
    BigDecimal z = s.multiply(s, DIGITS);
    BigDecimal power = s;
    BigDecimal sum = s;
    for (int i = 3; power.abs().compareTo(decimal(1e-55)) > 0; i += 2) {
      power = power.multiply(z, DIGITS);
      sum = sum.add(power.divide(decimal(i), DIGITS), DIGITS);
    }
    return sum.multiply(decimal(2), DIGITS);
  }

  private static BigDecimal log(double x) {
    int k = Math.getExponent(x);
    BigDecimal m = decimal(Math.scalb(x, -k));
    BigDecimal s = m.subtract(BigDecimal.ONE).divide(m.add(BigDecimal.ONE), DIGITS);
    return LOG_2.multiply(decimal(k)).add(twiceArtanh(s), DIGITS);
  }

  /** {@code e^x / 2^k}. */
  private static BigDecimal scaledExp(BigDecimal x, int k) {
    BigDecimal r = x.subtract(LOG_2.multiply(decimal(k)), DIGITS);
    BigDecimal term = BigDecimal.ONE;
    BigDecimal sum = BigDecimal.ONE;
    for (int i = 1; i < 45; i++) {
      term = term.multiply(r, DIGITS).divide(decimal(i), DIGITS);
      sum = sum.add(term, DIGITS);
    }
    return sum;
  }

  private static double ulps(double x, double y) {
    double power = Elementary.pow(x, y);
    int k = Math.getExponent(power);
    BigDecimal truth = scaledExp(decimal(y).multiply(log(x), DIGITS), k);
    double scaled = Math.scalb(power, -k);
    return truth.subtract(decimal(scaled)).abs().doubleValue() / Math.ulp(scaled);
  }

  @Test
  void isWithinSevenTenthsOfAnUlp() {
    RandomKey key = RandomKey.of(8);
    for (int i = 0; i < 3_000; i++) {
      double u = key.uniform(3L * i);
      double v = 2 * key.uniform(3L * i + 1) - 1;
      double x =
          switch (i % 3) {
            case 0 -> 10 * u + 1e-9;
            case 1 -> Math.scalb(1 + u, key.integer(3L * i + 2, 2000) - 1000);
            default -> 1 + v * Math.scalb(1.0, -key.integer(3L * i + 2, 40) - 1);
          };
      double y = i % 3 == 0 ? 6 * v : 700 * v / Math.max(1e-14, Math.abs(Elementary.log(x)));
      double error = ulps(x, y);
      assertTrue(error < 0.7, x + "^" + y + " is off by " + error + " ulp");
    }
  }

  @Test
  void exactPowersAreExact() {
    for (int base = 2; base <= 100; base++) {
      double power = 1;
      for (int n = 0; power <= 0x1p53; n++) {
        assertEquals(power, Elementary.pow(base, n), base + "^" + n);
        assertEquals(n % 2 == 0 ? power : -power, Elementary.pow(-base, n));
        if (n > 0) {
          assertEquals(base, Elementary.pow(power, 1.0 / n), n > 2 ? Math.ulp(base) * 40 : 0);
        }
        power *= base;
      }
    }
    for (int n = -1074; n < 1024; n++) {
      assertEquals(Math.scalb(1.0, n), Elementary.pow(2, n), "2^" + n);
      assertEquals(Math.scalb(1.0, n), Elementary.pow(0.5, -n), "0.5^" + -n);
    }
    for (int i = 1; i < 2000; i++) {
      double root = i / 16.0;
      assertEquals(root, Elementary.pow(root * root, 0.5));
      assertEquals(1 / (root * root) == 0 ? 0 : root, Elementary.pow(root, 1));
      assertEquals(root * root * root, Elementary.pow(root * root, 1.5));
    }
  }

  @Test
  void specialCasesAreThoseOfMath() {
    for (double x : Twins.EDGES) {
      for (double y : Twins.EDGES) {
        double expected = StrictMath.pow(x, y);
        double actual = Elementary.pow(x, y);
        String name = x + "^" + y;
        if (Double.isNaN(expected) || Double.isInfinite(expected) || expected == 0) {
          assertEquals(expected, actual, name);
        } else {
          assertEquals(expected, actual, Math.ulp(expected), name);
        }
      }
    }
  }
}
