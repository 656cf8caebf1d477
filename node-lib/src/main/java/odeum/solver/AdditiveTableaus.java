package odeum.solver;

/**
 * The tableaus of the additive methods.
 *
 * <p>KenCarp4 is ARK4(3)6L[2]SA of Kennedy and Carpenter 2003, doi:10.1016/S0168-9274(02)00138-1,
 * with the dense output of order 3 given there.
 */
final class AdditiveTableaus {
  private static final double[] KENCARP4_C = {0, 1 / 2.0, 83 / 250.0, 31 / 50.0, 17 / 20.0, 1};

  private static final double[] KENCARP4_B = {
    82889 / 524892.0, 0, 15625 / 83664.0, 69875 / 102672.0, -2260 / 8211.0, 1 / 4.0
  };

  private static final double[] KENCARP4_COMPANION = {
    4586570599.0 / 29645900160.0,
    0,
    178811875 / 945068544.0,
    814220225 / 1159782912.0,
    -3700637 / 11593932.0,
    61727 / 225920.0
  };

  private static final double[][] KENCARP4_EXPLICIT = {
    {},
    {1 / 2.0},
    {13861 / 62500.0, 6889 / 62500.0},
    {
      -116923316275.0 / 2393684061468.0,
      -2731218467317.0 / 15368042101831.0,
      9408046702089.0 / 11113171139209.0
    },
    {
      -451086348788.0 / 2902428689909.0,
      -2682348792572.0 / 7519795681897.0,
      12662868775082.0 / 11960479115383.0,
      3355817975965.0 / 11060851509271.0
    },
    {
      647845179188.0 / 3216320057751.0,
      73281519250.0 / 8382639484533.0,
      552539513391.0 / 3454668386233.0,
      3354512671639.0 / 8306763924573.0,
      4040 / 17871.0
    }
  };

  private static final double[][] KENCARP4_IMPLICIT = {
    {},
    {1 / 4.0, 1 / 4.0},
    {8611 / 62500.0, -1743 / 31250.0, 1 / 4.0},
    {5012029 / 34652500.0, -654441 / 2922500.0, 174375 / 388108.0, 1 / 4.0},
    {
      15267082809.0 / 155376265600.0,
      -71443401 / 120774400.0,
      730878875 / 902184768.0,
      2285395 / 8070912.0,
      1 / 4.0
    },
    KENCARP4_B
  };

  private static final double[][] KENCARP4_DENSE = {
    {6943876665148.0 / 7220017795957.0, -54480133 / 30881146.0, 6818779379841.0 / 7100303317025.0},
    {0, 0, 0},
    {7640104374378.0 / 9702883013639.0, -11436875 / 14766696.0, 2173542590792.0 / 12501825683035.0},
    {
      -20649996744609.0 / 7521556579894.0,
      174696575 / 18121608.0,
      -31592104683404.0 / 5083833661969.0
    },
    {8854892464581.0 / 2390941311638.0, -12120380 / 966161.0, 61146701046299.0 / 7138195549469.0},
    {-11397109935349.0 / 6675773540249.0, 3843 / 706.0, -17219254887155.0 / 4939391667607.0}
  };

  static final AdditiveTableau KENCARP4 =
      new AdditiveTableau(
          shared(ButcherTableau.of(4, KENCARP4_C, KENCARP4_EXPLICIT, KENCARP4_B)),
          shared(ButcherTableau.implicit(4, KENCARP4_C, KENCARP4_IMPLICIT, KENCARP4_B)));

  private AdditiveTableaus() {}

  private static ButcherTableau shared(ButcherTableau part) {
    double[] error = KENCARP4_B.clone();
    for (int i = 0; i < error.length; i++) {
      error[i] -= KENCARP4_COMPANION[i];
    }
    return part.withError(4, error).withDense(KENCARP4_DENSE);
  }
}
