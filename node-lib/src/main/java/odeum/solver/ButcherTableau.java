package odeum.solver;

import java.util.Arrays;
import java.util.Locale;
import odeum.simd.Stages;

/**
 * The coefficients of an explicit or diagonally implicit Runge-Kutta method, checked when built.
 *
 * <pre>
 *   c | a      k_i = f(t + c_i h, y + h sum_j a_ij k_j)       stages, i = 0, 1, ...
 *   --+---
 *     | b      y1 = y + h sum_i b_i k_i                       the step
 *     | e      error = h sum_i e_i k_i                        its estimate, if embedded
 *     | b(x)   y(t + x h) = y + h sum_i b_i(x) k_i            dense output, 0 &lt;= x &lt;= 1
 *              b_i(x) = sum_j p_ij x^(j+1)
 * </pre>
 *
 * <p>The step and its estimate need the first {@link #stages()} stages. Dense output may need more:
 * the <em>closing</em> stage {@code f(t + h, y1)}, which is the first of the next step and so costs
 * nothing, then extra ones. A method whose own last stage is the closing one is called FSAL (first
 * same as last).
 *
 * <p>A stage is implicit if {@code a(i, i)} is not 0: then {@code k_i = f(t + c_i h, Y + h a_ii
 * k_i)} is to be solved, where Y is what the stages before it give. Methods here have an explicit
 * first stage, {@code f(t, y)}, even where the step gives it no weight, so that estimates, dense
 * output and a first guess of the next stage have the slope at both ends. For a stiffly accurate
 * method (its last row of a is b, the weight on the diagonal included) the state of the last stage
 * is y1, its slope is the closing stage, and the step is FSAL; nothing is evaluated twice. A method
 * whose first stage is implicit can be written down too, but it has no closing stage: its last
 * slope is no stage of the next step.
 */
public final class ButcherTableau {
  private final int order;
  private final int errorOrder;
  private final int stages;
  private final int closing;
  private final double[] c;
  private final double[][] a;
  private final double[] b;
  private final double[][] errors;
  private final double[][] p;
  private double realStability;

  private ButcherTableau(
      int order,
      int errorOrder,
      int stages,
      int closing,
      double[] c,
      double[][] a,
      double[] b,
      double[][] errors,
      double[][] p) {
    this.order = order;
    this.errorOrder = errorOrder;
    this.stages = stages;
    this.closing = closing;
    this.c = c;
    this.a = filled(a);
    this.b = b;
    this.errors = errors;
    this.p = p;
    TableauCheck.check(this);
  }

