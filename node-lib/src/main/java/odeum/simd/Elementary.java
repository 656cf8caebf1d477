package odeum.simd;

/**
 * Elementary functions whose bits depend on nothing but their arguments. {@code Math.exp} and its
 * kin may differ between the interpreter and compiled code and between processors; these are
 * polynomials in {@code fma}. Rare arguments (huge, subnormal, not finite) go to {@code
 * StrictMath}.
 */
public final class Elementary {
  static final double LOG2E = 1.4426950408889634;
  static final double LN2_HIGH = 0x1.62e42fefa3800p-1;
  static final double LN2_LOW = 0x1.ef35793c76730p-45;

  /** Adding it rounds to a whole number, whose low bits then stand in the sum's low bits. */
  static final double ROUND = 0x1.8p52;

  static final long ONE_BITS = 0x3ff0000000000000L;

  /** The bits of the square root of one half: a logarithm is taken between it and its double. */
  static final long SQRT_HALF_BITS = 0x3fe6a09e667f3bcdL;

  static final double EXP_LIMIT = 708;
  static final double TANH_LIMIT = 44;
  static final double TRIG_LIMIT = 1e5;

  // pi/2 in three parts of 53 bits.
  static final double TWO_OVER_PI = 0.6366197723675814;
  static final double HALF_PI_1 = 1.5707963267948966;
  static final double HALF_PI_2 = 6.123233995736766e-17;
  static final double HALF_PI_3 = -1.4973849048591833e-33;

  // fdlibm's coefficients: e_log.c, k_sin.c, k_cos.c.
  static final double LOG_LN2_HIGH = 6.93147180369123816490e-01;
  static final double LOG_LN2_LOW = 1.90821492927058770002e-10;
  static final double LOG_1 = 6.666666666666735130e-01;
  static final double LOG_2 = 3.999999999940941908e-01;
  static final double LOG_3 = 2.857142874366239149e-01;
  static final double LOG_4 = 2.222219843214978396e-01;
  static final double LOG_5 = 1.818357216161805012e-01;
  static final double LOG_6 = 1.531383769920937332e-01;
  static final double LOG_7 = 1.479819860511658591e-01;
  static final double SIN_1 = -1.66666666666666324348e-01;
  static final double SIN_2 = 8.33333333332248946124e-03;
  static final double SIN_3 = -1.98412698298579493134e-04;
  static final double SIN_4 = 2.75573137070700676789e-06;
  static final double SIN_5 = -2.50507602534068634195e-08;
  static final double SIN_6 = 1.58969099521155010221e-10;
  static final double COS_1 = 4.16666666666666019037e-02;
  static final double COS_2 = -1.38888888888741095749e-03;
  static final double COS_3 = 2.48015872894767294178e-05;
  static final double COS_4 = -2.75573143513906633035e-07;
  static final double COS_5 = 2.08757232129817482790e-09;
  static final double COS_6 = -1.13596475577881948265e-11;

  private Elementary() {}

  /** {@return e to the power x} */
  public static double exp(double x) {
    if (!(Math.abs(x) <= EXP_LIMIT)) {
      return StrictMath.exp(x);
    }
    double shifted = Math.fma(x, LOG2E, ROUND);
    double scale = powerOfTwo(shifted);
    return Math.fma(scale, expm1Reduced(reduce(x, shifted - ROUND)), scale);
  }

  /**
   * {@return the hyperbolic tangent of x} By {@code expm1(2|x|)}, so small arguments keep theirs.
   */
  public static double tanh(double x) {
    double doubled = 2 * Math.abs(x);
    if (doubled > TANH_LIMIT) {
      doubled = TANH_LIMIT;
    }
    double shifted = Math.fma(doubled, LOG2E, ROUND);
    double scale = powerOfTwo(shifted);
    double expm1 = Math.fma(scale, expm1Reduced(reduce(doubled, shifted - ROUND)), scale - 1);
    return Math.copySign(expm1 / (expm1 + 2), x);
  }

  /** {@return 1 / (1 + e^-x)} By {@code e^-|x|}, which cannot overflow and keeps small results. */
  public static double sigmoid(double x) {
    double e = exp(-Math.abs(x));
    return (x < 0 ? e : 1) / (1 + e);
  }

  static double powerOfTwo(double shifted) {
    return Double.longBitsToDouble((Double.doubleToRawLongBits(shifted) << 52) + ONE_BITS);
  }

