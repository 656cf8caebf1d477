package odeum.simd;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The polynomials of {@link Elementary} with the Vector API, operation by operation, so that the
 * bits are the same. A vector with a rare argument in it takes the scalar functions, as do the last
 * elements of a loop in place; elsewhere the last vector overlaps the one before.
 */
final class VectorElementary {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  // A constant object costs the compiler fewer nodes than a broadcast: with broadcasts alone the
  // longer functions reach its limit (NodeCountInliningCutoff), and their last operations allocate.
  // A broadcast stays in a register: the series of exp, which all share, has broadcasts.
  static final DoubleVector ONE = splat(1);
  static final DoubleVector TWO = splat(2);
  private static final DoubleVector HALF = splat(0.5);
  static final DoubleVector ROUND = splat(Elementary.ROUND);
  static final DoubleVector LOG2E = splat(Elementary.LOG2E);
  static final DoubleVector MINUS_LN2_HIGH = splat(-Elementary.LN2_HIGH);
  private static final DoubleVector MINUS_LN2_LOW = splat(-Elementary.LN2_LOW);
  private static final DoubleVector TANH_LIMIT = splat(Elementary.TANH_LIMIT);

  private static final DoubleVector LOG_LN2_HIGH = splat(Elementary.LOG_LN2_HIGH);
  private static final DoubleVector LOG_LN2_LOW = splat(Elementary.LOG_LN2_LOW);
  private static final DoubleVector LOG_1 = splat(Elementary.LOG_1);
  private static final DoubleVector LOG_2 = splat(Elementary.LOG_2);
  private static final DoubleVector LOG_3 = splat(Elementary.LOG_3);
  private static final DoubleVector LOG_4 = splat(Elementary.LOG_4);
  private static final DoubleVector LOG_5 = splat(Elementary.LOG_5);
  private static final DoubleVector LOG_6 = splat(Elementary.LOG_6);
  private static final DoubleVector LOG_7 = splat(Elementary.LOG_7);

  private VectorElementary() {}

  static DoubleVector splat(double s) {
    return DoubleVector.broadcast(S, s);
  }

  static void exp(double[] out, int o, double[] a, int ao, int n) {
    int whole = whole(out, o, a, ao, n);
    for (int i = 0; i < whole; i += L) {
      int p = Math.min(i, n - L);
      DoubleVector x = DoubleVector.fromArray(S, a, ao + p);
      if (x.abs().compare(VectorOperators.LE, Elementary.EXP_LIMIT).allTrue()) {
        exp(x).intoArray(out, o + p);
      } else {
        each(out, o + p, a, ao + p, L, Elementary::exp);
      }
    }
    each(out, o + whole, a, ao + whole, n - whole, Elementary::exp);
  }

  static void tanh(double[] out, int o, double[] a, int ao, int n) {
    int whole = whole(out, o, a, ao, n);
    for (int i = 0; i < whole; i += L) {
      int p = Math.min(i, n - L);
      tanh(DoubleVector.fromArray(S, a, ao + p)).intoArray(out, o + p);
    }
    each(out, o + whole, a, ao + whole, n - whole, Elementary::tanh);
  }

  static void sigmoid(double[] out, int o, double[] a, int ao, int n) {
    int whole = whole(out, o, a, ao, n);
    for (int i = 0; i < whole; i += L) {
      int p = Math.min(i, n - L);
      DoubleVector x = DoubleVector.fromArray(S, a, ao + p);
      if (x.abs().compare(VectorOperators.LE, Elementary.EXP_LIMIT).allTrue()) {
        DoubleVector e = exp(x.abs().neg());
        DoubleVector top = ONE.blend(e, x.compare(VectorOperators.LT, 0));
        top.div(e.add(ONE)).intoArray(out, o + p);
      } else {
        each(out, o + p, a, ao + p, L, Elementary::sigmoid);
      }
    }
    each(out, o + whole, a, ao + whole, n - whole, Elementary::sigmoid);
  }

  static void log(double[] out, int o, double[] a, int ao, int n) {
    int whole = whole(out, o, a, ao, n);
    for (int i = 0; i < whole; i += L) {
      int p = Math.min(i, n - L);
      DoubleVector x = DoubleVector.fromArray(S, a, ao + p);
      if (x.compare(VectorOperators.GE, Double.MIN_NORMAL)
          .and(x.compare(VectorOperators.LE, Double.MAX_VALUE))
          .allTrue()) {
        log(x).intoArray(out, o + p);
      } else {
        each(out, o + p, a, ao + p, L, Elementary::log);
      }
    }
    each(out, o + whole, a, ao + whole, n - whole, Elementary::log);
  }

