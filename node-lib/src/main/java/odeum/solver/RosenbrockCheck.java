package odeum.solver;

import java.util.Arrays;
import java.util.Locale;

/** The identities every Rosenbrock method satisfies, whatever its order. */
final class RosenbrockCheck {
  private static final double TOLERANCE = 1e-12;

  private RosenbrockCheck() {}

  static void lengths(int stages, int... lengths) {
    require(
        stages > 0 && Arrays.stream(lengths).allMatch(length -> length == stages),
        "%d weights m need as many c, d, a and C, got %s.",
        stages,
        Arrays.toString(lengths));
  }

  static void check(RosenbrockTableau tableau) {
    int stages = tableau.stages();
    require(tableau.gamma() > 0, "gamma must be positive, got %s.", tableau.gamma());
    require(tableau.c(0) == 0, "The first stage is at c = 0.");
    for (int i = 0; i < stages; i++) {
      double[] row = tableau.row(i);
      double[] coupling = tableau.couplingRow(i);
      require(row.length == i && coupling.length == i, "Row %d needs %d weights.", i, i);
      double total = tableau.d(i) / tableau.gamma();
      require(sums(tableau, coupling, 1, total), "Row %d of G must sum to d.", i);
      require(sums(tableau, row, 0, tableau.c(i)), "Row %d of a G must sum to c.", i);
    }
    require(sums(tableau, tableau.weights(), 0, 1), "The weights m G must sum to 1.");
    require(tableau.errorWeights().length == stages, "Each stage needs one error weight.");
    require(sums(tableau, tableau.errorWeights(), 0, 0), "The error weights e G must sum to 0.");
    checkDense(tableau);
  }

  private static void checkDense(RosenbrockTableau tableau) {
    for (double[] row : tableau.denseRows()) {
      require(row.length == tableau.stages(), "Each stage needs one weight of dense output.");
      require(sums(tableau, row, 0, 0), "The rows h G must sum to 0.");
    }
    int most = Math.min(tableau.order(), tableau.degree());
    require(
        tableau.denseOrder() >= 1 && tableau.denseOrder() <= most,
        "Dense output has an order from 1 to %d here, not %d.",
        most,
        tableau.denseOrder());
  }

  /** Whether first + row . d is what it should be, within rounding of the sum's own terms. */
  private static boolean sums(
      RosenbrockTableau tableau, double[] row, double first, double expected) {
    double sum = first;
    double magnitude = 1;
    for (int j = 0; j < row.length; j++) {
      double term = row[j] * tableau.d(j);
      sum += term;
      magnitude += Math.abs(term);
    }
    return Math.abs(sum - expected) <= TOLERANCE * magnitude;
  }

  private static void require(boolean holds, String message, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, message, values));
    }
  }
}
