package odeum.simd;

/**
 * Loops that choose an element or a number, by comparing others with a bound, as the way back
 * through a minimum or maximum does. Conditions as for {@link Loops}; NaN is on no side.
 */
public final class Choices {
  private Choices() {}

  /** {@code out = v where a < bound, else s}. */
  public static void keepBelow(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorChoices.keepBelow(out, o, a, ao, bound, v, vo, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] < bound ? v[vo + i] : s;
    }
  }

  /** {@code out = s where a < bound, else v}. */
  public static void dropBelow(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorChoices.dropBelow(out, o, a, ao, bound, v, vo, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = a[ao + i] < bound ? s : v[vo + i];
    }
  }

  /** {@code out = v where bound < a, else s}. */
  public static void keepAbove(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorChoices.keepAbove(out, o, a, ao, bound, v, vo, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = bound < a[ao + i] ? v[vo + i] : s;
    }
  }

  /** {@code out = s where bound < a, else v}. */
  public static void dropAbove(
      double[] out, int o, double[] a, int ao, double bound, double[] v, int vo, double s, int n) {
    if (Machine.loops && n >= Machine.LEAST) {
      VectorChoices.dropAbove(out, o, a, ao, bound, v, vo, s, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      out[o + i] = bound < a[ao + i] ? s : v[vo + i];
    }
  }
}
