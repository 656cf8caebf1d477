package odeum.solver;

/**
 * The tableaus of the diagonally implicit methods. Each starts with the explicit stage {@code f(t,
 * y)}: it costs nothing after the first step and gives the estimate and dense output their slope at
 * the start.
 */
final class ImplicitTableaus {
  /** The slopes at both ends give the error of the step itself to leading order. Dense: a line. */
  static final ButcherTableau IMPLICIT_EULER =
      ButcherTableau.implicit(1, row(0, 1), new double[][] {{}, {0, 1}}, row(0, 1))
          .withError(2, row(-1 / 2.0, 1 / 2.0));

  /** Its estimate is the distance to Euler's method. Here the cubic is the parabola of the rule. */
  static final ButcherTableau TRAPEZOID =
      ButcherTableau.implicit(
              2, row(0, 1), new double[][] {{}, {1 / 2.0, 1 / 2.0}}, row(1 / 2.0, 1 / 2.0))
          .withError(2, row(-1 / 2.0, 1 / 2.0))
          .withHermite();

  /**
   * Its estimate is the distance to Euler's method. Not stiffly accurate: the last slope is new.
   */
  static final ButcherTableau IMPLICIT_MIDPOINT =
      ButcherTableau.implicit(2, row(0, 1 / 2.0), new double[][] {{}, {0, 1 / 2.0}}, row(0, 1))
          .withError(2, row(-1, 1))
          .withHermite();

  /** A root of {@code 6 g^3 - 18 g^2 + 9 g - 1}, where the factor of the stiffest part is 0. */
  private static final double KVAERNO3_DIAGONAL = 0.435866521508459;

  private static final double[] KVAERNO3_STEP = {
    0.30880996997674653, 1.4905633884217806, -1.2352398799069861, KVAERNO3_DIAGONAL
  };

  /** The estimate is the distance to the third stage, a method of order 2 at the same time. */
  static final ButcherTableau KVAERNO3 =
      ButcherTableau.implicit(
              3,
              row(0, 0.871733043016918, 1, 1),
              new double[][] {
                {},
                {KVAERNO3_DIAGONAL, KVAERNO3_DIAGONAL},
                {0.49056338842178054, 0.07357009006976042, KVAERNO3_DIAGONAL},
                KVAERNO3_STEP
              },
              KVAERNO3_STEP)
          .withError(
              3,
              row(-0.18175341844503404, 1.4169932983520201, -1.671106401415445, KVAERNO3_DIAGONAL))
          .withHermite();

  private static final double[] KVAERNO5_STEP = {
    0.13659751177640291,
    0,
    -0.05496908796538376,
    -0.04118626728321046,
    0.62993304899016403,
    0.06962479448202728,
    0.26
  };

  /**
   * The estimate is the distance to the sixth stage, a method of order 4 at the same time. Dense
   * output of order 4 with the slopes of both ends: of the polynomials of degree 4 that fulfil the
   * conditions of the trees up to order 4, the one with the smallest coefficients.
   */
  static final ButcherTableau KVAERNO5 =
      ButcherTableau.implicit(
              5,
              row(0, 0.52, 1.230333209967908, 0.8957659843500759, 0.43639360985864756, 1, 1),
              new double[][] {
                {},
                {0.26, 0.26},
                {0.13, 0.84033320996790809, 0.26},
                {0.22371961478320505, 0.47675532319799699, -0.06470895363112615, 0.26},
                {
                  0.16648564323248321,
                  0.10450018841591720,
                  0.03631482272098715,
                  -0.13090704451073998,
                  0.26
                },
                {
                  0.13855640231268224,
                  0,
                  -0.04245337201752043,
                  0.02446657898003141,
                  0.61943039072480676,
                  0.26
                },
                KVAERNO5_STEP
              },
              KVAERNO5_STEP)
          .withError(
              5,
              row(
                  -0.00195889053627933,
                  0,
                  -0.01251571594786333,
                  -0.06565284626324187,
                  0.01050265826535727,
                  -0.19037520551797272,
                  0.26))
          .withDense(
              new double[][] {
                row(1.0, -2.0720375887956757, 1.6904652246969698, -0.48183012412489123),
                row(0, 0, 0, 0),
                row(0, 0.8427243190616438, -1.905324989984826, 1.0076315829577984),
                row(0, -0.6665857136422453, 1.1684263581516563, -0.5430269117926215),
                row(0, 3.2569288143993482, -3.994125432838044, 1.36712966742886),
                row(0, -0.6050255205696777, 1.4885502190674602, -0.8138999040157552),
                row(0, -0.7560043104533829, 1.5520086209067712, -0.5360043104533883)
              });

  private ImplicitTableaus() {}

  private static double[] row(double... values) {
    return values;
  }
}
