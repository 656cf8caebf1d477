package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver keeps, with fixed steps. */
class SolverContractTest {
  private static final String ALL = "odeum.solver.TestEquation#solvers";

  @ParameterizedTest
  @MethodSource(ALL)
  void convergesAtItsOrder(Solver solver) {
    assertEquals(solver.order(), Convergence.order(solver), 0.2);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void denseOutputHasItsOrder(Solver solver) {
    int order = ((ExplicitRungeKutta) solver).tableau().denseOrder();
    assertEquals(order + 1, Convergence.denseRate(solver), 0.2);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void goesBackwardAsForward(Solver solver) {
    TestEquation equation = TestEquation.HARMONIC_OSCILLATOR;
    Integrator integrator = Integrator.fixed(solver, equation.end() / 1000);
    Solution forward = integrator.solve(equation.forward());
    Solution backward = integrator.solve(equation.backward());
    assertEquals(equation.end(), backward.times()[0]);
    assertEquals(0, backward.times()[199]);
    assertEquals(forward.statistics(), backward.statistics());
    double there = equation.error(forward);
    double back = equation.error(backward);
    assertTrue(back < 2 * there + 1e-13, () -> there + " forward, " + back + " backward");
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void stepsBackToItsStart(Solver solver) {
    TestEquation equation = TestEquation.LOGISTIC;
    double h = 1e-3;
    Problem.Of there = equation.forward();
    Integrator integrator = Integrator.fixed(solver, h).withSaveAt(SaveAt.end());
    Tensor end = integrator.solve(there, 0, 1).state(1);
    Solution back = integrator.solve(Problem.of(there.term(), end, 1, 0));
    double allowed = solver.order() == 1 ? 1e-3 : 1e-6;
    assertEquals(there.initial().at(0), back.last("y0"), allowed);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void savesWhereAsked(Solver solver) {
    TestEquation equation = TestEquation.BREATHING;
    Integrator integrator = Integrator.fixed(solver, 0.01);
    double[] asked = {0, 0.003, 0.01, 1.23456, 3, 4.999, 5};
    Solution solution = integrator.withSaveAt(SaveAt.times(asked)).solve(equation.forward());
    assertArrayEquals(asked, solution.times());
    double allowed = solver.order() == 1 ? 0.1 : 3e-4;
    assertTrue(equation.error(solution) < allowed);
    assertEquals(500, solution.statistics().accepted());

    Solution steps = integrator.withSaveAt(SaveAt.steps()).solve(equation.forward());
    assertEquals(501, steps.size());
    assertEquals(137 * 0.01, steps.times()[137]);
    assertEquals(steps.at(1.23456, "y0"), solution.values("y0")[3]);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void savingMoreChangesNoBit(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.03);
    Problem problem = TestEquation.KEPLER.forward();
    Tensor sparse = integrator.withSaveAt(SaveAt.end()).solve(problem).state(1);
    Solution dense = integrator.withSaveAt(SaveAt.even(5000)).solve(problem);
    assertEquals(sparse, dense.state(4999));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void givesTheSameBitsTwice(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.05);
    Solution first = integrator.solve(TestEquation.COUPLED.forward());
    Solution second = integrator.solve(TestEquation.COUPLED.forward());
    for (String name : first.names()) {
      assertArrayEquals(first.values(name), second.values(name));
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void bitsDoNotDependOnTheSizeOfTheState(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.1).withSaveAt(SaveAt.end());
    OdeTerm many =
        OdeTerm.of(
            100,
            (t, y, dy) -> {
              for (int i = 0; i < 100; i++) {
                dy[i] = y[i] * (1 - y[i] / 4);
              }
            });
    double[] ones = new double[100];
    Arrays.fill(ones, 1);
    Solution wide = integrator.solve(Problem.of(many, Tensor.vector(ones), 0, 6));
    double alone = integrator.solve(TestEquation.LOGISTIC.forward()).last("y0");
    assertEquals(alone, wide.last("y0"));
    assertEquals(alone, wide.last("y99"));
  }
}
