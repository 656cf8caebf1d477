package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link Loops} with the Vector API, for at least one vector of elements. The last
 * vector ends with the last element and overlaps the one before: it is computed first, so that
 * {@code out} may be an operand, and stored last. That needs neither masks nor single elements.
 */
final class VectorLoops {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  private VectorLoops() {}

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  private static DoubleVector splat(double s) {
    return DoubleVector.broadcast(S, s);
  }

  /** Zeros and NaN stay what they are. */
  private static DoubleVector sign(DoubleVector a) {
    DoubleVector one =
        a.reinterpretAsLongs().and(Long.MIN_VALUE).or(Elementary.ONE_BITS).reinterpretAsDoubles();
    return a.blend(one, a.abs().compare(VectorOperators.GT, 0));
  }

  private static DoubleVector less(DoubleVector a, DoubleVector b) {
    return splat(0).blend(1, a.compare(VectorOperators.LT, b));
  }

  private static DoubleVector where(DoubleVector c, DoubleVector yes, DoubleVector no) {
    return no.blend(yes, c.compare(VectorOperators.NE, 0));
  }

  private static DoubleVector tanhBackward(DoubleVector v, DoubleVector y) {
    return v.sub(v.mul(y).mul(y));
  }

  private static DoubleVector sigmoidBackward(DoubleVector v, DoubleVector y) {
    return v.mul(y.sub(y.mul(y)));
  }

  static void negate(double[] out, int o, double[] a, int ao, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).neg();
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).neg().intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void abs(double[] out, int o, double[] a, int ao, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).abs();
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).abs().intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void sign(double[] out, int o, double[] a, int ao, int n) {
    int end = n - L;
    DoubleVector last = sign(at(a, ao + end));
    for (int i = 0; i < end; i += L) {
      sign(at(a, ao + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void sqrt(double[] out, int o, double[] a, int ao, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).sqrt();
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).sqrt().intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void add(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).add(at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).add(at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void subtract(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).sub(at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).sub(at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void multiply(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).mul(at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).mul(at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void divide(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).div(at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).div(at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void minimum(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).min(at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).min(at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void maximum(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).max(at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).max(at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void less(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    int end = n - L;
    DoubleVector last = less(at(a, ao + end), at(b, bo + end));
    for (int i = 0; i < end; i += L) {
      less(at(a, ao + i), at(b, bo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void addNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).add(s);
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).add(s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void multiplyNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).mul(s);
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).mul(s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void divideNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).div(s);
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).div(s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void minimumNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).min(s);
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).min(s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void maximumNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = at(a, ao + end).max(s);
    for (int i = 0; i < end; i += L) {
      at(a, ao + i).max(s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void numberMinus(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = splat(s).sub(at(a, ao + end));
    for (int i = 0; i < end; i += L) {
      splat(s).sub(at(a, ao + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void numberOver(double[] out, int o, double[] a, int ao, double s, int n) {
    int end = n - L;
    DoubleVector last = splat(s).div(at(a, ao + end));
    for (int i = 0; i < end; i += L) {
      splat(s).div(at(a, ao + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void where(
      double[] out, int o, double[] c, int co, double[] yes, int yo, double[] no, int noo, int n) {
    int end = n - L;
    DoubleVector last = where(at(c, co + end), at(yes, yo + end), at(no, noo + end));
    for (int i = 0; i < end; i += L) {
      where(at(c, co + i), at(yes, yo + i), at(no, noo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void tanhBackward(double[] out, int o, double[] v, int vo, double[] y, int yo, int n) {
    int end = n - L;
    DoubleVector last = tanhBackward(at(v, vo + end), at(y, yo + end));
    for (int i = 0; i < end; i += L) {
      tanhBackward(at(v, vo + i), at(y, yo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void sigmoidBackward(double[] out, int o, double[] v, int vo, double[] y, int yo, int n) {
    int end = n - L;
    DoubleVector last = sigmoidBackward(at(v, vo + end), at(y, yo + end));
    for (int i = 0; i < end; i += L) {
      sigmoidBackward(at(v, vo + i), at(y, yo + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void fmaInto(double[] out, int o, double s, double[] a, int ao, int n) {
    int end = n - L;
    DoubleVector last = splat(s).fma(at(a, ao + end), at(out, o + end));
    for (int i = 0; i < end; i += L) {
      splat(s).fma(at(a, ao + i), at(out, o + i)).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }
}
