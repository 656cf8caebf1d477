package odeum.solver;

import java.util.Arrays;
import java.util.stream.IntStream;
import odeum.tensor.Tensor;
import odeum.term.Derivative;
import odeum.term.OdeTerm;

/**
 * The problems of Hull, Enright, Fellen and Sedgwick 1972, doi:10.1137/0709052, over t from 0 to
 * 20. What they come to was computed apart from this library: scipy's DOP853 at a tolerance of
 * 2e-14, which agrees with one of 3e-13 in the digits given.
 */
enum DetestProblem {
  /** Decay. */
  A1((t, y, dy) -> dy[0] = -y[0], new double[] {1}, 2.06115363841e-09),

  /** A special case of the Riccati equation. */
  A2((t, y, dy) -> dy[0] = -y[0] * y[0] * y[0] / 2, new double[] {1}, 0.218217890236),

  /** An oscillation. */
  A3((t, y, dy) -> dy[0] = y[0] * StrictMath.cos(t), new double[] {1}, 2.49165027185),

  /** A logistic curve. */
  A4((t, y, dy) -> dy[0] = y[0] / 4 * (1 - y[0] / 20), new double[] {1}, 17.7301664813),

  /** A spiral curve. */
  A5((t, y, dy) -> dy[0] = (y[0] - t) / (y[0] + t), new double[] {4}, -0.788782668896),

  /** Two species in conflict. */
  B1(
      (t, y, dy) -> {
        dy[0] = 2 * (y[0] - y[0] * y[1]);
        dy[1] = -(y[1] - y[0] * y[1]);
      },
      new double[] {1, 3},
      0.676187600858,
      0.186081609964),

  /** A linear chemical reaction. */
  B2(
      (t, y, dy) -> {
        dy[0] = -y[0] + y[1];
        dy[1] = y[0] - 2 * y[1] + y[2];
        dy[2] = y[1] - y[2];
      },
      new double[] {2, 0, 1},
      1.00000000103,
      1,
      0.999999998969),

  /** A nonlinear chemical reaction. */
  B3(
      (t, y, dy) -> {
        dy[0] = -y[0];
        dy[1] = y[0] - y[1] * y[1];
        dy[2] = y[1] * y[1];
      },
      new double[] {1, 0, 0},
      2.06115367087e-09,
      0.0525722802205,
      0.947427717718),

  /** The surface of a torus. */
  B4(
      (t, y, dy) -> {
        double r = Math.sqrt(y[0] * y[0] + y[1] * y[1]);
        dy[0] = -y[1] - y[0] * y[2] / r;
        dy[1] = y[0] - y[1] * y[2] / r;
        dy[2] = y[0] / r;
      },
      new double[] {3, 0, 0},
      0.9826950928,
      2.19844708169,
      0.912945250728),

  /** A rigid body without forces. */
  B5(
      (t, y, dy) -> {
        dy[0] = y[1] * y[2];
        dy[1] = -y[0] * y[2];
        dy[2] = -0.51 * y[0] * y[1];
      },
      new double[] {0, 1, 1},
      -0.939657079873,
      -0.3421177754,
      0.74141265962),

