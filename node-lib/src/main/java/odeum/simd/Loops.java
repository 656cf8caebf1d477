package odeum.simd;

import java.util.Arrays;

/**
 * Element-wise loops over {@code n} doubles from an offset on. {@code out} may be an operand itself
 * (same array, same offset) but not overlap one partly. Each loop stands here as plain Java and
 * once more with the Vector API; the bits are equal.
 */
public final class Loops {
  private Loops() {}

  /** {@code out = -a}. */
  public static void negate(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.negate(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = -a[ao + i];
    }
  }

  /** {@code out = |a|}. */
  public static void abs(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.abs(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.abs(a[ao + i]);
    }
  }

  /** {@code out = -1, 0 or 1 by the sign of a}. */
  public static void sign(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.sign(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.signum(a[ao + i]);
    }
  }

  /** {@code out = the square root of a}. */
  public static void sqrt(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.sqrt(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.sqrt(a[ao + i]);
    }
  }

  /** {@code out = e^a}. */
  public static void exp(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorElementary.exp(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.exp(a[ao + i]);
    }
  }

  /** {@code out = the natural logarithm of a}. */
  public static void log(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorElementary.log(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.log(a[ao + i]);
    }
  }

  /** {@code out = sin a}. */
  public static void sin(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorCircular.sin(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.sin(a[ao + i]);
    }
  }

  /** {@code out = cos a}. */
  public static void cos(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorCircular.cos(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.cos(a[ao + i]);
    }
  }

  /** {@code out = tanh a}. */
  public static void tanh(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorElementary.tanh(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.tanh(a[ao + i]);
    }
  }

  /** {@code out = 1 / (1 + e^-a)}. */
  public static void sigmoid(double[] out, int o, double[] a, int ao, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorElementary.sigmoid(out, o, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.sigmoid(a[ao + i]);
    }
  }

  /** {@code out = a + b}. */
  public static void add(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.add(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] + b[bo + i];
    }
  }

  /** {@code out = a - b}. */
  public static void subtract(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.subtract(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] - b[bo + i];
    }
  }

  /** {@code out = a b}. */
  public static void multiply(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.multiply(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] * b[bo + i];
    }
  }

  /** {@code out = a / b}. */
  public static void divide(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.divide(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] / b[bo + i];
    }
  }

  /** {@code out = a^b}. */
  public static void power(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.functions && n >= Machine.LEAST) {
      VectorPower.power(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Elementary.pow(a[ao + i], b[bo + i]);
    }
  }

  /** {@code out = min(a, b)}. */
  public static void minimum(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.minimum(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.min(a[ao + i], b[bo + i]);
    }
  }

  /** {@code out = max(a, b)}. */
  public static void maximum(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.maximum(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.max(a[ao + i], b[bo + i]);
    }
  }

  /** {@code out = 1 where a < b, else 0}. */
  public static void less(double[] out, int o, double[] a, int ao, double[] b, int bo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.less(out, o, a, ao, b, bo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] < b[bo + i] ? 1 : 0;
    }
  }

  /** {@code out = a + s}. */
  public static void addNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.addNumber(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] + s;
    }
  }

  /** {@code out = a s}. */
  public static void multiplyNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.multiplyNumber(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] * s;
    }
  }

  /** {@code out = a / s}. */
  public static void divideNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.divideNumber(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] / s;
    }
  }

  /** {@code out = s - a}. */
  public static void numberMinus(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.numberMinus(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = s - a[ao + i];
    }
  }

  /** {@code out = s / a}. */
  public static void numberOver(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.numberOver(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = s / a[ao + i];
    }
  }

  /** {@code out = a - s}, which is {@code a + (-s)} to the bit. */
  public static void subtractNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    addNumber(out, o, a, ao, -s, n);
  }

  /** {@code out = min(a, s)}. */
  public static void minimumNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.minimumNumber(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.min(a[ao + i], s);
    }
  }

  /** {@code out = max(a, s)}. */
  public static void maximumNumber(double[] out, int o, double[] a, int ao, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.maximumNumber(out, o, a, ao, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.max(a[ao + i], s);
    }
  }

  /** {@code out = yes where c is not 0, else no}. */
  public static void where(
      double[] out, int o, double[] c, int co, double[] yes, int yo, double[] no, int noo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.where(out, o, c, co, yes, yo, no, noo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = c[co + i] != 0 ? yes[yo + i] : no[noo + i];
    }
  }

  /** {@code out = value}. */
  public static void fill(double[] out, int o, double value, int n) {
    Arrays.fill(out, o, o + n, value);
  }

  /** {@code out = v - (v y) y: the cotangent of a where y = tanh a has cotangent v}. */
  public static void tanhBackward(
      double[] out, int o, double[] v, int vo, double[] y, int yo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.tanhBackward(out, o, v, vo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = v[vo + i] - v[vo + i] * y[yo + i] * y[yo + i];
    }
  }

  /** {@code out = v (y - y y): the cotangent of a where y = sigmoid a has cotangent v}. */
  public static void sigmoidBackward(
      double[] out, int o, double[] v, int vo, double[] y, int yo, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.sigmoidBackward(out, o, v, vo, y, yo, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = v[vo + i] * (y[yo + i] - y[yo + i] * y[yo + i]);
    }
  }

  /** {@code out = s a + out, rounded once}. */
  public static void fmaInto(double[] out, int o, double s, double[] a, int ao, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorLoops.fmaInto(out, o, s, a, ao, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = Math.fma(s, a[ao + i], out[o + i]);
    }
  }

  /** {@code out[i, j] = a[i, j] + b[i]}, shapes {@code (rows, width)} and {@code (rows)}. */
  public static void addColumn(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      addNumber(out, o + i * width, a, ao + i * width, b[bo + i], width);
    }
  }

  /** {@code out[i, j] = a[i, j] - b[i]}, shapes {@code (rows, width)} and {@code (rows)}. */
  public static void subtractColumn(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      subtractNumber(out, o + i * width, a, ao + i * width, b[bo + i], width);
    }
  }

  /** {@code out[i, j] = a[i, j] * b[i]}, shapes {@code (rows, width)} and {@code (rows)}. */
  public static void multiplyColumn(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      multiplyNumber(out, o + i * width, a, ao + i * width, b[bo + i], width);
    }
  }

  /** {@code out[i, j] = a[i, j] / b[i]}, shapes {@code (rows, width)} and {@code (rows)}. */
  public static void divideColumn(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      divideNumber(out, o + i * width, a, ao + i * width, b[bo + i], width);
    }
  }

  /** {@code out[i, j] = a[i, j] + b[j]}, shapes {@code (rows, width)} and {@code (width)}. */
  public static void addRow(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      add(out, o + i * width, a, ao + i * width, b, bo, width);
    }
  }

  /** {@code out[i, j] = a[i, j] - b[j]}, shapes {@code (rows, width)} and {@code (width)}. */
  public static void subtractRow(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      subtract(out, o + i * width, a, ao + i * width, b, bo, width);
    }
  }

  /** {@code out[i, j] = a[i, j] * b[j]}, shapes {@code (rows, width)} and {@code (width)}. */
  public static void multiplyRow(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      multiply(out, o + i * width, a, ao + i * width, b, bo, width);
    }
  }

  /** {@code out[i, j] = a[i, j] / b[j]}, shapes {@code (rows, width)} and {@code (width)}. */
  public static void divideRow(
      double[] out, int o, double[] a, int ao, double[] b, int bo, int rows, int width) {
    for (int i = 0; i < rows; i++) {
      divide(out, o + i * width, a, ao + i * width, b, bo, width);
    }
  }
}
