package odeum.solver;

/** The coefficients of the symplectic methods. */
final class SymplecticSchemes {
  /** De Vogelaere 1956: a kick, then a drift. */
  static final SymplecticScheme EULER = SymplecticScheme.of(1, row(1), row(1));

  /** Verlet 1967, doi:10.1103/PhysRev.159.98, in the form with velocities: half a kick first. */
  static final SymplecticScheme VERLET = SymplecticScheme.ofVerletSteps(2, 1);

  /** Ruth 1983, doi:10.1109/TNS.1983.4332919. */
  static final SymplecticScheme RUTH3 =
      SymplecticScheme.of(3, row(2 / 3.0, -2 / 3.0, 1), row(7 / 24.0, 3 / 4.0, -1 / 24.0));

  /** {@code 1 / (2 - 2^(1/3))}; the step between goes back. */
  private static final double YOSHIDA4_OUTER = 1.3512071919596575;

  /** Yoshida 1990, doi:10.1016/0375-9601(90)90092-3. */
  static final SymplecticScheme YOSHIDA4 =
      SymplecticScheme.ofVerletSteps(4, YOSHIDA4_OUTER, -1.7024143839193153, YOSHIDA4_OUTER);

  /** Yoshida 1990, solution A of order 6. */
  static final SymplecticScheme YOSHIDA6 =
      SymplecticScheme.ofVerletSteps(
          6,
          0.7845136104775573,
          0.23557321335935813,
          -1.177679984178871,
          1.3151863206839112,
          -1.177679984178871,
          0.23557321335935813,
          0.7845136104775573);

  private SymplecticSchemes() {}

  private static double[] row(double... values) {
    return values;
  }
}
