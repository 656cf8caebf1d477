package odeum.simd;

/**
 * Powers, off by less than 0.7 units in the last place: {@code e^(y log x)}, whose logarithm and
 * product are unevaluated sums of two doubles (T. J. Dekker, doi:10.1007/BF01397083), so that a
 * power that is a double comes out exactly. Zeros, subnormal and infinite bases, NaN, overflow and
 * underflow go to {@code StrictMath}.
 */
final class Power {
  /** Up to here the sum with {@code Elementary.ROUND} tells whole numbers, even and odd ones. */
  static final double WHOLE_LIMIT = 0x1p51;

  // What the nearest doubles of 1/3 and 1/5 lack.
  static final double THIRD_LOW = 0x1.5555555555555p-56;
  static final double FIFTH_LOW = -0x1.999999999999ap-57;

  private Power() {}

  /** An unevaluated sum. */
  private record Sum(double high, double low) {}

  static double of(double x, double y) {
    double size = Math.abs(x);
    double shifted = y + Elementary.ROUND;
    if (!(size >= Double.MIN_NORMAL && size <= Double.MAX_VALUE)
        || (x < 0 && !(Math.abs(y) <= WHOLE_LIMIT && shifted - Elementary.ROUND == y))) {
      return StrictMath.pow(x, y);
    }
    Sum log = log(size);
    double product = y * log.high;
    if (!(Math.abs(product) <= Elementary.EXP_LIMIT)) {
      return StrictMath.pow(x, y);
    }
    double low = Math.fma(y, log.low, Math.fma(y, log.high, -product));
    long sign = Double.doubleToRawLongBits(x) & (Double.doubleToRawLongBits(shifted) << 63);
    return Double.longBitsToDouble(Double.doubleToRawLongBits(exp(product, low)) ^ sign);
  }

  /**
   * The logarithm as {@code k log 2 + 2 atanh(s)}, where {@code s = f / (2 + f)}. The first terms
   * of {@code atanh(s) / s = 1 + z/3 + z^2/5 + ...}, z = s^2, are sums of two doubles as well.
   */
  private static Sum log(double x) {
    long bits = Double.doubleToRawLongBits(x);
    long exponent = (bits - Elementary.SQRT_HALF_BITS) >> 52;
    double k = exponent;
    double f = Double.longBitsToDouble(bits - (exponent << 52)) - 1;
    double divisor = 2 + f;
    double s = f / divisor;
    double remainder = Math.fma(-s, f - (divisor - 2), Math.fma(-s, divisor, f));
    double sLow = remainder / divisor;
    double z = s * s;
    double zLow = Math.fma(2 * s, sLow, Math.fma(s, s, -z));
    double seventh = series(z);
    double c = 1 / 5.0 + seventh;
    double cLow = ((1 / 5.0 - c) + seventh) + FIFTH_LOW;
    double p = z * c;
    double pLow = Math.fma(z, cLow, Math.fma(zLow, c, Math.fma(z, c, -p)));
    double d = 1 / 3.0 + p;
    double dLow = ((1 / 3.0 - d) + p) + (pLow + THIRD_LOW);
    double u = z * d;
    double uLow = Math.fma(z, dLow, Math.fma(zLow, d, Math.fma(z, d, -u)));
    double t = 2 * s;
    double tLow = 2 * sLow;
    double v = t * u;
    double vLow = Math.fma(t, uLow, Math.fma(tLow, u, Math.fma(t, u, -v)));
    double whole = k * Elementary.LN2_HIGH;
    double first = whole + t;
    double second = first + v;
    double lost = ((whole - first) + t) + ((first - second) + v);
    double low = lost + Math.fma(k, Elementary.LN2_LOW, tLow + vLow);
    double high = second + low;
    return new Sum(high, (second - high) + low);
  }

  /** {@code z/7 + z^2/9 + ... + z^10/25}: what is left out is below 2^-68 of the logarithm. */
  private static double series(double z) {
    double z2 = z * z;
    double a = Math.fma(z, 1 / 9.0, 1 / 7.0);
    double b = Math.fma(z, 1 / 13.0, 1 / 11.0);
    double c = Math.fma(z, 1 / 17.0, 1 / 15.0);
    double d = Math.fma(z, 1 / 21.0, 1 / 19.0);
    double e = Math.fma(z, 1 / 25.0, 1 / 23.0);
    return z * Math.fma(z2, Math.fma(z2, Math.fma(z2, Math.fma(z2, e, d), c), b), a);
  }

  /** {@code e^(x + low)}, where low is below an ulp of x. */
  private static double exp(double x, double low) {
    double shifted = Math.fma(x, Elementary.LOG2E, Elementary.ROUND);
    double n = shifted - Elementary.ROUND;
    double part = Math.fma(n, -Elementary.LN2_HIGH, x);
    double product = n * Elementary.LN2_LOW;
    double r = part - product;
    double rest = ((part - r) - product) + low;
    double square = r * r;
    double series = Elementary.expSeries(r, square);
    double tail = Math.fma(square, series, rest * (1 + Math.fma(square, series, r)));
    double sum = 1 + r;
    return Elementary.powerOfTwo(shifted) * (sum + ((r - (sum - 1)) + tail));
  }
}