  /** A radioactive decay chain. */
  C1(
      (t, y, dy) -> {
        for (int i = 0; i < 10; i++) {
          dy[i] = (i == 0 ? 0 : y[i - 1]) - (i == 9 ? 0 : y[i]);
        }
      },
      new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0},
      2.0611536227e-09,
      4.12230724516e-08,
      4.12230724502e-07,
      2.74820482996e-06,
      1.37410241497e-05,
      5.49640965984e-05,
      0.000183213655328,
      0.000523467586651,
      0.00130866896663,
      0.997912740951),

  /** Another one, ever faster. */
  C2(
      (t, y, dy) -> {
        for (int i = 0; i < 10; i++) {
          dy[i] = (i == 0 ? 0 : i * y[i - 1]) - (i == 9 ? 0 : (i + 1) * y[i]);
        }
      },
      new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0},
      2.06115364287e-09,
      2.06115363863e-09,
      2.06115363438e-09,
      2.06115363013e-09,
      2.06115362588e-09,
      2.06115362163e-09,
      2.06115361738e-09,
      2.06115361314e-09,
      2.06115360886e-09,
      0.99999998145),

  /** A parabolic equation on 10 points. */
  C3(
      DetestProblem::diffusion,
      new double[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0},
      0.00294811921102,
      0.00563538015485,
      0.00782907251593,
      0.0093482579086,
      0.010079436103,
      0.00998267417143,
      0.00908869333277,
      0.00748911519519,
      0.00532296413095,
      0.00276243437903),

  /** The same on 51 points. */
  C4(
      DetestProblem::diffusion,
      unit(51),
      0.00312411145372,
      0.00601541684215,
      0.00847002183484,
      0.0103368293173,
      0.0115324957287,
      0.0120454952574,
      0.0119295706802,
      0.0112888320711,
      0.0102580450139,
      0.00898201758193,
      0.00759750090249,
      0.00621992055683,
      0.00493591634101,
      0.00380143254426,
      0.00284421367759,
      0.00206912339422,
      0.00146468728284,
      0.00100954526394,
      0.000677935433023,
      0.000443781526912,
      0.000283326454294,
      0.00017650057988,
      0.00010733425927,
      6.37449760178e-05,
      3.69864530971e-05,
      2.09746683264e-05,
      1.16295671041e-05,
      6.30671040578e-06,
      3.34628643086e-06,
      1.73776007418e-06,
      8.83536690426e-07,
      4.39952041112e-07,
      2.14618189715e-07,
      1.02598121166e-07,
      4.80786406881e-08,
      2.2091751525e-08,
      9.95625126329e-09,
      4.40219365384e-09,
      1.91014938225e-09,
      8.13589292167e-10,
      3.40247711859e-10,
      1.39748561752e-10,
      5.63857530255e-11,
      2.23545970748e-11,
      8.71049803265e-12,
      3.33655427272e-12,
      1.25667956608e-12,
      4.65435904277e-13,
      1.69355913967e-13,
      5.99659378536e-14,
      1.89133068933e-14),

  /** The five outer planets: astronomical units, hundreds of days. */
  C5(
      DetestProblem::planets,
      new double[] {
        3.42947415189,
        3.35386959711,
        1.35494901715,
        6.6414554255,
        5.97156957878,
        2.18231499728,
        11.2630437207,
        14.6952576794,
        6.27960525067,
        -30.1552268759,
        1.65699966404,
        1.43785752721,
        -21.123835338,
        28.4465098142,
        15.3882659679,
        -0.557160570446,
        0.505696783289,
        0.230578543901,
        -0.415570776342,
        0.365682722812,
        0.169143213293,
        -0.325325669158,
        0.189706021964,
        0.087726532278,
        -0.024047625417,
        -0.287659532608,
        -0.117219543175,
        -0.176860753121,
        -0.216393453025,
        -0.014864789309
      },
      -4.79273022432,
      -2.42055072545,
      -0.921250930601,
      -4.21731040404,
      7.3562029475,
      3.22378598542,
      4.03555944326,
      17.1986552867,
      7.47891079423,
      -29.9875932632,
      -4.10731093755,
      -0.927700832175,
      -24.4212530252,
      23.8145904575,
      14.9209630695,
      0.349920896306,
      -0.574848768791,
      -0.255169402088,
      -0.52370409789,
      -0.249300046358,
      -0.0804534164204,
      -0.387528923733,
      0.0564860328877,
      0.0302360647214,
      0.0413385654671,
      -0.286239302984,
      -0.118303240514,
      -0.151198645736,
      -0.246006889432,
      -0.0318968741132),

  /** An orbit of eccentricity 0.1. */
  D1(
      DetestProblem::orbit,
      new double[] {0.9, 0, 0, Math.sqrt(1.1 / 0.9)},
      0.219883535201,
      0.942707684634,
      -0.978765984106,
      0.328797799097),

  /** An orbit of eccentricity 0.3. */
  D2(
      DetestProblem::orbit,
      new double[] {0.7, 0, 0, Math.sqrt(1.3 / 0.7)},
      -0.177702735714,
      0.94677847199,
      -1.03029416319,
      0.121107489005),

  /** An orbit of eccentricity 0.5. */
  D3(
      DetestProblem::orbit,
      new double[] {0.5, 0, 0, Math.sqrt(1.5 / 0.5)},
      -0.578043295303,
      0.863384000919,
      -0.959508373038,
      -0.0650491512669),

  /** An orbit of eccentricity 0.7. */
  D4(
      DetestProblem::orbit,
      new double[] {0.3, 0, 0, Math.sqrt(1.7 / 0.3)},
      -0.95389902934,
      0.690740902422,
      -0.821267427089,
      -0.153957425912),

  /** An orbit of eccentricity 0.9. */
  D5(
      DetestProblem::orbit,
      new double[] {0.1, 0, 0, Math.sqrt(1.9 / 0.1)},
      -1.29526625099,
      0.40039389638,
      -0.677539092472,
      -0.127083815427),

  /** Bessel's equation of order 1/2, moved by 1. */
  E1(
      (t, y, dy) -> {
        double s = t + 1;
        dy[0] = y[1];
        dy[1] = -(y[1] / s + (1 - 0.25 / (s * s)) * y[0]);
      },
      new double[] {0.671396707141803, 0.0954005144474744},
      0.145672360073,
      -0.0988350019557),

  /** Van der Pol. */
  E2(
      (t, y, dy) -> {
        dy[0] = y[1];
        dy[1] = (1 - y[0] * y[0]) * y[1] - y[0];
      },
      new double[] {2, 0},
      2.00814976217,
      -0.0425088752732),

  /** Duffing. */
  E3(
      (t, y, dy) -> {
        dy[0] = y[1];
        dy[1] = y[0] * y[0] * y[0] / 6 - y[0] + 2 * StrictMath.sin(2.78535 * t);
      },
      new double[] {0, 0},
      -0.100417885865,
      0.24114001321),

  /** A falling body with friction. */
  E4(
      (t, y, dy) -> {
        dy[0] = y[1];
        dy[1] = 0.032 - 0.4 * y[1] * y[1];
      },
      new double[] {30, 0},
      33.9509144465,
      0.276782265967),

  /** A linear pursuit. */
  E5(
      (t, y, dy) -> {
        dy[0] = y[1];
        dy[1] = Math.sqrt(1 + y[1] * y[1]) / (25 - t);
      },
      new double[] {0, 0},
      14.1179739054,
      2.4);

  private final Derivative derivative;
  private final double[] start;
  private final double[] expected;

  DetestProblem(Derivative derivative, double[] start, double... expected) {
    this.derivative = derivative;
    this.start = start;
    this.expected = expected;
  }

  private static double[] unit(int n) {
    return IntStream.range(0, n).mapToDouble(i -> i == 0 ? 1 : 0).toArray();
  }

  private static void diffusion(double t, double[] y, double[] dy) {
    int last = y.length - 1;
    for (int i = 0; i <= last; i++) {
      dy[i] = (i == 0 ? 0 : y[i - 1]) - 2 * y[i] + (i == last ? 0 : y[i + 1]);
    }
  }

  private static void orbit(double t, double[] y, double[] dy) {
    double r2 = y[0] * y[0] + y[1] * y[1];
    double r3 = r2 * Math.sqrt(r2);
    dy[0] = y[2];
    dy[1] = y[3];
    dy[2] = -y[0] / r3;
    dy[3] = -y[1] / r3;
  }

  private static void planets(double t, double[] y, double[] dy) {
    double[] masses = {
      0.000954786104043,
      0.000285583733151,
      0.0000437273164546,
      0.0000517759138449,
      0.00000277777777778
    };
    double sun = 1.00000597682;
    double gravity = 2.95912208286;
    System.arraycopy(y, 15, dy, 0, 15);
    Arrays.fill(dy, 15, 30, 0);
    for (int j = 0; j < 5; j++) {
      pull(y, j, -1, -gravity * (sun + masses[j]), dy, j);
      for (int k = 0; k < 5; k++) {
        if (k != j) {
          pull(y, k, j, gravity * masses[k], dy, j);
          pull(y, k, -1, -gravity * masses[k], dy, j);
        }
      }
    }
  }

  /** The way from one planet, or from the sun, to another over its length cubed. */
  private static void pull(double[] y, int to, int from, double factor, double[] dy, int moved) {
    double[] way = new double[3];
    double square = 0;
    for (int i = 0; i < 3; i++) {
      way[i] = y[3 * to + i] - (from < 0 ? 0 : y[3 * from + i]);
      square += way[i] * way[i];
    }
    for (int i = 0; i < 3; i++) {
      dy[15 + 3 * moved + i] += factor * way[i] / (square * Math.sqrt(square));
    }
  }

  Problem problem() {
    return Problem.of(OdeTerm.of(start.length, derivative), Tensor.vector(start), 0, 20);
  }

  /** The largest error at the end. */
  double error(Solution solution) {
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs(solution.last("y" + i) - expected[i]));
    }
    return largest;
  }
}
