package odeum.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The innermost part of a matrix product: a tile of the result, rows by vectors, stays in registers
 * while k runs. Written out, as the registers have to be local variables.
 *
 * <p>The tile's first element is at {@code co}, rows are n apart. The left element (row, p) is at
 * {@code ao + row * down + p * right}. Row p of the right matrix is at {@code bo + p * stride}. The
 * vectors of a row begin at 0, {@code middle} and {@code last}, so they may overlap.
 */
final class VectorTiles {
  private static final VectorSpecies<Double> S = Species.DOUBLES;

  private VectorTiles() {}

  /** 24 sums, three vectors of b and one factor: what 32 registers hold. */
  static void eightByThree(
      double[] c,
      int co,
      int n,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int stride,
      int middle,
      int last,
      int k) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s22 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    DoubleVector s32 = DoubleVector.zero(S);
    DoubleVector s40 = DoubleVector.zero(S);
    DoubleVector s41 = DoubleVector.zero(S);
    DoubleVector s42 = DoubleVector.zero(S);
    DoubleVector s50 = DoubleVector.zero(S);
    DoubleVector s51 = DoubleVector.zero(S);
    DoubleVector s52 = DoubleVector.zero(S);
    DoubleVector s60 = DoubleVector.zero(S);
    DoubleVector s61 = DoubleVector.zero(S);
    DoubleVector s62 = DoubleVector.zero(S);
    DoubleVector s70 = DoubleVector.zero(S);
    DoubleVector s71 = DoubleVector.zero(S);
    DoubleVector s72 = DoubleVector.zero(S);
    for (int p = 0; p < k; p++) {
      int q = bo + p * stride;
      int d = ao + p * right;
      DoubleVector b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector b1 = DoubleVector.fromArray(S, b, q + middle);
      DoubleVector b2 = DoubleVector.fromArray(S, b, q + last);
      DoubleVector f = DoubleVector.broadcast(S, a[d]);
      s00 = f.fma(b0, s00);
      s01 = f.fma(b1, s01);
      s02 = f.fma(b2, s02);
      f = DoubleVector.broadcast(S, a[d + down]);
      s10 = f.fma(b0, s10);
      s11 = f.fma(b1, s11);
      s12 = f.fma(b2, s12);
      f = DoubleVector.broadcast(S, a[d + 2 * down]);
      s20 = f.fma(b0, s20);
      s21 = f.fma(b1, s21);
      s22 = f.fma(b2, s22);
      f = DoubleVector.broadcast(S, a[d + 3 * down]);
      s30 = f.fma(b0, s30);
      s31 = f.fma(b1, s31);
      s32 = f.fma(b2, s32);
      f = DoubleVector.broadcast(S, a[d + 4 * down]);
      s40 = f.fma(b0, s40);
      s41 = f.fma(b1, s41);
      s42 = f.fma(b2, s42);
      f = DoubleVector.broadcast(S, a[d + 5 * down]);
      s50 = f.fma(b0, s50);
      s51 = f.fma(b1, s51);
      s52 = f.fma(b2, s52);
      f = DoubleVector.broadcast(S, a[d + 6 * down]);
      s60 = f.fma(b0, s60);
      s61 = f.fma(b1, s61);
      s62 = f.fma(b2, s62);
      f = DoubleVector.broadcast(S, a[d + 7 * down]);
      s70 = f.fma(b0, s70);
      s71 = f.fma(b1, s71);
      s72 = f.fma(b2, s72);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + middle);
    s02.intoArray(c, co + last);
    s10.intoArray(c, co + n);
    s11.intoArray(c, co + n + middle);
    s12.intoArray(c, co + n + last);
    s20.intoArray(c, co + 2 * n);
    s21.intoArray(c, co + 2 * n + middle);
    s22.intoArray(c, co + 2 * n + last);
    s30.intoArray(c, co + 3 * n);
    s31.intoArray(c, co + 3 * n + middle);
    s32.intoArray(c, co + 3 * n + last);
    s40.intoArray(c, co + 4 * n);
    s41.intoArray(c, co + 4 * n + middle);
    s42.intoArray(c, co + 4 * n + last);
    s50.intoArray(c, co + 5 * n);
    s51.intoArray(c, co + 5 * n + middle);
    s52.intoArray(c, co + 5 * n + last);
    s60.intoArray(c, co + 6 * n);
    s61.intoArray(c, co + 6 * n + middle);
    s62.intoArray(c, co + 6 * n + last);
    s70.intoArray(c, co + 7 * n);
    s71.intoArray(c, co + 7 * n + middle);
    s72.intoArray(c, co + 7 * n + last);
  }

  /** For what is left of the columns. */
  static void eightByTwo(
      double[] c,
      int co,
      int n,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int stride,
      int last,
      int k) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    DoubleVector s40 = DoubleVector.zero(S);
    DoubleVector s41 = DoubleVector.zero(S);
    DoubleVector s50 = DoubleVector.zero(S);
    DoubleVector s51 = DoubleVector.zero(S);
    DoubleVector s60 = DoubleVector.zero(S);
    DoubleVector s61 = DoubleVector.zero(S);
    DoubleVector s70 = DoubleVector.zero(S);
    DoubleVector s71 = DoubleVector.zero(S);
    for (int p = 0; p < k; p++) {
      int q = bo + p * stride;
      int d = ao + p * right;
      DoubleVector b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector b1 = DoubleVector.fromArray(S, b, q + last);
      DoubleVector f = DoubleVector.broadcast(S, a[d]);
      s00 = f.fma(b0, s00);
      s01 = f.fma(b1, s01);
      f = DoubleVector.broadcast(S, a[d + down]);
      s10 = f.fma(b0, s10);
      s11 = f.fma(b1, s11);
      f = DoubleVector.broadcast(S, a[d + 2 * down]);
      s20 = f.fma(b0, s20);
      s21 = f.fma(b1, s21);
      f = DoubleVector.broadcast(S, a[d + 3 * down]);
      s30 = f.fma(b0, s30);
      s31 = f.fma(b1, s31);
      f = DoubleVector.broadcast(S, a[d + 4 * down]);
      s40 = f.fma(b0, s40);
      s41 = f.fma(b1, s41);
      f = DoubleVector.broadcast(S, a[d + 5 * down]);
      s50 = f.fma(b0, s50);
      s51 = f.fma(b1, s51);
      f = DoubleVector.broadcast(S, a[d + 6 * down]);
      s60 = f.fma(b0, s60);
      s61 = f.fma(b1, s61);
      f = DoubleVector.broadcast(S, a[d + 7 * down]);
      s70 = f.fma(b0, s70);
      s71 = f.fma(b1, s71);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + last);
    s10.intoArray(c, co + n);
    s11.intoArray(c, co + n + last);
    s20.intoArray(c, co + 2 * n);
    s21.intoArray(c, co + 2 * n + last);
    s30.intoArray(c, co + 3 * n);
    s31.intoArray(c, co + 3 * n + last);
    s40.intoArray(c, co + 4 * n);
    s41.intoArray(c, co + 4 * n + last);
    s50.intoArray(c, co + 5 * n);
    s51.intoArray(c, co + 5 * n + last);
    s60.intoArray(c, co + 6 * n);
    s61.intoArray(c, co + 6 * n + last);
    s70.intoArray(c, co + 7 * n);
    s71.intoArray(c, co + 7 * n + last);
  }

  /** For what is left of the rows, and for machines of 16 registers. */
  static void fourByThree(
      double[] c,
      int co,
      int n,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int stride,
      int middle,
      int last,
      int k) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s22 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    DoubleVector s32 = DoubleVector.zero(S);
    for (int p = 0; p < k; p++) {
      int q = bo + p * stride;
      int d = ao + p * right;
      DoubleVector b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector b1 = DoubleVector.fromArray(S, b, q + middle);
      DoubleVector b2 = DoubleVector.fromArray(S, b, q + last);
      DoubleVector f = DoubleVector.broadcast(S, a[d]);
      s00 = f.fma(b0, s00);
      s01 = f.fma(b1, s01);
      s02 = f.fma(b2, s02);
      f = DoubleVector.broadcast(S, a[d + down]);
      s10 = f.fma(b0, s10);
      s11 = f.fma(b1, s11);
      s12 = f.fma(b2, s12);
      f = DoubleVector.broadcast(S, a[d + 2 * down]);
      s20 = f.fma(b0, s20);
      s21 = f.fma(b1, s21);
      s22 = f.fma(b2, s22);
      f = DoubleVector.broadcast(S, a[d + 3 * down]);
      s30 = f.fma(b0, s30);
      s31 = f.fma(b1, s31);
      s32 = f.fma(b2, s32);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + middle);
    s02.intoArray(c, co + last);
    s10.intoArray(c, co + n);
    s11.intoArray(c, co + n + middle);
    s12.intoArray(c, co + n + last);
    s20.intoArray(c, co + 2 * n);
    s21.intoArray(c, co + 2 * n + middle);
    s22.intoArray(c, co + 2 * n + last);
    s30.intoArray(c, co + 3 * n);
    s31.intoArray(c, co + 3 * n + middle);
    s32.intoArray(c, co + 3 * n + last);
  }

  /** The same for two vectors of columns. */
  static void fourByTwo(
      double[] c,
      int co,
      int n,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int stride,
      int last,
      int k) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s20 = DoubleVector.zero(S);
    DoubleVector s21 = DoubleVector.zero(S);
    DoubleVector s30 = DoubleVector.zero(S);
    DoubleVector s31 = DoubleVector.zero(S);
    for (int p = 0; p < k; p++) {
      int q = bo + p * stride;
      int d = ao + p * right;
      DoubleVector b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector b1 = DoubleVector.fromArray(S, b, q + last);
      DoubleVector f = DoubleVector.broadcast(S, a[d]);
      s00 = f.fma(b0, s00);
      s01 = f.fma(b1, s01);
      f = DoubleVector.broadcast(S, a[d + down]);
      s10 = f.fma(b0, s10);
      s11 = f.fma(b1, s11);
      f = DoubleVector.broadcast(S, a[d + 2 * down]);
      s20 = f.fma(b0, s20);
      s21 = f.fma(b1, s21);
      f = DoubleVector.broadcast(S, a[d + 3 * down]);
      s30 = f.fma(b0, s30);
      s31 = f.fma(b1, s31);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + last);
    s10.intoArray(c, co + n);
    s11.intoArray(c, co + n + last);
    s20.intoArray(c, co + 2 * n);
    s21.intoArray(c, co + 2 * n + last);
    s30.intoArray(c, co + 3 * n);
    s31.intoArray(c, co + 3 * n + last);
  }

  /** For what is left of the rows. */
  static void twoByThree(
      double[] c,
      int co,
      int n,
      double[] a,
      int ao,
      int down,
      int right,
      double[] b,
      int bo,
      int stride,
      int middle,
      int last,
      int k) {
    DoubleVector s00 = DoubleVector.zero(S);
    DoubleVector s01 = DoubleVector.zero(S);
    DoubleVector s02 = DoubleVector.zero(S);
    DoubleVector s10 = DoubleVector.zero(S);
    DoubleVector s11 = DoubleVector.zero(S);
    DoubleVector s12 = DoubleVector.zero(S);
    for (int p = 0; p < k; p++) {
      int q = bo + p * stride;
      int d = ao + p * right;
      DoubleVector b0 = DoubleVector.fromArray(S, b, q);
      DoubleVector b1 = DoubleVector.fromArray(S, b, q + middle);
      DoubleVector b2 = DoubleVector.fromArray(S, b, q + last);
      DoubleVector f = DoubleVector.broadcast(S, a[d]);
      s00 = f.fma(b0, s00);
      s01 = f.fma(b1, s01);
      s02 = f.fma(b2, s02);
      f = DoubleVector.broadcast(S, a[d + down]);
      s10 = f.fma(b0, s10);
      s11 = f.fma(b1, s11);
      s12 = f.fma(b2, s12);
    }
    s00.intoArray(c, co);
    s01.intoArray(c, co + middle);
    s02.intoArray(c, co + last);
    s10.intoArray(c, co + n);
    s11.intoArray(c, co + n + middle);
    s12.intoArray(c, co + n + last);
  }
}
