package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every explicit method against the trees: exact, where an observed order is only a slope. */
class OrderConditionsTest {
  private static final String ALL = "odeum.solver.TestEquation#explicitSolvers";

  /** Cayley's count of rooted trees, and of those in two colours. */
  @Test
  void growsEveryTree() {
    int[] plain = {0, 1, 1, 2, 4, 9, 20, 48, 115, 286};
    List<List<OrderConditions.Tree>> trees = OrderConditions.trees(9, 1);
    for (int nodes = 1; nodes < plain.length; nodes++) {
      assertEquals(plain[nodes], trees.get(nodes).size());
    }
    int[] coloured = {0, 2, 4, 14, 52, 214};
    List<List<OrderConditions.Tree>> two = OrderConditions.trees(5, 2);
    for (int nodes = 1; nodes < coloured.length; nodes++) {
      assertEquals(coloured[nodes], two.get(nodes).size());
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void theStepHasItsOrderAndNoMore(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    double residual = OrderConditions.ofStep(tableau, tableau.order());
    assertTrue(residual < 1e-13, () -> "seen " + residual);
    double next = OrderConditions.ofStep(tableau, tableau.order() + 1);
    assertTrue(next > 1e-8, () -> "seen " + next);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void denseOutputHasItsOrderAndNoMore(Solver solver) {
    ButcherTableau tableau = ((ExplicitRungeKutta) solver).tableau();
    double residual = OrderConditions.ofDense(tableau, tableau.denseOrder());
    assertTrue(residual < 1e-11, () -> "seen " + residual);
    double next = OrderConditions.ofDense(tableau, tableau.denseOrder() + 1);
    assertTrue(next > 1e-8, () -> "seen " + next);
  }
}
