package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link StageLoops} with the Vector API. Each gives the first element it left over.
 * Several vectors at a time share the loads of the weights.
 */
final class VectorStageLoops {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  private VectorStageLoops() {}

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  private static DoubleVector splat(double s) {
    return DoubleVector.broadcast(S, s);
  }

  /** One row, from {@code row} on. */
  static int step(
      double[] out,
      double[] y,
      double[] h,
      double[] w,
      double[] k,
      int stride,
      int count,
      int row,
      int width) {
    int i = 0;
    for (; i + 4 * L <= width; i += 4 * L) {
      int p = row + i;
      DoubleVector first = splat(w[0]);
      DoubleVector a = first.mul(at(k, p));
      DoubleVector b = first.mul(at(k, p + L));
      DoubleVector c = first.mul(at(k, p + 2 * L));
      DoubleVector d = first.mul(at(k, p + 3 * L));
      for (int j = 1; j < count; j++) {
        int q = p + j * stride;
        DoubleVector weight = splat(w[j]);
        a = weight.fma(at(k, q), a);
        b = weight.fma(at(k, q + L), b);
        c = weight.fma(at(k, q + 2 * L), c);
        d = weight.fma(at(k, q + 3 * L), d);
      }
      at(h, i).fma(a, at(y, p)).intoArray(out, p);
      at(h, i + L).fma(b, at(y, p + L)).intoArray(out, p + L);
      at(h, i + 2 * L).fma(c, at(y, p + 2 * L)).intoArray(out, p + 2 * L);
      at(h, i + 3 * L).fma(d, at(y, p + 3 * L)).intoArray(out, p + 3 * L);
    }
    for (; i + L <= width; i += L) {
      at(h, i).fma(sum(w, k, row + i, stride, count), at(y, row + i)).intoArray(out, row + i);
    }
    return i;
  }

  private static DoubleVector sum(double[] w, double[] k, int at, int stride, int count) {
    DoubleVector sum = splat(w[0]).mul(at(k, at));
    for (int j = 1; j < count; j++) {
      sum = splat(w[j]).fma(at(k, at + j * stride), sum);
    }
    return sum;
  }

  static int scaledSquares(
      double[] out,
      double[] w,
      double[] k,
      int stride,
      int count,
      double[] y,
      double[] y1,
      double atol,
      double rtol,
      int rows,
      int width) {
    int i = 0;
    for (; i + 2 * L <= width; i += 2 * L) {
      DoubleVector low = splat(0);
      DoubleVector high = splat(0);
      for (int row = 0; row < rows; row++) {
        int p = row * width + i;
        DoubleVector first = splat(w[0]);
        DoubleVector a = first.mul(at(k, p));
        DoubleVector b = first.mul(at(k, p + L));
        for (int j = 1; j < count; j++) {
          DoubleVector weight = splat(w[j]);
          a = weight.fma(at(k, p + j * stride), a);
          b = weight.fma(at(k, p + j * stride + L), b);
        }
        a = a.div(scale(y, y1, p, atol, rtol));
        b = b.div(scale(y, y1, p + L, atol, rtol));
        low = low.add(a.mul(a));
        high = high.add(b.mul(b));
      }
      low.intoArray(out, i);
      high.intoArray(out, i + L);
    }
    for (; i + L <= width; i += L) {
      DoubleVector squares = splat(0);
      for (int row = 0; row < rows; row++) {
        int p = row * width + i;
        DoubleVector a = sum(w, k, p, stride, count).div(scale(y, y1, p, atol, rtol));
        squares = squares.add(a.mul(a));
      }
      squares.intoArray(out, i);
    }
    return i;
  }

  private static DoubleVector scale(double[] y, double[] y1, int p, double atol, double rtol) {
    DoubleVector size = at(y, p).abs().lanewise(VectorOperators.MAX, at(y1, p).abs());
    return splat(rtol).mul(size).add(splat(atol));
  }

  static int steeper(
      double[] out,
      double[] h,
      double[] k,
      int ko,
      int k2o,
      double limit,
      double[] y,
      double[] y2,
      int rows,
      int width) {
    int i = 0;
    for (; i + L <= width; i += L) {
      DoubleVector slopes = splat(0);
      DoubleVector states = splat(0);
      for (int row = 0; row < rows; row++) {
        int p = row * width + i;
        DoubleVector slope = at(k, ko + p).sub(at(k, k2o + p));
        DoubleVector state = at(y, p).sub(at(y2, p));
        slopes = slopes.add(slope.mul(slope));
        states = states.add(state.mul(state));
      }
      DoubleVector size = at(h, i);
      DoubleVector right = splat(limit).mul(states);
      VectorMask<Double> mask = size.mul(size).mul(slopes).compare(VectorOperators.GT, right);
      splat(0).blend(1, mask).intoArray(out, i);
    }
    return i;
  }

  static int zeroIfFinite(double[] out, double[] a, double[] b, int bo, int rows, int width) {
    int i = 0;
    for (; i + L <= width; i += L) {
      DoubleVector sum = splat(0);
      for (int row = 0; row < rows; row++) {
        int p = row * width + i;
        sum = sum.add(splat(0).mul(at(a, p)).add(splat(0).mul(at(b, bo + p))));
      }
      sum.intoArray(out, i);
    }
    return i;
  }
}
