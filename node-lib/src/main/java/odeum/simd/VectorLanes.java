package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The reductions of {@link Lanes} with vectors of eight doubles, or pairs of vectors of four.
 * Narrower machines keep the scalar ones, which have eight sums under way as well.
 */
final class VectorLanes {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  /** Whether vectors are long enough for what is here. */
  static final boolean USABLE = L >= 4;

  private static final boolean PAIR = L == 4;
  private static final VectorShuffle<Double> BY_FOUR = VectorShuffle.iota(S, 4 % L, 1, true);
  private static final VectorShuffle<Double> BY_TWO = VectorShuffle.iota(S, 2 % L, 1, true);

  /** As a factor beside +0 it changes no sum, not even -0. */
  private static final DoubleVector MINUS_ZERO = DoubleVector.broadcast(S, -0.0);

  private VectorLanes() {}

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  /** The lanes 0 to 3 and 4 to 7 where two vectors are needed, else high is unused. */
  private static double fold(DoubleVector low, DoubleVector high) {
    DoubleVector four = low.add(PAIR ? high : low.rearrange(BY_FOUR));
    DoubleVector two = four.add(four.rearrange(BY_TWO));
    return two.lane(0) + two.lane(1);
  }

  static double sum(double[] a, int ao, int n) {
    DoubleVector low = DoubleVector.zero(S);
    DoubleVector high = DoubleVector.zero(S);
    int end = ao + (n & -8);
    for (int p = ao; p < end; p += 8) {
      low = low.add(at(a, p));
      if (PAIR) {
        high = high.add(at(a, p + L));
      }
    }
    int rest = n & 7;
    if (rest > 0) {
      VectorMask<Double> mask = S.indexInRange(0, rest);
      low = low.lanewise(VectorOperators.ADD, DoubleVector.fromArray(S, a, end, mask), mask);
    }
    if (PAIR && rest > L) {
      VectorMask<Double> mask = S.indexInRange(L, rest);
      DoubleVector x = DoubleVector.fromArray(S, a, end + L, mask);
      high = high.lanewise(VectorOperators.ADD, x, mask);
    }
    return fold(low, high);
  }

  static double dot(double[] a, int ao, double[] b, int bo, int n) {
    DoubleVector low = DoubleVector.zero(S);
    DoubleVector high = DoubleVector.zero(S);
    int whole = n & -8;
    for (int p = 0; p < whole; p += 8) {
      low = at(a, ao + p).fma(at(b, bo + p), low);
      if (PAIR) {
        high = at(a, ao + p + L).fma(at(b, bo + p + L), high);
      }
    }
    int rest = n & 7;
    if (rest > 0) {
      VectorMask<Double> mask = S.indexInRange(0, rest);
      DoubleVector x = MINUS_ZERO.blend(DoubleVector.fromArray(S, a, ao + whole, mask), mask);
      low = x.fma(DoubleVector.fromArray(S, b, bo + whole, mask), low);
    }
    if (PAIR && rest > L) {
      VectorMask<Double> mask = S.indexInRange(L, rest);
      DoubleVector x = MINUS_ZERO.blend(DoubleVector.fromArray(S, a, ao + whole + L, mask), mask);
      high = x.fma(DoubleVector.fromArray(S, b, bo + whole + L, mask), high);
    }
    return fold(low, high);
  }

  static void sumRows(double[] out, int o, double[] a, int ao, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      out[o + i] = sum(a, ao + i * width, width);
    }
  }

  static void fold(double[] out, int o, double[] lanes, int lo, int count) {
    for (int i = 0; i < count; i++) {
      int p = lo + 8 * i;
      out[o + i] = fold(at(lanes, p), at(lanes, p + 8 - L));
    }
  }

  static void accumulateRows(double[] lanes, int lo, double[] a, int ao, int rows, int width) {
    if (VectorNarrow.fits(width)) {
      VectorNarrow.accumulateRows(lanes, lo, a, ao, rows, width);
      return;
    }
    for (int first = 0; first < 8; first += L) {
      for (int i = 0; i < rows; i++) {
        accumulateRow(lanes, lo + 8 * i + first, a, ao + i * width, first, width);
      }
    }
  }

  /** Into one vector of lanes: of each eight elements those from {@code first} on. */
  private static void accumulateRow(
      double[] lanes, int lo, double[] a, int ao, int first, int width) {
    DoubleVector sum = at(lanes, lo);
    int p = first;
    for (; p + L <= width; p += 8) {
      sum = sum.add(at(a, ao + p));
    }
    if (p < width) {
      VectorMask<Double> mask = S.indexInRange(p, width);
      sum = sum.lanewise(VectorOperators.ADD, DoubleVector.fromArray(S, a, ao + p, mask), mask);
    }
    sum.intoArray(lanes, lo);
  }
}
