package odeum.solver;

/** The tableaus of the low orders, in exact fractions where they are fractions. */
final class Tableaus {
  static final ButcherTableau EULER = ButcherTableau.of(1, row(0), new double[][] {{}}, row(1));

  static final ButcherTableau MIDPOINT =
      ButcherTableau.of(2, row(0, 1 / 2.0), new double[][] {{}, {1 / 2.0}}, row(0, 1))
          .withError(2, row(-1, 1))
          .withHermite();

  static final ButcherTableau HEUN =
      ButcherTableau.of(2, row(0, 1), new double[][] {{}, {1}}, row(1 / 2.0, 1 / 2.0))
          .withError(2, row(-1 / 2.0, 1 / 2.0))
          .withHermite();

  // Ralston's own method has its second stage at 2/3; many texts give the one at 3/4 instead.
  static final ButcherTableau RALSTON =
      ButcherTableau.of(2, row(0, 2 / 3.0), new double[][] {{}, {2 / 3.0}}, row(1 / 4.0, 3 / 4.0))
          .withError(2, row(-3 / 4.0, 3 / 4.0))
          .withHermite();

  static final ButcherTableau BOSH3 =
      ButcherTableau.of(
              3,
              row(0, 1 / 2.0, 3 / 4.0, 1),
              new double[][] {{}, {1 / 2.0}, {0, 3 / 4.0}, {2 / 9.0, 1 / 3.0, 4 / 9.0}},
              row(2 / 9.0, 1 / 3.0, 4 / 9.0, 0))
          .withError(3, row(-5 / 72.0, 1 / 12.0, 1 / 9.0, -1 / 8.0))
          .withHermite();

  static final ButcherTableau RK4 =
      ButcherTableau.of(
              4,
              row(0, 1 / 2.0, 1 / 2.0, 1),
              new double[][] {{}, {1 / 2.0}, {0, 1 / 2.0}, {0, 0, 1}},
              row(1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0))
          .withHermite();

  static final ButcherTableau RK4_38 =
      ButcherTableau.of(
              4,
              row(0, 1 / 3.0, 2 / 3.0, 1),
              new double[][] {{}, {1 / 3.0}, {-1 / 3.0, 1}, {1, -1, 1}},
              row(1 / 8.0, 3 / 8.0, 3 / 8.0, 1 / 8.0))
          .withHermite();

  static final ButcherTableau DOPRI5 =
      ButcherTableau.of(
              5,
              row(0, 1 / 5.0, 3 / 10.0, 4 / 5.0, 8 / 9.0, 1, 1),
              new double[][] {
                {},
                {1 / 5.0},
                {3 / 40.0, 9 / 40.0},
                {44 / 45.0, -56 / 15.0, 32 / 9.0},
                {19372 / 6561.0, -25360 / 2187.0, 64448 / 6561.0, -212 / 729.0},
                {9017 / 3168.0, -355 / 33.0, 46732 / 5247.0, 49 / 176.0, -5103 / 18656.0},
                {35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0}
              },
              row(35 / 384.0, 0, 500 / 1113.0, 125 / 192.0, -2187 / 6784.0, 11 / 84.0, 0))
          .withError(
              5,
              row(
                  71 / 57600.0,
                  0,
                  -71 / 16695.0,
                  71 / 1920.0,
                  -17253 / 339200.0,
                  22 / 525.0,
                  -1 / 40.0))
          .withHermite(
              row(),
              new double[0][],
              row(
                  -12715105075.0 / 11282082432.0,
                  0,
                  87487479700.0 / 32700410799.0,
                  -10690763975.0 / 1880347072.0,
                  701980252875.0 / 199316789632.0,
                  -1453857185 / 822651844.0,
                  69997945 / 29380423.0));

  // Tsitouras solved for these numerically; they are no short fractions.
  static final ButcherTableau TSIT5 =
      ButcherTableau.of(
              5,
              row(0, 161 / 1000.0, 327 / 1000.0, 9 / 10.0, 0.9800255409045097, 1, 1),
              new double[][] {
                {},
                {161 / 1000.0},
                {-0.008480655492356989, 0.335480655492357},
                {2.8971530571054935, -6.359448489975075, 4.3622954328695815},
                {5.325864828439257, -11.748883564062828, 7.4955393428898365, -0.09249506636175525},
                {
                  5.86145544294642,
                  -12.92096931784711,
                  8.159367898576159,
                  -0.071584973281401,
                  -0.028269050394068383
                },
                {
                  0.09646076681806523,
                  0.01,
                  0.4798896504144996,
                  1.379008574103742,
                  -3.290069515436081,
                  2.324710524099774
                }
              },
              row(
                  0.09646076681806523,
                  0.01,
                  0.4798896504144996,
                  1.379008574103742,
                  -3.290069515436081,
                  2.324710524099774,
                  0))
          .withError(
              5,
              row(
                  0.0017800110522257714,
                  0.0008164344596567469,
                  -0.007880878010261995,
                  0.1447110071732629,
                  -0.5823571654525552,
                  0.45808210592918697,
                  -1 / 66.0))
          .withHermite(
              row(),
              new double[0][],
              row(
                  -1.0530884977290216,
                  0.1017,
                  2.490627285651253,
                  -16.548102889244905,
                  47.37952196281928,
                  -34.87065786149661,
                  2.5));

  private Tableaus() {}

  private static double[] row(double... values) {
    return values;
  }
}
