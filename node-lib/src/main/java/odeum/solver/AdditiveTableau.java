package odeum.solver;

import java.util.Locale;

/**
 * The coefficients of an additive (implicit-explicit, IMEX) Runge-Kutta method for {@code y' = f(t,
 * y) + g(t, y)}, checked when built: f is stepped over explicitly, g implicitly.
 *
 * <pre>
 *   Y_i = y + h sum_j (a_ij k_j + A_ij l_j)      k_i = f(t + c_i h, Y_i)
 *   y1  = y + h sum_i b_i (k_i + l_i)            l_i = g(t + c_i h, Y_i)
 * </pre>
 *
 * <p>Both parts share the times c, the weights b, the error weights and dense output. So the
 * estimate and dense output are those of either part with {@code k_i + l_i} for the slopes. The
 * state of the last stage is not y1, even where the implicit part alone is stiffly accurate: a step
 * reuses no slope of the step before.
 *
 * @param explicit a and what is shared; its closing stage plays no part
 * @param implicit A and what is shared; its first stage is explicit
 */
public record AdditiveTableau(ButcherTableau explicit, ButcherTableau implicit) {
  public AdditiveTableau {
    require(explicit.isExplicit(), "The first tableau has implicit stages.");
    require(!implicit.isExplicit(), "The second tableau has no implicit stage.");
    require(implicit.a(0, 0) == 0, "The first stage must be explicit in both tableaus.");
    require(
        explicit.order() == implicit.order()
            && explicit.errorOrder() == implicit.errorOrder()
            && explicit.estimates() == implicit.estimates(),
        "The two tableaus differ in their orders.");
    require(
        explicit.stages() == implicit.stages()
            && explicit.allStages() == explicit.stages()
            && implicit.allStages() == implicit.stages(),
        "The two tableaus need as many stages, and dense output from these alone.");
    requireShared(explicit, implicit);
  }

  private static void requireShared(ButcherTableau explicit, ButcherTableau implicit) {
    require(explicit.degree() == implicit.degree(), "The dense outputs differ in their degree.");
    for (int i = 0; i < explicit.stages(); i++) {
      require(explicit.c(i) == implicit.c(i), "The times c of stage %d differ.", i);
      require(explicit.b(i) == implicit.b(i), "The weights b of stage %d differ.", i);
      for (int m = 0; m < explicit.estimates(); m++) {
        boolean same = explicit.error(m, i) == implicit.error(m, i);
        require(same, "The error weights of stage %d differ.", i);
      }
      for (int j = 0; j < explicit.degree(); j++) {
        require(explicit.p(i, j) == implicit.p(i, j), "The dense output of stage %d differs.", i);
      }
    }
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }

  /** {@return the order of the step} */
  public int order() {
    return implicit.order();
  }

  /** {@return the power of h the error estimate shrinks with; 0 without an estimate} */
  public int errorOrder() {
    return implicit.errorOrder();
  }

  /** {@return how many stages there are} */
  public int stages() {
    return implicit.stages();
  }
}