  /** How many elements go in vectors: all, unless an overlap would read its own results. */
  static int whole(double[] out, int o, double[] a, int ao, int n) {
    return out == a && o == ao ? n - n % L : n;
  }

  static void each(double[] out, int o, double[] a, int ao, int n, DoubleUnaryOperator function) {
    for (int i = 0; i < n; i++) {
      out[o + i] = function.applyAsDouble(a[ao + i]);
    }
  }

  private static DoubleVector exp(DoubleVector x) {
    DoubleVector shifted = x.fma(LOG2E, ROUND);
    DoubleVector scale = powerOfTwo(shifted);
    DoubleVector r = reduce(x, shifted.sub(ROUND));
    return scale.fma(expm1Reduced(r), scale);
  }

  private static DoubleVector tanh(DoubleVector x) {
    DoubleVector size = x.abs();
    DoubleVector twice = size.add(size);
    DoubleVector doubled = twice.blend(TANH_LIMIT, twice.compare(VectorOperators.GT, TANH_LIMIT));
    DoubleVector shifted = doubled.fma(LOG2E, ROUND);
    DoubleVector scale = powerOfTwo(shifted);
    DoubleVector r = reduce(doubled, shifted.sub(ROUND));
    DoubleVector expm1 = scale.fma(expm1Reduced(r), scale.sub(ONE));
    LongVector sign = x.reinterpretAsLongs().and(Long.MIN_VALUE);
    return expm1.div(expm1.add(TWO)).abs().reinterpretAsLongs().or(sign).reinterpretAsDoubles();
  }

  static DoubleVector powerOfTwo(DoubleVector shifted) {
    return shifted
        .reinterpretAsLongs()
        .lanewise(VectorOperators.LSHL, 52)
        .add(Elementary.ONE_BITS)
        .reinterpretAsDoubles();
  }

  private static DoubleVector reduce(DoubleVector x, DoubleVector n) {
    return n.fma(MINUS_LN2_LOW, n.fma(MINUS_LN2_HIGH, x));
  }

  private static DoubleVector expm1Reduced(DoubleVector r) {
    DoubleVector r2 = r.mul(r);
    return r2.fma(expSeries(r, r2), r);
  }

  static DoubleVector expSeries(DoubleVector r, DoubleVector r2) {
    DoubleVector r4 = r2.mul(r2);
    DoubleVector a = r.fma(1 / 6.0, 1 / 2.0);
    DoubleVector b = r.fma(1 / 120.0, 1 / 24.0);
    DoubleVector c = r.fma(1 / 5040.0, 1 / 720.0);
    DoubleVector d = r.fma(1 / 362880.0, 1 / 40320.0);
    DoubleVector e = r.fma(1 / 39916800.0, 1 / 3628800.0);
    DoubleVector f = r.fma(1 / 6227020800.0, 1 / 479001600.0);
    DoubleVector low = r2.fma(b, a);
    DoubleVector middle = r2.fma(d, c);
    DoubleVector high = r2.fma(f, e);
    return r4.fma(r4.fma(high, middle), low);
  }

  private static DoubleVector log(DoubleVector x) {
    LongVector bits = x.reinterpretAsLongs();
    LongVector exponent = bits.sub(Elementary.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 52);
    DoubleVector k = number(exponent);
    DoubleVector f =
        bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles().sub(ONE);
    DoubleVector s = f.div(f.add(TWO));
    DoubleVector half = f.mul(HALF).mul(f);
    DoubleVector tail = s.fma(half.add(logSeries(s.mul(s))), k.mul(LOG_LN2_LOW));
    return k.mul(LOG_LN2_HIGH).sub(half.sub(tail).sub(f));
  }

  /** Small whole numbers as doubles: not every machine can convert a vector of longs. */
  static DoubleVector number(LongVector whole) {
    return whole
        .add(Double.doubleToRawLongBits(Elementary.ROUND))
        .reinterpretAsDoubles()
        .sub(ROUND);
  }

  private static DoubleVector logSeries(DoubleVector z) {
    DoubleVector w = z.mul(z);
    DoubleVector even = w.fma(LOG_6, LOG_4);
    even = w.mul(w.fma(even, LOG_2));
    DoubleVector odd = w.fma(LOG_7, LOG_5);
    odd = z.mul(w.fma(w.fma(odd, LOG_3), LOG_1));
    return even.add(odd);
  }
}
