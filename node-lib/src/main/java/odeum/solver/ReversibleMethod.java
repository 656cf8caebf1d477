package odeum.solver;

import java.util.Locale;

/**
 * A method that can be gone back through: from the end of a step its start is computed by the same
 * step with {@code -h}, but for rounding. Beside the state y it carries a slope s, and reversible
 * Heun also the point z where that slope was taken. With {@code s = f(t, y)} and {@code z = y} at
 * the start of a solve, a step is
 *
 * <pre>
 *   Z  = y + shadow (y - z) + h point s
 *   F  = f(t + node h, Z)
 *   y1 = y + h ((1 - weight) s + weight F)
 *   s1 = (1 - 2 weight) s + 2 weight F
 *   z1 = Z
 * </pre>
 *
 * so inside the step the state is the parabola with the slopes s and s1 at its ends, which is also
 * the dense output. Carried values make such methods weak where the solution decays: they follow
 * oscillations only, see {@link #stability(double, double)}. Asynchronous leapfrog is not damped
 * here (its eta is 1), as only then a step with {@code -h} undoes a step with {@code h}.
 *
 * @param name the name users type
 * @param node where in the step f is evaluated
 * @param point how far along the slope
 * @param shadow how much of {@code y - z} is added; 0 for methods that carry no z
 * @param weight the part of that evaluation in the step
 */
public record ReversibleMethod(String name, double node, double point, double shadow, double weight)
    implements OneStepMethod, AdaptiveSolver {
  private static final int ORDER = 2;

  public ReversibleMethod {
    boolean second = point == node && 2 * node * weight == 1;
    boolean returns = shadow == 0 && node == 0.5 || shadow == 1 && node == 1;
    if (!second || !returns) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "The coefficients of %s are not those of %s: node %s, point %s, shadow %s, weight %s.",
              name,
              second
                  ? "a reversible method (node 1/2 and shadow 0, or node 1 and shadow 1)"
                  : "a method of order 2 (point = node, 2 node weight = 1)",
              node,
              point,
              shadow,
              weight));
    }
  }

  @Override
  public int order() {
    return ORDER;
  }

  /** {@return 2} The estimate is the difference to Euler's step along s. */
  @Override
  public int errorOrder() {
    return ORDER;
  }

  /** {@return 2: within one step the error of dense output shrinks like the third power of h} */
  public int denseOrder() {
    return ORDER;
  }

  /**
   * {@return how many rows a step takes over from the one before: s, and z if the method has it}
   */
  public int carriedRows() {
    return shadow == 0 ? 1 : 2;
  }

  /** {@return the weight of the carried slope in the state at a point of the step, by h} */
  public double slopeWeight(double theta) {
    return theta - weight * theta * theta;
  }

  /** {@return the weight of the evaluation in the state at a point of the step, by h} */
  public double evaluationWeight(double theta) {
    return weight * theta * theta;
  }

  /**
   * {@return by how much values of {@code y' = lambda y} grow in a step at most, for {@code h
   * lambda = re + i im}} It is the larger modulus of the two roots of {@code m² - 2 z m - 1 = 0},
   * for asynchronous leapfrog and reversible Heun alike, and for the leapfrog of three levels
   * ({@code y2 = y0 + 2 h f(y1)}) too. Their product is -1, so the values stay bounded only for
   * imaginary z up to 1 in modulus; a part that decays in the equation grows in the computation.
   */
  public double stability(double re, double im) {
    double squareRe = re * re - im * im + 1;
    double squareIm = 2 * re * im;
    double modulus = Math.sqrt(squareRe * squareRe + squareIm * squareIm);
    double rootRe = Math.sqrt(Math.max(0, (modulus + squareRe) / 2));
    double rootIm = Math.copySign(Math.sqrt(Math.max(0, (modulus - squareRe) / 2)), squareIm);
    double plus = (re + rootRe) * (re + rootRe) + (im + rootIm) * (im + rootIm);
    double minus = (re - rootRe) * (re - rootRe) + (im - rootIm) * (im - rootIm);
    return Math.sqrt(Math.max(plus, minus));
  }
}
