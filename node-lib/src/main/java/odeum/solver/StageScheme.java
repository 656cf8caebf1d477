package odeum.solver;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The stages of a method one by one, as {@link ButcherTableau} draws them, but each of a part of
 * the field: of all of it, or of one of two summands. What all methods of Runge and Kutta's kind
 * are to those who step them or go back through their steps.
 *
 * <pre>
 *   k_i = f_part(i) (t + c_i h, y + h sum_j&lt;=i a_ij k_j)
 * </pre>
 */
public final class StageScheme {
  /** The whole field. */
  public static final int WHOLE = 0;

  /** The summand that is stepped over explicitly, or drives positions. */
  public static final int FIRST = 1;

  /** The summand that is stepped over implicitly, or drives velocities. */
  public static final int SECOND = 2;

  private final int[] parts;
  private final int stages;
  private final int closing;
  private final double[] c;
  private final double[][] a;
  private final double[] b;
  private final double[][] errors;
  private final double[][] p;

  /** Of Rosenbrock methods: C, d and 1 / gamma; else nothing. */
  private final Optional<RosenbrockTableau> rosenbrock;

  private StageScheme(
      int[] parts,
      int stages,
      int closing,
      double[] c,
      double[][] a,
      double[] b,
      double[][] errors,
      double[][] p,
      Optional<RosenbrockTableau> rosenbrock) {
    this.rosenbrock = rosenbrock;
    this.parts = parts;
    this.stages = stages;
    this.closing = closing;
    this.c = c;
    this.a = a;
    this.b = b;
    this.errors = errors;
    this.p = p;
  }

  /** {@return the stages of a tableau, all of the whole field} */
  public static StageScheme of(ButcherTableau tableau) {
    int all = tableau.allStages();
    double[][] a = new double[all][];
    double[][] p = new double[all][tableau.degree()];
    for (int i = 0; i < all; i++) {
      int row = i;
      int length = tableau.a(i, i) == 0 ? i : i + 1;
      a[i] = IntStream.range(0, length).mapToDouble(j -> tableau.a(row, j)).toArray();
      p[i] = IntStream.range(0, tableau.degree()).mapToDouble(j -> tableau.p(row, j)).toArray();
    }
    double[][] errors = new double[tableau.estimates()][];
    for (int e = 0; e < errors.length; e++) {
      int estimate = e;
      errors[e] = IntStream.range(0, all).mapToDouble(i -> tableau.error(estimate, i)).toArray();
    }
    double[] c = IntStream.range(0, all).mapToDouble(tableau::c).toArray();
    double[] b = IntStream.range(0, all).mapToDouble(tableau::b).toArray();
    return new StageScheme(
        new int[all], tableau.stages(), tableau.closing(), c, a, b, errors, p, Optional.empty());
  }

  /** {@return the stages of an additive method: of each two, the implicit one comes first} */
  static StageScheme of(AdditiveTableau tableau) {
    ButcherTableau explicit = tableau.explicit();
    ButcherTableau implicit = tableau.implicit();
    int all = 2 * tableau.stages();
    int[] parts = IntStream.range(0, all).map(i -> i % 2 == 0 ? SECOND : FIRST).toArray();
    double[][] a = new double[all][];
    for (int i = 0; i < all; i++) {
      int row = i / 2;
      boolean diagonal = parts[i] == SECOND && implicit.a(row, row) != 0;
      a[i] = new double[i + (diagonal ? 1 : 0)];
      for (int j = 0; j < a[i].length; j++) {
        a[i][j] = (parts[j] == SECOND ? implicit : explicit).a(row, j / 2);
      }
    }
    StageScheme one = of(implicit);
    return new StageScheme(
        parts,
        all,
        -1,
        twice(one.c),
        a,
        twice(one.b),
        IntStream.range(0, one.errors.length)
            .mapToObj(e -> twice(one.errors[e]))
            .toArray(double[][]::new),
        IntStream.range(0, all).mapToObj(i -> one.p[i / 2]).toArray(double[][]::new),
        Optional.empty());
  }

  private static double[] twice(double[] values) {
    return IntStream.range(0, 2 * values.length).mapToDouble(i -> values[i / 2]).toArray();
  }

