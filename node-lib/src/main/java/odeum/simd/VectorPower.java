package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Power} with the Vector API, in blocks and two loops with a small array between them: one
 * loop alone has more operations than the compiler keeps in registers.
 */
final class VectorPower {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();
  private static final int BLOCK = 64;

  private static final DoubleVector ONE = VectorElementary.ONE;
  private static final DoubleVector TWO = VectorElementary.TWO;
  private static final DoubleVector ROUND = VectorElementary.ROUND;
  private static final DoubleVector ATANH_3 = VectorElementary.splat(1 / 3.0);
  private static final DoubleVector ATANH_5 = VectorElementary.splat(1 / 5.0);
  private static final DoubleVector ATANH_7 = VectorElementary.splat(1 / 7.0);
  private static final DoubleVector ATANH_9 = VectorElementary.splat(1 / 9.0);
  private static final DoubleVector ATANH_11 = VectorElementary.splat(1 / 11.0);
  private static final DoubleVector ATANH_13 = VectorElementary.splat(1 / 13.0);
  private static final DoubleVector ATANH_15 = VectorElementary.splat(1 / 15.0);
  private static final DoubleVector ATANH_17 = VectorElementary.splat(1 / 17.0);
  private static final DoubleVector ATANH_19 = VectorElementary.splat(1 / 19.0);
  private static final DoubleVector ATANH_21 = VectorElementary.splat(1 / 21.0);
  private static final DoubleVector ATANH_23 = VectorElementary.splat(1 / 23.0);
  private static final DoubleVector ATANH_25 = VectorElementary.splat(1 / 25.0);
  private static final DoubleVector THIRD_LOW = VectorElementary.splat(Power.THIRD_LOW);
  private static final DoubleVector FIFTH_LOW = VectorElementary.splat(Power.FIFTH_LOW);
  private static final DoubleVector LN2_HIGH = VectorElementary.splat(Elementary.LN2_HIGH);
  private static final DoubleVector LN2_LOW = VectorElementary.splat(Elementary.LN2_LOW);

  private VectorPower() {}

  static void power(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    double[] logs = Scratch.of(2 * BLOCK);
    int whole = n - n % L;
    for (int i = 0; i < whole; i += BLOCK) {
      int count = Math.min(BLOCK, whole - i);
      logarithms(logs, a, ao + i, count);
      exponentials(out, o + i, a, ao + i, b, bo + i, logs, count);
    }
    each(out, o + whole, a, ao + whole, b, bo + whole, n - whole);
  }

  private static void each(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    for (int i = 0; i < n; i++) {
      out[o + i] = Power.of(a[ao + i], b[bo + i]);
    }
  }

