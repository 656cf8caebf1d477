package odeum.solver;

import java.util.Arrays;
import java.util.Locale;

/** The identities every tableau satisfies, whatever its order. */
final class TableauCheck {
  private static final double TOLERANCE = 1e-12;

  private TableauCheck() {}

  static void check(ButcherTableau tableau) {
    require(
        tableau.c(0) == 0 || tableau.a(0, 0) != 0, "A method starts with c = 0, or implicitly.");
    require(
        tableau.closing() < 0 || tableau.a(0, 0) == 0,
        "The first stage is implicit, so no step can begin with the last slope of another. Put an"
            + " explicit stage with c = 0 before it.");
    for (int i = 0; i < tableau.allStages(); i++) {
      require(sums(tableau.row(i), tableau.c(i)), "Row %d of a must sum to c.", i);
    }
    require(sums(tableau.weights(), 1), "The weights b must sum to 1.");
    for (int i = 0; i < tableau.estimates(); i++) {
      double[] weights = tableau.errorWeights(i);
      require(weights.length == tableau.allStages(), "Each stage needs one error weight.");
      require(sums(weights, 0), "The error weights must sum to 0.");
    }
    checkDense(tableau);
  }

  /** An explicit method must not hold an implicit stage. */
  static void explicit(String name, ButcherTableau tableau) {
    require(tableau.isExplicit(), "The tableau of %s has implicit stages.", name);
  }

  /** Row i may have i weights, or one more on the diagonal. */
  static void lengths(double[][] rows, int diagonal) {
    for (int i = 0; i < rows.length; i++) {
      int most = i + diagonal;
      require(rows[i].length <= most, "Row %d of a has more than %d weights.", i, most);
    }
  }

  private static void checkDense(ButcherTableau tableau) {
    requireRows(tableau);
    double[] column = new double[tableau.allStages()];
    for (int j = 0; j < tableau.degree(); j++) {
      for (int i = 0; i < column.length; i++) {
        column[i] = tableau.p(i, j);
      }
      require(sums(column, j == 0 ? 1 : 0), "Column %d of p must sum to %d.", j, j == 0 ? 1 : 0);
    }
    double[] row = new double[tableau.degree()];
    for (int i = 0; i < column.length; i++) {
      for (int j = 0; j < row.length; j++) {
        row[j] = tableau.p(i, j);
      }
      require(sums(row, tableau.b(i)), "Row %d of p must sum to b.", i);
    }
  }

  private static void requireRows(ButcherTableau tableau) {
    int[] lengths = tableau.denseLengths();
    boolean even = Arrays.stream(lengths).allMatch(length -> length > 0 && length == lengths[0]);
    require(
        even && lengths.length == tableau.allStages(),
        "Dense output needs %d rows p of equal length, one for each stage.",
        tableau.allStages());
  }

  /** Within rounding of the sum's own terms. */
  private static boolean sums(double[] terms, double expected) {
    double sum = 0;
    double magnitude = 1;
    for (double term : terms) {
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