  private static double reduce(double x, double n) {
    return Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x));
  }

  private static double expm1Reduced(double r) {
    double r2 = r * r;
    return Math.fma(r2, expSeries(r, r2), r);
  }

  /**
   * {@code (e^r - 1 - r) / r^2} for |r| at most ln(2)/2: Taylor to r^13 of e^r, whose rest is below
   * 0.05 ulp.
   */
  static double expSeries(double r, double r2) {
    double r4 = r2 * r2;
    double a = Math.fma(r, 1 / 6.0, 1 / 2.0);
    double b = Math.fma(r, 1 / 120.0, 1 / 24.0);
    double c = Math.fma(r, 1 / 5040.0, 1 / 720.0);
    double d = Math.fma(r, 1 / 362880.0, 1 / 40320.0);
    double e = Math.fma(r, 1 / 39916800.0, 1 / 3628800.0);
    double f = Math.fma(r, 1 / 6227020800.0, 1 / 479001600.0);
    double low = Math.fma(r2, b, a);
    double middle = Math.fma(r2, d, c);
    double high = Math.fma(r2, f, e);
    return Math.fma(r4, Math.fma(r4, high, middle), low);
  }

  /** {@return the natural logarithm of x} Coefficients of fdlibm's {@code e_log.c}. */
  public static double log(double x) {
    if (!(x >= Double.MIN_NORMAL && x <= Double.MAX_VALUE)) {
      return StrictMath.log(x);
    }
    long bits = Double.doubleToRawLongBits(x);
    long exponent = (bits - SQRT_HALF_BITS) >> 52;
    double f = Double.longBitsToDouble(bits - (exponent << 52)) - 1;
    double s = f / (2 + f);
    double z = s * s;
    double w = z * z;
    double even = w * Math.fma(w, Math.fma(w, LOG_6, LOG_4), LOG_2);
    double odd = z * Math.fma(w, Math.fma(w, Math.fma(w, LOG_7, LOG_5), LOG_3), LOG_1);
    double half = 0.5 * f * f;
    double k = exponent;
    double tail = Math.fma(s, half + (even + odd), k * LOG_LN2_LOW);
    return k * LOG_LN2_HIGH - ((half - tail) - f);
  }

  /**
   * {@return x to the power y} Off by less than 0.7 ulp, with the special cases of {@code Math}.
   */
  public static double pow(double x, double y) {
    return Power.of(x, y);
  }

  /** {@return the sine of x, in radians} */
  public static double sin(double x) {
    if (!(Math.abs(x) <= TRIG_LIMIT)) {
      return StrictMath.sin(x);
    }
    return circular(x, 0);
  }

  /** {@return the cosine of x, in radians} */
  public static double cos(double x) {
    if (!(Math.abs(x) <= TRIG_LIMIT)) {
      return StrictMath.cos(x);
    }
    return circular(x, 1);
  }

  /** {@return the tangent of x, in radians} */
  public static double tan(double x) {
    return sin(x) / cos(x);
  }

  /** The sine of {@code x + turn*pi/2}: Cody and Waite's reduction, then fdlibm's kernels. */
  private static double circular(double x, int turn) {
    double shifted = Math.fma(x, TWO_OVER_PI, ROUND);
    double n = shifted - ROUND;
    double high = Math.fma(-n, HALF_PI_1, x);
    double product = n * HALF_PI_2;
    double r = high - product;
    double lost = Math.fma(n, HALF_PI_3, Math.fma(n, HALF_PI_2, -product));
    double tail = ((high - r) - product) - lost;
    int quadrant = (int) Double.doubleToRawLongBits(shifted) + turn;
    double value = (quadrant & 1) == 0 ? sinKernel(r, tail) : cosKernel(r, tail);
    return (quadrant & 2) == 0 ? value : -value;
  }

  private static double sinKernel(double x, double tail) {
    double z = x * x;
    double v = z * x;
    double p = Math.fma(z, SIN_6, SIN_5);
    p = Math.fma(z, p, SIN_4);
    p = Math.fma(z, p, SIN_3);
    p = Math.fma(z, p, SIN_2);
    return x - ((z * (0.5 * tail - v * p) - tail) - v * SIN_1);
  }

  private static double cosKernel(double x, double tail) {
    double z = x * x;
    double p = Math.fma(z, COS_6, COS_5);
    p = Math.fma(z, p, COS_4);
    p = Math.fma(z, p, COS_3);
    p = Math.fma(z, p, COS_2);
    p = Math.fma(z, p, COS_1);
    double half = 0.5 * z;
    double w = 1 - half;
    return w + (((1 - w) - half) + (z * (z * p) - x * tail));
  }
}
