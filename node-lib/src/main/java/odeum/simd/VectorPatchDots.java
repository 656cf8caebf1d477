package odeum.simd;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The way back through a convolution to its weights: inner products of cotangents and patches in
 * eight lanes, a tile of them at once. On vectors of four doubles the lanes 0 to 3 are summed
 * first, then 4 to 7.
 */
final class VectorPatchDots {
  private static final VectorSpecies<Double> S = Species.DOUBLES;
  private static final int L = S.length();

  /** So many numbers of both sides stay in the nearest cache while tiles run over them. */
  private static final int NEAR = 3072;

  private static final int ROWS = 4;
  private static final int COLUMNS = 3;

  private VectorPatchDots() {}

  static void weights(
      double[] out,
      int o,
      double[] v,
      int vo,
      double[] x,
      int xo,
      Patches patches,
      int outputs,
      int samples) {
    int channels = patches.channels;
    int count = outputs * channels;
    double[] lanes = Scratch.of(9 * count);
    int most = Math.max(1, NEAR / ((ROWS + COLUMNS) * samples));
    int[] a = new int[most * samples / 8];
    int[] b = new int[most * samples / 8];
    for (int weight = 0; weight < patches.kernel; weight++) {
      Arrays.fill(lanes, 0, 8 * count, 0);
      for (int place = 0; place < patches.places; ) {
        int steps = 0;
        for (; place < patches.places && steps + samples / 8 <= a.length; place++) {
          int input = patches.input(weight, place);
          for (int i = 0; input >= 0 && i < samples; i += 8) {
            a[steps] = vo + place * samples + i;
            b[steps++] = xo + input * samples + i;
          }
        }
        tiles(
            lanes,
            v,
            a,
            patches.places * samples,
            outputs,
            x,
            b,
            patches.grid * samples,
            channels,
            steps);
      }
      Lanes.fold(lanes, 8 * count, lanes, 0, count);
      for (int i = 0; i < count; i++) {
        out[o + i * patches.kernel + weight] = lanes[8 * count + i];
      }
    }
  }

  private static void tiles(
      double[] lanes,
      double[] v,
      int[] a,
      int down,
      int rows,
      double[] x,
      int[] b,
      int right,
      int columns,
      int steps) {
    for (int j = 0; j < columns; j += COLUMNS) {
      // At the edge a tile has the last row or column several times, and stores it as often.
      int second = Math.min(1, columns - 1 - j);
      int third = Math.min(2, columns - 1 - j);
      for (int i = 0; i < rows; i += ROWS) {
        for (int first = 0; first < 8; first += L) {
          tile(
              lanes,
              first,
              columns,
              i,
              Math.min(i + 1, rows - 1),
              Math.min(i + 2, rows - 1),
              Math.min(i + 3, rows - 1),
              j,
              second,
              third,
              v,
              a,
              down,
              x,
              b,
              right,
              steps);
        }
      }
    }
  }

  private static DoubleVector at(double[] a, int i) {
    return DoubleVector.fromArray(S, a, i);
  }

  /** Four rows of v with three of x. */
  private static void tile(
      double[] lanes,
      int first,
      int columns,
      int r0,
      int r1,
      int r2,
      int r3,
      int column,
      int second,
      int third,
      double[] v,
      int[] a,
      int down,
      double[] x,
      int[] b,
      int right,
      int steps) {
    int l0 = 8 * (r0 * columns + column) + first;
    int l1 = 8 * (r1 * columns + column) + first;
    int l2 = 8 * (r2 * columns + column) + first;
    int l3 = 8 * (r3 * columns + column) + first;
    int c1 = 8 * second;
    int c2 = 8 * third;
    DoubleVector s00 = at(lanes, l0);
    DoubleVector s01 = at(lanes, l0 + c1);
    DoubleVector s02 = at(lanes, l0 + c2);
    DoubleVector s10 = at(lanes, l1);
    DoubleVector s11 = at(lanes, l1 + c1);
    DoubleVector s12 = at(lanes, l1 + c2);
    DoubleVector s20 = at(lanes, l2);
    DoubleVector s21 = at(lanes, l2 + c1);
    DoubleVector s22 = at(lanes, l2 + c2);
    DoubleVector s30 = at(lanes, l3);
    DoubleVector s31 = at(lanes, l3 + c1);
    DoubleVector s32 = at(lanes, l3 + c2);
    int v0 = first + r0 * down;
    int v1 = first + r1 * down;
    int v2 = first + r2 * down;
    int v3 = first + r3 * down;
    int x0 = first + column * right;
    int x1 = x0 + second * right;
    int x2 = x0 + third * right;
    for (int i = 0; i < steps; i++) {
      int p = a[i];
      int q = b[i];
      DoubleVector f0 = at(x, q + x0);
      DoubleVector f1 = at(x, q + x1);
      DoubleVector f2 = at(x, q + x2);
      DoubleVector g = at(v, p + v0);
      s00 = g.fma(f0, s00);
      s01 = g.fma(f1, s01);
      s02 = g.fma(f2, s02);
      g = at(v, p + v1);
      s10 = g.fma(f0, s10);
      s11 = g.fma(f1, s11);
      s12 = g.fma(f2, s12);
      g = at(v, p + v2);
      s20 = g.fma(f0, s20);
      s21 = g.fma(f1, s21);
      s22 = g.fma(f2, s22);
      g = at(v, p + v3);
      s30 = g.fma(f0, s30);
      s31 = g.fma(f1, s31);
      s32 = g.fma(f2, s32);
    }
    s00.intoArray(lanes, l0);
    s01.intoArray(lanes, l0 + c1);
    s02.intoArray(lanes, l0 + c2);
    s10.intoArray(lanes, l1);
    s11.intoArray(lanes, l1 + c1);
    s12.intoArray(lanes, l1 + c2);
    s20.intoArray(lanes, l2);
    s21.intoArray(lanes, l2 + c1);
    s22.intoArray(lanes, l2 + c2);
    s30.intoArray(lanes, l3);
    s31.intoArray(lanes, l3 + c1);
    s32.intoArray(lanes, l3 + c2);
  }
}