  /**
   * {@return the kicks and drifts of a symplectic method} Dense output is a cubic by the slopes at
   * both ends, two stages more.
   */
  static StageScheme of(SymplecticScheme scheme) {
    int[] moves =
        IntStream.range(0, 2 * scheme.stages()).filter(i -> weight(scheme, i) != 0).toArray();
    int stages = moves.length;
    int all = stages + 2;
    double[] b = new double[all];
    double[] c = new double[all];
    int[] parts = new int[all];
    double[][] a = new double[all][];
    double[][] p = new double[all][];
    for (int i = 0; i < stages; i++) {
      boolean kicks = moves[i] % 2 == 0;
      int row = moves[i] / 2;
      b[i] = weight(scheme, moves[i]);
      c[i] = kicks ? scheme.kickTime(row) : scheme.driftTime(row);
      parts[i] = kicks ? SECOND : FIRST;
      a[i] = IntStream.range(0, i).mapToDouble(j -> b[j]).toArray();
      p[i] = new double[] {0, 3 * b[i], -2 * b[i]};
    }
    a[stages] = new double[0];
    p[stages] = new double[] {1, -2, 1};
    c[stages + 1] = 1;
    a[stages + 1] = IntStream.range(0, stages + 1).mapToDouble(j -> b[j]).toArray();
    p[stages + 1] = new double[] {0, -1, 1};
    return new StageScheme(parts, stages, -1, c, a, b, new double[0][], p, Optional.empty());
  }

  /** {@return the stages of a Rosenbrock method, as slopes: {@code u_i / h}} */
  static StageScheme of(RosenbrockTableau tableau) {
    int stages = tableau.stages();
    double[][] a = new double[stages][];
    double[][] p = new double[stages][tableau.degree()];
    for (int i = 0; i < stages; i++) {
      a[i] = tableau.row(i).clone();
      p[i][0] = tableau.m(i);
      double[][] rows = tableau.denseRows();
      for (int power = 0; power < rows.length; power++) {
        p[i][power] += rows[power][i];
        p[i][power + 1] -= rows[power][i];
      }
    }
    return new StageScheme(
        new int[stages],
        stages,
        -1,
        IntStream.range(0, stages).mapToDouble(tableau::c).toArray(),
        a,
        tableau.weights().clone(),
        new double[][] {tableau.errorWeights().clone()},
        p,
        Optional.of(tableau));
  }

  /** The size of a kick or of the drift after it. */
  private static double weight(SymplecticScheme scheme, int move) {
    return move % 2 == 0 ? scheme.kick(move / 2) : scheme.drift(move / 2);
  }

  /** {@return which part of the field stage i evaluates} */
  public int part(int i) {
    return parts[i];
  }

  /** {@return the coefficients that Rosenbrock methods have besides} */
  public Optional<RosenbrockTableau> rosenbrock() {
    return rosenbrock;
  }

  /** {@return whether the first stage is the slope of the whole field at the start} */
  public boolean startsWithSlope() {
    return parts[0] == WHOLE && rosenbrock.isEmpty();
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

  /** {@return whether stage i depends on itself} */
  public boolean isImplicit(int i) {
    return a[i].length > i;
  }

  /** {@return the time of stage i, as a fraction of h} */
  public double c(int i) {
    return c[i];
  }

  /** {@return the weight of stage j in the state of stage i} */
  public double a(int i, int j) {
    return j < a[i].length ? a[i][j] : 0;
  }

  /** {@return the weight of stage i in the step} */
  public double b(int i) {
    return b[i];
  }

  /** {@return the order of the error estimates' rows: 0, 1 or 2 of them} */
  int estimates() {
    return errors.length;
  }

  /** {@return the dense output's weight of stage i} */
  public double weight(int i, double x) {
    double sum = 0;
    for (int j = p[i].length - 1; j >= 0; j--) {
      sum = (sum + p[i][j]) * x;
    }
    return sum;
  }

  /** {@return the derivative of the dense output's weight of stage i} */
  public double weightDerivative(int i, double x) {
    double sum = 0;
    for (int j = p[i].length - 1; j >= 0; j--) {
      sum = sum * x + (j + 1) * p[i][j];
    }
    return sum;
  }

  /** The weights of the stages before stage i, and its own; the array itself. */
  double[] row(int i) {
    return a[i];
  }

  /** The weights of the step; the array itself. */
  double[] weights() {
    return b;
  }

  /** The weights of an error estimate; the array itself. */
  double[] errorWeights(int estimate) {
    return errors[estimate];
  }
}
