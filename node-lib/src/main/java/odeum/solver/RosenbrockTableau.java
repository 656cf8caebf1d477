package odeum.solver;

import java.util.Arrays;

/**
 * The coefficients of a Rosenbrock method, checked when built, in the transformed form that needs
 * no product with the Jacobian {@code J = df/dy (t, y)}:
 *
 * <pre>
 *   (I / (h gamma) - J) u_i = f(t + c_i h, y + sum_j a_ij u_j)
 *                             + sum_j (C_ij / h) u_j + h d_i df/dt (t, y)      j &lt; i
 *   y1         = y + sum_i m_i u_i                                            the step
 *   error      = sum_i e_i u_i                                                its estimate
 *   y(t + x h) = (1-x) y + x y1 + x (1-x) sum_k x^k sum_i h_ki u_i            dense output
 * </pre>
 *
 * <p>The untransformed form is {@code u = G k}, {@code alpha = a G}, {@code b = m G} with the lower
 * triangle {@code G = (I / gamma - C)^-1}. So the rows of G sum to d, those of {@code a G} to c,
 * and {@code m G} sums to 1, which is checked.
 *
 * <p>Hairer and Wanner, "Solving Ordinary Differential Equations II", IV.7,
 * doi:10.1007/978-3-642-05221-7.
 */
public final class RosenbrockTableau {
  private final int order;
  private final int errorOrder;
  private final double gamma;
  private final double[] c;
  private final double[] d;
  private final double[][] a;
  private final double[][] coupling;
  private final double[] m;
  private final double[] error;
  private final double[][] dense;
  private final int denseOrder;

  private RosenbrockTableau(
      int order,
      int errorOrder,
      double gamma,
      double[] c,
      double[] d,
      double[][] a,
      double[][] coupling,
      double[] m,
      double[] error,
      double[][] dense,
      int denseOrder) {
    this.order = order;
    this.errorOrder = errorOrder;
    this.gamma = gamma;
    this.c = c;
    this.d = d;
    this.a = a;
    this.coupling = coupling;
    this.m = m;
    this.error = error;
    this.dense = dense;
    this.denseOrder = denseOrder;
    RosenbrockCheck.check(this);
  }

  /**
   * {@return a method with linear dense output and no error estimate}
   *
   * @param order its order
   * @param gamma the weight of the Jacobian in the matrix of each stage
   * @param c the stage times, shape {@code (stages)}
   * @param d the weights of df/dt, shape {@code (stages)}
   * @param a the stage weights; row i has i of them
   * @param coupling C; row i has i weights
   * @param m the weights of the step, shape {@code (stages)}
   */
  public static RosenbrockTableau of(
      int order,
      double gamma,
      double[] c,
      double[] d,
      double[][] a,
      double[][] coupling,
      double[] m) {
    int stages = m.length;
    RosenbrockCheck.lengths(stages, c.length, d.length, a.length, coupling.length);
    return new RosenbrockTableau(
        order,
        0,
        gamma,
        c.clone(),
        d.clone(),
        copy(a),
        copy(coupling),
        m.clone(),
        new double[stages],
        new double[0][],
        1);
  }

  /**
   * {@return this method with an error estimate}
   *
   * @param power the estimate of one step shrinks like {@code h^power}
   * @param weights e, shape {@code (stages)}
   */
  public RosenbrockTableau withError(int power, double... weights) {
    return new RosenbrockTableau(
        order, power, gamma, c, d, a, coupling, m, weights.clone(), dense, denseOrder);
  }

  /**
   * {@return this method with dense output}
   *
   * @param power its order: within one step its error shrinks one power faster
   * @param rows h, each of shape {@code (stages)}
   */
  public RosenbrockTableau withDense(int power, double[]... rows) {
    return new RosenbrockTableau(
        order, errorOrder, gamma, c, d, a, coupling, m, error, copy(rows), power);
  }

  private static double[][] copy(double[][] rows) {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** {@return the order of the step} */
  public int order() {
    return order;
  }

  /** {@return the power of h the error estimate shrinks with; 0 without an estimate} */
  public int errorOrder() {
    return errorOrder;
  }

  /** {@return how many stages there are} */
  public int stages() {
    return m.length;
  }

  /** {@return gamma: the matrix of each stage is {@code I / (h gamma) - J}} */
  public double gamma() {
    return gamma;
  }

  /** {@return the time of stage i, as a fraction of h} */
  public double c(int i) {
    return c[i];
  }

  /** {@return the weight of {@code h df/dt} in stage i} */
  public double d(int i) {
    return d[i];
  }

  /** {@return the weight of stage j in the state of stage i; 0 unless j is less than i} */
  public double a(int i, int j) {
    return j < i ? a[i][j] : 0;
  }

  /** {@return C_ij, the weight of {@code u_j / h} in the equation of stage i; 0 unless j &lt; i} */
  public double coupling(int i, int j) {
    return j < i ? coupling[i][j] : 0;
  }

  /** {@return the weight of stage i in the step} */
  public double m(int i) {
    return m[i];
  }

  /** {@return the weight of stage i in the error estimate} */
  public double error(int i) {
    return error[i];
  }

  /** {@return the degree of dense output in x} */
  public int degree() {
    return dense.length == 0 ? 1 : dense.length + 1;
  }

  /** {@return the order of dense output: within one step its error shrinks one power faster} */
  public int denseOrder() {
    return denseOrder;
  }

  /** {@return the weight of stage i in {@code y(t + x h) - y}} */
  public double weight(int i, double x) {
    double sum = 0;
    for (int k = dense.length - 1; k >= 0; k--) {
      sum = sum * x + dense[k][i];
    }
    return x * (m[i] + (1 - x) * sum);
  }

  /** {@return the derivative in x of the weight of stage i in dense output} */
  public double weightDerivative(int i, double x) {
    double sum = 0;
    double slope = 0;
    for (int k = dense.length - 1; k >= 0; k--) {
      slope = slope * x + sum;
      sum = sum * x + dense[k][i];
    }
    return m[i] + (1 - 2 * x) * sum + x * (1 - x) * slope;
  }

  /** {@return R(z), the factor of one step of y' = z y with h = 1} */
  public double stability(double z) {
    double[] u = new double[m.length];
    double y1 = 1;
    for (int i = 0; i < u.length; i++) {
      double y = 1;
      double coupled = 0;
      for (int j = 0; j < i; j++) {
        y += a[i][j] * u[j];
        coupled += coupling[i][j] * u[j];
      }
      u[i] = (z * y + coupled) / (1 / gamma - z);
      y1 += m[i] * u[i];
    }
    return y1;
  }

  /** The weights of stages before in the state of stage i; the array itself, not to be changed. */
  double[] row(int i) {
    return a[i];
  }

  /** The row i of C; the array itself, not to be changed. */
  double[] couplingRow(int i) {
    return coupling[i];
  }

  /** The weights of the step; the array itself, not to be changed. */
  double[] weights() {
    return m;
  }

  /** The weights of the error estimate; the array itself, not to be changed. */
  double[] errorWeights() {
    return error;
  }

  /** The rows h of dense output; the arrays themselves, not to be changed. */
  double[][] denseRows() {
    return dense;
  }

  @Override
  public String toString() {
    return "order " + order + ", " + m.length + " stages";
  }
}
