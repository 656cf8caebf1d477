package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A coefficient of each family that is a little wrong shows in the order of its steps. */
class MutatedStepsTest {
  private static final double MUTATION = 1e-2;

  private static void loses(Solver healthy, Solver mutant) {
    assertEquals(healthy.order(), Convergence.order(healthy), 0.2);
    double seen = Convergence.order(mutant);
    assertTrue(seen < healthy.order() - 0.5, () -> healthy.name() + " mutated has order " + seen);
  }

  private static double[][] rows(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages())
        .mapToObj(i -> tableau.row(i).clone())
        .toArray(double[][]::new);
  }

  private static double[] times(ButcherTableau tableau) {
    return IntStream.range(0, tableau.stages()).mapToDouble(tableau::c).toArray();
  }

  private static double[] weights(ButcherTableau tableau) {
    return Arrays.copyOf(tableau.weights(), tableau.stages());
  }

  private static ButcherTableau withStage(ButcherTableau tableau, int stage, int from, int to) {
    double[][] a = rows(tableau);
    a[stage][from] += MUTATION;
    a[stage][to] -= MUTATION;
    int order = tableau.order();
    ButcherTableau bare = ButcherTableau.implicit(order, times(tableau), a, weights(tableau));
    return bare.withError(
        tableau.errorOrder(), Arrays.copyOf(tableau.errorWeights(0), tableau.stages()));
  }

  /** Between two earlier stages, and between one and the diagonal. */
  @Test
  void aStageOfAnImplicitMethod() {
    ButcherTableau kvaerno3 = Solvers.kvaerno3().tableau();
    loses(Solvers.kvaerno3(), new ImplicitRungeKutta("x", withStage(kvaerno3, 2, 0, 1)));
    loses(Solvers.kvaerno3(), new ImplicitRungeKutta("x", withStage(kvaerno3, 1, 0, 1)));
    ButcherTableau kvaerno5 = Solvers.kvaerno5().tableau();
    loses(Solvers.kvaerno5(), new ImplicitRungeKutta("x", withStage(kvaerno5, 4, 1, 2)));
    loses(Solvers.kvaerno5(), new ImplicitRungeKutta("x", withStage(kvaerno5, 3, 2, 3)));
  }

  /** The sum of both parts needs conditions that couple them. */
  @Test
  void aStageOfEitherPartOfAnAdditiveMethod() {
    AdditiveTableau tableau = Solvers.kencarp4().tableau();
    double[][] dense = new double[tableau.stages()][tableau.implicit().degree()];
    for (int i = 0; i < dense.length; i++) {
      for (int j = 0; j < dense[i].length; j++) {
        dense[i][j] = tableau.implicit().p(i, j);
      }
    }
    ButcherTableau implicit = withStage(tableau.implicit(), 3, 0, 1).withDense(dense);
    var mutant = new AdditiveRungeKutta("x", new AdditiveTableau(tableau.explicit(), implicit));
    loses(Solvers.kencarp4(), mutant);
  }

  /** Two weights of a stage, of its coupling, and of the step, so that no sum tells. */
  @Test
  void aCoefficientOfARosenbrockMethod() {
    RosenbrockTableau tableau = Solvers.rodas5p().tableau();
    int stages = tableau.stages();
    double[] c = IntStream.range(0, stages).mapToDouble(tableau::c).toArray();
    double[] d = IntStream.range(0, stages).mapToDouble(tableau::d).toArray();
    for (int which = -1; which < 3; which++) {
      double[][] a = new double[stages][];
      double[][] coupling = new double[stages][];
      for (int i = 0; i < stages; i++) {
        a[i] = tableau.row(i).clone();
        coupling[i] = tableau.couplingRow(i).clone();
      }
      double[] m = tableau.weights().clone();
      double[] mutated =
          switch (which) {
            case 0 -> a[3];
            case 1 -> coupling[4];
            case 2 -> m;
            default -> new double[2];
          };
      mutated[0] += MUTATION / d[0];
      mutated[1] -= MUTATION / d[1];
      RosenbrockTableau mutant =
          RosenbrockTableau.of(5, tableau.gamma(), c, d, a, coupling, m)
              .withError(5, tableau.errorWeights())
              .withDense(4, tableau.denseRows());
      RosenbrockMethod method = new RosenbrockMethod("x", mutant);
      if (which < 0) {
        assertEquals(5, Convergence.order(method), 0.2);
      } else {
        loses(Solvers.rodas5p(), method);
      }
    }
  }

  @Test
  void aKickOfASymplecticMethod() {
    double[] kicks = {7 / 24.0 + MUTATION, 3 / 4.0 - MUTATION, -1 / 24.0};
    double[] drifts = {2 / 3.0, -2 / 3.0, 1};
    loses(Solvers.ruth3(), new SymplecticMethod("x", SymplecticScheme.of(3, drifts, kicks)));
    SymplecticScheme yoshida4 = SymplecticScheme.ofVerletSteps(4, 1.36, 1 - 2 * 1.36, 1.36);
    loses(Solvers.yoshida4(), new SymplecticMethod("x", yoshida4));
    SymplecticScheme yoshida6 =
        SymplecticScheme.ofVerletSteps(
            6,
            0.79,
            0.23557321335935813,
            -1.177679984178871,
            1 - 2 * (0.79 + 0.23557321335935813 - 1.177679984178871),
            -1.177679984178871,
            0.23557321335935813,
            0.79);
    loses(Solvers.yoshida6(), new SymplecticMethod("x", yoshida6));
  }
}
