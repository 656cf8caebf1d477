package odeum.simd;

import java.util.function.DoubleUnaryOperator;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** Sine and cosine of {@link Elementary} with the Vector API: both kernels, one of them taken. */
final class VectorCircular {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  private static final DoubleVector COS_1 = DoubleVector.broadcast(S, Elementary.COS_1);
  private static final DoubleVector COS_2 = DoubleVector.broadcast(S, Elementary.COS_2);
  private static final DoubleVector COS_3 = DoubleVector.broadcast(S, Elementary.COS_3);
  private static final DoubleVector COS_4 = DoubleVector.broadcast(S, Elementary.COS_4);
  private static final DoubleVector COS_5 = DoubleVector.broadcast(S, Elementary.COS_5);
  private static final DoubleVector COS_6 = DoubleVector.broadcast(S, Elementary.COS_6);
  private static final DoubleVector HALF_PI_1 = DoubleVector.broadcast(S, Elementary.HALF_PI_1);
  private static final DoubleVector HALF_PI_2 = DoubleVector.broadcast(S, Elementary.HALF_PI_2);
  private static final DoubleVector HALF_PI_3 = DoubleVector.broadcast(S, Elementary.HALF_PI_3);
  private static final DoubleVector ROUND = DoubleVector.broadcast(S, Elementary.ROUND);
  private static final DoubleVector SIN_1 = DoubleVector.broadcast(S, Elementary.SIN_1);
  private static final DoubleVector SIN_2 = DoubleVector.broadcast(S, Elementary.SIN_2);
  private static final DoubleVector SIN_3 = DoubleVector.broadcast(S, Elementary.SIN_3);
  private static final DoubleVector SIN_4 = DoubleVector.broadcast(S, Elementary.SIN_4);
  private static final DoubleVector SIN_5 = DoubleVector.broadcast(S, Elementary.SIN_5);
  private static final DoubleVector SIN_6 = DoubleVector.broadcast(S, Elementary.SIN_6);
  private static final DoubleVector TWO_OVER_PI = DoubleVector.broadcast(S, Elementary.TWO_OVER_PI);
  private static final DoubleVector ONE = DoubleVector.broadcast(S, 1);
  private static final DoubleVector HALF = DoubleVector.broadcast(S, 0.5);

  private VectorCircular() {}

  static void sin(double[] out, int o, double[] a, int ao, int n) {
    circular(out, o, a, ao, n, 0, Elementary::sin);
  }

  static void cos(double[] out, int o, double[] a, int ao, int n) {
    circular(out, o, a, ao, n, 1, Elementary::cos);
  }

  private static void circular(
      double[] out, int o, double[] a, int ao, int n, int turn, DoubleUnaryOperator scalar) {
    int whole = VectorElementary.whole(out, o, a, ao, n);
    for (int i = 0; i < whole; i += L) {
      int p = Math.min(i, n - L);
      DoubleVector x = DoubleVector.fromArray(S, a, ao + p);
      if (x.abs().compare(VectorOperators.LE, Elementary.TRIG_LIMIT).allTrue()) {
        circular(x, turn).intoArray(out, o + p);
      } else {
        VectorElementary.each(out, o + p, a, ao + p, L, scalar);
      }
    }
    VectorElementary.each(out, o + whole, a, ao + whole, n - whole, scalar);
  }

  private static DoubleVector circular(DoubleVector x, int turn) {
    DoubleVector shifted = x.fma(TWO_OVER_PI, ROUND);
    DoubleVector n = shifted.sub(ROUND);
    DoubleVector high = n.neg().fma(HALF_PI_1, x);
    DoubleVector product = n.mul(HALF_PI_2);
    DoubleVector r = high.sub(product);
    DoubleVector lost = n.fma(HALF_PI_3, n.fma(HALF_PI_2, product.neg()));
    DoubleVector tail = high.sub(r).sub(product).sub(lost);
    LongVector quadrant = shifted.reinterpretAsLongs().add(turn);
    DoubleVector z = r.mul(r);
    DoubleVector value =
        sinKernel(r, z, tail)
            .blend(
                cosKernel(r, z, tail),
                quadrant.lanewise(VectorOperators.LSHL, 63).compare(VectorOperators.NE, 0).cast(S));
    return value
        .reinterpretAsLongs()
        .lanewise(VectorOperators.XOR, quadrant.and(2).lanewise(VectorOperators.LSHL, 62))
        .reinterpretAsDoubles();
  }

  private static DoubleVector sinKernel(DoubleVector x, DoubleVector z, DoubleVector tail) {
    DoubleVector v = z.mul(x);
    DoubleVector p = z.fma(SIN_6, SIN_5);
    p = z.fma(p, SIN_4);
    p = z.fma(p, SIN_3);
    p = z.fma(p, SIN_2);
    DoubleVector low = z.mul(tail.mul(HALF).sub(v.mul(p))).sub(tail);
    return x.sub(low.sub(v.mul(SIN_1)));
  }

  private static DoubleVector cosKernel(DoubleVector x, DoubleVector z, DoubleVector tail) {
    DoubleVector p = z.fma(COS_6, COS_5);
    p = z.fma(p, COS_4);
    p = z.fma(p, COS_3);
    p = z.fma(p, COS_2);
    p = z.fma(p, COS_1);
    DoubleVector half = z.mul(HALF);
    DoubleVector w = ONE.sub(half);
    DoubleVector low = z.mul(z.mul(p)).sub(x.mul(tail));
    return w.add(ONE.sub(w).sub(half).add(low));
  }
}