  /** Row i with at least i weights, those left out being 0. */
  private static double[][] filled(double[][] rows) {
    double[][] filled = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      filled[i] = Arrays.copyOf(rows[i], Math.max(i, rows[i].length));
    }
    return filled;
  }

  /**
   * {@return a method with linear dense output and no error estimate}
   *
   * @param order its order
   * @param c the stage times, shape {@code (stages)}
   * @param a the stage weights; row i has at most i of them
   * @param b the weights of the step, shape {@code (stages)}
   */
  public static ButcherTableau of(int order, double[] c, double[][] a, double[] b) {
    return build(order, c, a, b, 0);
  }

  /**
   * {@return a diagonally implicit method with linear dense output and no error estimate}
   *
   * @param order its order
   * @param c the stage times, shape {@code (stages)}
   * @param a the stage weights; row i has at most i + 1 of them, the last on the diagonal
   * @param b the weights of the step, shape {@code (stages)}
   */
  public static ButcherTableau implicit(int order, double[] c, double[][] a, double[] b) {
    return build(order, c, a, b, 1);
  }

  private static ButcherTableau build(
      int order, double[] c, double[][] a, double[] b, int diagonal) {
    int stages = c.length;
    if (a.length != stages || b.length != stages) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%d stage times need as many rows a and weights b, got %d and %d.",
              stages,
              a.length,
              b.length));
    }
    TableauCheck.lengths(a, diagonal);
    double[][] linear = Arrays.stream(b).mapToObj(w -> new double[] {w}).toArray(double[][]::new);
    boolean starts = c[0] == 0 && Arrays.stream(a[0]).allMatch(weight -> weight == 0);
    boolean closes = starts && c[stages - 1] == 1 && isStep(a[stages - 1], b);
    int closing = closes ? stages - 1 : -1;
    return new ButcherTableau(
        order, 0, stages, closing, c.clone(), copy(a, 0), b.clone(), new double[0][], linear);
  }

  /** Whether the state of the last stage is y1: its row is b. */
  private static boolean isStep(double[] row, double[] b) {
    return Arrays.equals(Arrays.copyOf(row, b.length), b);
  }

  /**
   * {@return this method with an error estimate} With two rows of weights the norms of the two
   * estimates are combined as in Hairer's DOP853: {@code e1^2 / sqrt(e1^2 + 0.01 e2^2)}.
   *
   * @param errorOrder the estimate of one step shrinks like {@code h^errorOrder}
   * @param weights one or two rows of shape {@code (stages)}
   */
  public ButcherTableau withError(int errorOrder, double[]... weights) {
    return new ButcherTableau(
        order, errorOrder, stages, closing, c, a, b, copy(weights, c.length), p);
  }

  /** {@return this method with cubic Hermite dense output, from the slopes at both ends} */
  public ButcherTableau withHermite() {
    return withHermite(new double[0], new double[0][]);
  }

  /**
   * {@return this method with dense output from its own stages}
   *
   * @param coefficients p, shape {@code (stages, degree)}
   */
  public ButcherTableau withDense(double[][] coefficients) {
    return withDense(Arrays.copyOf(c, stages), Arrays.copyOf(a, stages), closing, coefficients);
  }

  /**
   * {@return this method with dense output from its own stages, the closing one and extra ones}
   *
   * @param extraTimes times of the extra stages
   * @param extraRows weights of the extra stages; they may use the closing stage
   * @param coefficients p, a row for each of all stages
   */
  public ButcherTableau withDense(
      double[] extraTimes, double[][] extraRows, double[][] coefficients) {
    int close = closing >= 0 ? closing : stages;
    return withDense(
        closedTimes(close, extraTimes), closedRows(close, extraRows), close, coefficients);
  }

  /**
   * {@return this method with Hermite dense output, plus corrections that vanish with their slopes
   * at both ends} Correction m is {@code h x^2 (1-x)^2 sum_i d_mi k_i} times 1, x, x(1-x), x^2(1-x)
   * for m = 0 to 3: the form of Hairer's codes, which every interpolant here has.
   *
   * @param extraTimes times of the extra stages
   * @param extraRows weights of the extra stages; they may use the closing stage
   * @param corrections rows d, each over all stages
   */
  public ButcherTableau withHermite(
      double[] extraTimes, double[][] extraRows, double[]... corrections) {
    int close = closing >= 0 ? closing : stages;
    double[] times = closedTimes(close, extraTimes);
    double[] weights = Arrays.copyOf(b, times.length);
    double[][] hermite = HermiteWeights.of(weights, close, corrections);
    return withDense(times, closedRows(close, extraRows), close, hermite);
  }

  private ButcherTableau withDense(
      double[] times, double[][] rows, int close, double[][] coefficients) {
    int all = times.length;
    TableauCheck.lengths(rows, isExplicit() ? 0 : 1);
    return new ButcherTableau(
        order,
        errorOrder,
        stages,
        close,
        times,
        rows,
        Arrays.copyOf(b, all),
        copy(errors, all),
        copy(coefficients, 0));
  }

  /** The times of the step's stages, the closing stage and extra ones. */
  private double[] closedTimes(int close, double[] extra) {
    double[] times = Arrays.copyOf(c, close + 1 + extra.length);
    times[close] = 1;
    System.arraycopy(extra, 0, times, close + 1, extra.length);
    return times;
  }

  private double[][] closedRows(int close, double[][] extra) {
    double[][] rows = Arrays.copyOf(a, close + 1 + extra.length);
    if (close == stages) {
      rows[close] = Arrays.copyOf(b, close);
    }
    for (int i = 0; i < extra.length; i++) {
      rows[close + 1 + i] = extra[i].clone();
    }
    return rows;
  }

  private static double[][] copy(double[][] rows, int length) {
    return Arrays.stream(rows)
        .map(row -> Arrays.copyOf(row, Math.max(length, row.length)))
        .toArray(double[][]::new);
  }

  /** {@return the order of the step} */
  public int order() {
    return order;
  }

  /** {@return the power of h the error estimate shrinks with; 0 without an estimate} */
  public int errorOrder() {
    return errorOrder;
  }

  /** {@return how many stages the step and its error estimate need} */
  public int stages() {
    return stages;
  }

  /** {@return how many stages dense output needs} */
  public int allStages() {
    return c.length;
  }

  /** {@return the index of the stage {@code f(t + h, y1)}, or -1 if there is none} */
  public int closing() {
    return closing;
  }

  /** {@return whether the last of the step's own stages is the first of the next step} */
  public boolean isFirstSameAsLast() {
    return closing == stages - 1;
  }

  /** {@return the time of stage i, as a fraction of h} */
  public double c(int i) {
    return c[i];
  }

  /** {@return whether no stage depends on itself} */
  public boolean isExplicit() {
    for (int i = 0; i < stages; i++) {
      if (a(i, i) != 0) {
        return false;
      }
    }
    return true;
  }

  /** {@return the weight of stage j in the state of stage i; 0 where j is greater than i} */
  public double a(int i, int j) {
    return j < a[i].length ? a[i][j] : 0;
  }

  /** {@return the weight of stage i in the step} */
  public double b(int i) {
    return b[i];
  }

  /** {@return how many error estimates there are: 0, 1 or 2} */
  public int estimates() {
    return errors.length;
  }

  /** {@return the weight of stage i in an error estimate} */
  public double error(int estimate, int i) {
    return errors[estimate][i];
  }

  /** {@return the degree of dense output in x} */
  public int degree() {
    return p[0].length;
  }

  /** {@return the order of dense output: within one step its error shrinks one power faster} */
  public int denseOrder() {
    return Math.min(order, degree());
  }

  /** {@return the coefficient of {@code x^(j+1)} in the dense output's weight of stage i} */
  public double p(int i, int j) {
    return p[i][j];
  }

  /** {@return the dense output's weight b_i(x) of stage i} */
  public double weight(int i, double x) {
    double sum = 0;
    for (int j = p[i].length - 1; j >= 0; j--) {
      sum = (sum + p[i][j]) * x;
    }
    return sum;
  }

  /** {@return the derivative b_i'(x) of the dense output's weight of stage i} */
  public double weightDerivative(int i, double x) {
    double sum = 0;
    for (int j = p[i].length - 1; j >= 0; j--) {
      sum = sum * x + (j + 1) * p[i][j];
    }
    return sum;
  }

  /** {@return R(z), the factor of one step of y' = z y with h = 1} */
  public double stability(double z) {
    double[] k = new double[stages];
    for (int i = 0; i < stages; i++) {
      double y = 1;
      for (int j = 0; j < i; j++) {
        y += a(i, j) * k[j];
      }
      k[i] = z * y / (1 - z * a(i, i));
    }
    double y1 = 1;
    for (int i = 0; i < stages; i++) {
      y1 += b[i] * k[i];
    }
    return y1;
  }

  /**
   * {@return by how much a value of {@code y' = lambda y} grows in a step, for {@code h lambda = re
   * + i im}} The modulus of the stability function: at most 1 where the method is stable.
   */
  public double stability(double re, double im) {
    double[] kRe = new double[stages];
    double[] kIm = new double[stages];
    for (int i = 0; i < stages; i++) {
      double yRe = 1;
      double yIm = 0;
      for (int j = 0; j < i; j++) {
        yRe += a(i, j) * kRe[j];
        yIm += a(i, j) * kIm[j];
      }
      // k = z y / (1 - z a)
      double divisorRe = 1 - re * a(i, i);
      double divisorIm = -im * a(i, i);
      double divisor = divisorRe * divisorRe + divisorIm * divisorIm;
      double upRe = re * yRe - im * yIm;
      double upIm = re * yIm + im * yRe;
      kRe[i] = (upRe * divisorRe + upIm * divisorIm) / divisor;
      kIm[i] = (upIm * divisorRe - upRe * divisorIm) / divisor;
    }
    double y1Re = 1;
    double y1Im = 0;
    for (int i = 0; i < stages; i++) {
      y1Re += b[i] * kRe[i];
      y1Im += b[i] * kIm[i];
    }
    return Math.sqrt(y1Re * y1Re + y1Im * y1Im);
  }

  /** {@return how far the stability region reaches on the negative axis, to 0.01; at most 100} */
  public double realStability() {
    double z = realStability; // computed at most a few times, always to the same bits
    if (z == 0) {
      do {
        z += 0.01;
      } while (z < 100 && Math.abs(stability(-z)) <= 1);
      realStability = z;
    }
    return z;
  }

  @Override
  public String toString() {
    return "order " + order + ", " + stages + " stages";
  }

  /** The coefficients of the step and its estimates, of an explicit method. */
  Stages.Scheme scheme() {
    return new Stages.Scheme(Arrays.copyOf(c, stages), a, b, errors, p, isFirstSameAsLast());
  }

  /** The weights of stage i up to its diagonal; the array itself, not to be changed. */
  double[] row(int i) {
    return a[i];
  }

  /** The weights of the step; the array itself, not to be changed. */
  double[] weights() {
    return b;
  }

  /** How many coefficients of dense output each stage has. */
  int[] denseLengths() {
    return Arrays.stream(p).mapToInt(row -> row.length).toArray();
  }

  /** The weights of an error estimate; the array itself, not to be changed. */
  double[] errorWeights(int estimate) {
    return errors[estimate];
  }
}
