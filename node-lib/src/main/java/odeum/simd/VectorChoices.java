package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link Choices} with the Vector API, in the way of {@link VectorLoops}. */
final class VectorChoices {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  private VectorChoices() {}

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  private static DoubleVector splat(double s) {
    return DoubleVector.broadcast(S, s);
  }

  private static DoubleVector keepBelow(DoubleVector a, double bound, DoubleVector v, double s) {
    return splat(s).blend(v, a.compare(VectorOperators.LT, bound));
  }

  private static DoubleVector dropBelow(DoubleVector a, double bound, DoubleVector v, double s) {
    return v.blend(s, a.compare(VectorOperators.LT, bound));
  }

  private static DoubleVector keepAbove(DoubleVector a, double bound, DoubleVector v, double s) {
    return splat(s).blend(v, a.compare(VectorOperators.GT, bound));
  }

  private static DoubleVector dropAbove(DoubleVector a, double bound, DoubleVector v, double s) {
    return v.blend(s, a.compare(VectorOperators.GT, bound));
  }

  static void keepBelow(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    int end = n - L;
    DoubleVector last = keepBelow(at(a, ao + end), bound, at(v, vo + end), s);
    for (int i = 0; i < end; i += L) {
      keepBelow(at(a, ao + i), bound, at(v, vo + i), s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void dropBelow(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    int end = n - L;
    DoubleVector last = dropBelow(at(a, ao + end), bound, at(v, vo + end), s);
    for (int i = 0; i < end; i += L) {
      dropBelow(at(a, ao + i), bound, at(v, vo + i), s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void keepAbove(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    int end = n - L;
    DoubleVector last = keepAbove(at(a, ao + end), bound, at(v, vo + end), s);
    for (int i = 0; i < end; i += L) {
      keepAbove(at(a, ao + i), bound, at(v, vo + i), s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }

  static void dropAbove(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    int end = n - L;
    DoubleVector last = dropAbove(at(a, ao + end), bound, at(v, vo + end), s);
    for (int i = 0; i < end; i += L) {
      dropAbove(at(a, ao + i), bound, at(v, vo + i), s).intoArray(out, o + i);
    }
    last.intoArray(out, o + end);
  }
}