  /** The high parts of {@code log |a|}, then the low parts; nonsense where |a| is not normal. */
  private static void logarithms(double[] logs, double[] a, int ao, int n) {
    for (int i = 0; i < n; i += L) {
      LongVector bits = DoubleVector.fromArray(S, a, ao + i).abs().reinterpretAsLongs();
      LongVector exponent = bits.sub(Elementary.SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 52);
      DoubleVector k = VectorElementary.number(exponent);
      DoubleVector f =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, 52)).reinterpretAsDoubles().sub(ONE);
      DoubleVector divisor = f.add(TWO);
      DoubleVector s = f.div(divisor);
      DoubleVector minus = s.neg();
      DoubleVector sLow = minus.fma(f.sub(divisor.sub(TWO)), minus.fma(divisor, f)).div(divisor);
      DoubleVector z = s.mul(s);
      DoubleVector zLow = s.add(s).fma(sLow, s.fma(s, z.neg()));
      DoubleVector seventh = series(z);
      DoubleVector c = seventh.add(ATANH_5);
      DoubleVector cLow = ATANH_5.sub(c).add(seventh).add(FIFTH_LOW);
      DoubleVector p = z.mul(c);
      DoubleVector pLow = z.fma(cLow, zLow.fma(c, z.fma(c, p.neg())));
      DoubleVector d = p.add(ATANH_3);
      DoubleVector dLow = ATANH_3.sub(d).add(p).add(pLow.add(THIRD_LOW));
      DoubleVector u = z.mul(d);
      DoubleVector uLow = z.fma(dLow, zLow.fma(d, z.fma(d, u.neg())));
      DoubleVector t = s.add(s);
      DoubleVector tLow = sLow.add(sLow);
      DoubleVector v = t.mul(u);
      DoubleVector vLow = t.fma(uLow, tLow.fma(u, t.fma(u, v.neg())));
      DoubleVector whole = k.mul(LN2_HIGH);
      DoubleVector first = whole.add(t);
      DoubleVector second = first.add(v);
      DoubleVector lost = whole.sub(first).add(t).add(first.sub(second).add(v));
      DoubleVector low = lost.add(k.fma(LN2_LOW, tLow.add(vLow)));
      DoubleVector high = second.add(low);
      high.intoArray(logs, i);
      second.sub(high).add(low).intoArray(logs, BLOCK + i);
    }
  }

  private static DoubleVector series(DoubleVector z) {
    DoubleVector z2 = z.mul(z);
    DoubleVector a = z.fma(ATANH_9, ATANH_7);
    DoubleVector b = z.fma(ATANH_13, ATANH_11);
    DoubleVector c = z.fma(ATANH_17, ATANH_15);
    DoubleVector d = z.fma(ATANH_21, ATANH_19);
    DoubleVector e = z.fma(ATANH_25, ATANH_23);
    return z.mul(z2.fma(z2.fma(z2.fma(z2.fma(e, d), c), b), a));
  }

  private static void exponentials(
      double[] out, int o, double[] a, int ao, double[] b, int bo, double[] logs, int n) {
    for (int i = 0; i < n; i += L) {
      DoubleVector x = DoubleVector.fromArray(S, a, ao + i);
      DoubleVector y = DoubleVector.fromArray(S, b, bo + i);
      DoubleVector log = DoubleVector.fromArray(S, logs, i);
      DoubleVector product = y.mul(log);
      DoubleVector shifted = y.add(ROUND);
      DoubleVector size = x.abs();
      if (size.compare(VectorOperators.GE, Double.MIN_NORMAL)
          .and(size.compare(VectorOperators.LE, Double.MAX_VALUE))
          .and(product.abs().compare(VectorOperators.LE, Elementary.EXP_LIMIT))
          .and(
              x.compare(VectorOperators.GE, 0)
                  .or(
                      y.abs()
                          .compare(VectorOperators.LE, Power.WHOLE_LIMIT)
                          .and(shifted.sub(ROUND).eq(y))))
          .allTrue()) {
        DoubleVector logLow = DoubleVector.fromArray(S, logs, BLOCK + i);
        DoubleVector low = y.fma(logLow, y.fma(log, product.neg()));
        LongVector odd = shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 63);
        LongVector sign = x.reinterpretAsLongs().and(odd);
        exp(product, low)
            .reinterpretAsLongs()
            .lanewise(VectorOperators.XOR, sign)
            .reinterpretAsDoubles()
            .intoArray(out, o + i);
      } else {
        each(out, o + i, a, ao + i, b, bo + i, L);
      }
    }
  }

  private static DoubleVector exp(DoubleVector x, DoubleVector low) {
    DoubleVector shifted = x.fma(VectorElementary.LOG2E, ROUND);
    DoubleVector n = shifted.sub(ROUND);
    DoubleVector part = n.fma(VectorElementary.MINUS_LN2_HIGH, x);
    DoubleVector product = n.mul(LN2_LOW);
    DoubleVector r = part.sub(product);
    DoubleVector rest = part.sub(r).sub(product).add(low);
    DoubleVector square = r.mul(r);
    DoubleVector series = VectorElementary.expSeries(r, square);
    DoubleVector tail = square.fma(series, rest.mul(square.fma(series, r).add(ONE)));
    DoubleVector sum = r.add(ONE);
    return VectorElementary.powerOfTwo(shifted).mul(sum.add(r.sub(sum.sub(ONE)).add(tail)));
  }
}
