package odeum.solver;

import java.util.Arrays;
import java.util.Locale;

/**
 * Chooses each step so that its estimated error meets a tolerance. With r the inverse of the scaled
 * error and q the solver's error order, the next step is the last one times
 *
 * <pre>
 *   safety r_n^((P+I+D)/q) r_{n-1}^(-(P+2D)/q) r_{n-2}^(D/q)
 * </pre>
 *
 * <p>kept between minFactor and maxFactor. Söderlind 2003, doi:10.1145/641876.641877.
 *
 * @param rtol relative tolerance, per value
 * @param atol absolute tolerance, per value
 * @param proportional P
 * @param integral I
 * @param derivative D
 * @param safety aims below the tolerance
 * @param minFactor the strongest decrease from one step to the next
 * @param maxFactor the strongest increase
 * @param minStep a smaller step ends the solve; 0 leaves that to the precision of doubles
 * @param maxStep no step is larger
 */
public record Pid(
    double rtol,
    double atol,
    double proportional,
    double integral,
    double derivative,
    double safety,
    double minFactor,
    double maxFactor,
    double minStep,
    double maxStep)
    implements StepSizeController {
  public Pid {
    require(rtol >= 0 && atol >= 0 && rtol + atol > 0, "rtol and atol", rtol, atol);
    require(rtol < 1 && atol < Double.POSITIVE_INFINITY, "rtol and atol", rtol, atol);
    require(safety > 0 && safety < 1, "safety (below 1)", safety);
    require(minFactor > 0 && minFactor < safety, "minFactor (below safety)", minFactor);
    require(maxFactor > 1, "maxFactor (above 1)", maxFactor);
    require(minStep >= 0 && maxStep > minStep, "minStep and maxStep", minStep, maxStep);
    require(integral > 0 && proportional >= 0 && derivative >= 0, "the coefficients", integral);
  }

  private static void require(boolean holds, String what, Object... got) {
    if (!holds) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Step size control needs sensible positive values for %s, got %s.",
              what,
              Arrays.toString(got)));
    }
  }

  /** {@return integral control, as torchdiffeq and diffrax default to} */
  public static Pid of(double rtol, double atol) {
    return new Pid(rtol, atol, 0, 1, 0, 0.9, 0.2, 10, 0, Double.POSITIVE_INFINITY);
  }

  /** {@return this control with other coefficients P, I and D} PI control is (0.4, 0.3, 0). */
  public Pid withCoefficients(double p, double i, double d) {
    return new Pid(rtol, atol, p, i, d, safety, minFactor, maxFactor, minStep, maxStep);
  }

  /** {@return this control with steps between these sizes} */
  public Pid withSteps(double min, double max) {
    return new Pid(
        rtol, atol, proportional, integral, derivative, safety, minFactor, maxFactor, min, max);
  }
}
