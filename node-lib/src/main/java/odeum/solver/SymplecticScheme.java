package odeum.solver;

import java.util.Locale;

/**
 * The coefficients of a symplectic splitting of {@code q' = g(t, p)}, {@code p' = f(t, q)}, checked
 * when built. For i = 0, 1, ... a step kicks the momenta, then lets the positions drift:
 *
 * <pre>
 *   p += d_i h f(t + h (c_0 + ... + c_(i-1)), q)      q += c_i h g(t + h (d_0 + ... + d_i), p)
 * </pre>
 *
 * <p>So time goes along with the position in f and with the momentum in g. What has the coefficient
 * 0 is left out. If the last drift is, the last slope f is the first of the next step.
 */
public final class SymplecticScheme {
  private static final double TOLERANCE = 1e-14;

  private final int order;
  private final double[] drifts;
  private final double[] kicks;

  private SymplecticScheme(int order, double[] drifts, double[] kicks) {
    this.order = order;
    this.drifts = drifts;
    this.kicks = kicks;
  }

  /**
   * {@return a scheme}
   *
   * @param order its order
   * @param drifts c, which sum to 1
   * @param kicks d, as many, which sum to 1
   */
  public static SymplecticScheme of(int order, double[] drifts, double[] kicks) {
    if (drifts.length != kicks.length) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "A scheme needs as many drifts as kicks, got %d and %d.",
              drifts.length,
              kicks.length));
    }
    requireSum("drifts", drifts);
    requireSum("kicks", kicks);
    return new SymplecticScheme(order, drifts.clone(), kicks.clone());
  }

  /**
   * {@return the scheme made of steps of Stoermer and Verlet of these sizes} A palindrome of sizes
   * gives a scheme that runs back on its own track.
   *
   * @param order the order of the composition
   * @param sizes the sizes, as fractions of h, which sum to 1
   */
  public static SymplecticScheme ofVerletSteps(int order, double... sizes) {
    int last = sizes.length;
    double[] drifts = new double[last + 1];
    double[] kicks = new double[last + 1];
    for (int i = 0; i <= last; i++) {
      double before = i == 0 ? 0 : sizes[i - 1];
      double after = i == last ? 0 : sizes[i];
      drifts[i] = after;
      kicks[i] = (before + after) / 2;
    }
    return of(order, drifts, kicks);
  }

  private static void requireSum(String name, double[] fractions) {
    double sum = 0;
    double magnitude = 1;
    for (double fraction : fractions) {
      sum += fraction;
      magnitude += Math.abs(fraction);
    }
    if (!(Math.abs(sum - 1) <= TOLERANCE * magnitude)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "The %s must sum to 1, got %s.", name, sum));
    }
  }

  /** {@return the order of the step} */
  public int order() {
    return order;
  }

  /** {@return how many kicks and drifts a step has, those of size 0 included} */
  public int stages() {
    return kicks.length;
  }

  /** {@return c_i, how far the positions drift, as a fraction of h} */
  public double drift(int i) {
    return drifts[i];
  }

  /** {@return d_i, how long the momenta are kicked, as a fraction of h} */
  public double kick(int i) {
    return kicks[i];
  }

  /** {@return the time of the force in kick i: how far the positions have drifted before} */
  public double kickTime(int i) {
    double sum = 0;
    for (int j = 0; j < i; j++) {
      sum += drifts[j];
    }
    return sum;
  }

  /** {@return the time of the velocity in drift i: how long the momenta have been kicked} */
  public double driftTime(int i) {
    double sum = 0;
    for (int j = 0; j <= i; j++) {
      sum += kicks[j];
    }
    return sum;
  }

  /** {@return whether the force of the last kick is that of the first kick of the next step} */
  public boolean isFirstSameAsLast() {
    return drifts[drifts.length - 1] == 0;
  }

  /** {@return whether a step back undoes a step, but for rounding} */
  public boolean isReversible() {
    int last = kicks.length - 1;
    boolean same = drifts[last] == 0;
    for (int i = 0; i <= last; i++) {
      same &= kicks[i] == kicks[last - i];
      same &= i == last || drifts[i] == drifts[last - 1 - i];
    }
    return same;
  }

  @Override
  public String toString() {
    return "order " + order + ", " + stages() + " stages";
  }
}
