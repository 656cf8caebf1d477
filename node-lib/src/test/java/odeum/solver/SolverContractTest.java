package odeum.solver;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.VectorField;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every solver keeps, with fixed steps. */
class SolverContractTest {
  private static final String ALL = "odeum.solver.TestEquation#solvers";

  /** Without the symplectic ones, which solve separable equations only. */
  private static final String GENERAL = "odeum.solver.TestEquation#generalSolvers";

  @ParameterizedTest
  @MethodSource(ALL)
  void convergesAtItsOrder(Solver solver) {
    assertEquals(solver.order(), Convergence.order(solver), 0.2);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void denseOutputHasItsOrder(Solver solver) {
    int order =
        switch (solver) {
          case ExplicitRungeKutta explicit -> explicit.tableau().denseOrder();
          case StagedMethod staged -> staged.denseOrder();
          case ReversibleMethod reversible -> reversible.denseOrder();
          default -> throw new AssertionError(solver);
        };
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
    boolean symplectic = solver instanceof SymplecticMethod;
    TestEquation equation = symplectic ? TestEquation.KEPLER : TestEquation.LOGISTIC;
    double h = 1e-3;
    Problem.Of there = equation.forward();
    Integrator integrator = Integrator.fixed(solver, h).withSaveAt(SaveAt.end());
    Tensor end = integrator.solve(there, 0, 1).state(1);
    Solution back = integrator.solve(Problem.of(there.term(), end, 1, 0));
    double allowed = solver.order() == 1 ? 3e-3 : 1e-6;
    assertEquals(there.initial().at(0), back.last("y0"), allowed);
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void savesWhereAsked(Solver solver) {
    boolean symplectic = solver instanceof SymplecticMethod;
    TestEquation equation = symplectic ? TestEquation.KEPLER : TestEquation.BREATHING;
    Integrator integrator = Integrator.fixed(solver, 0.01);
    double[] asked = {0, 0.003, 0.01, 1.23456, 3, 4.999, 5};
    Solution solution = integrator.withSaveAt(SaveAt.times(asked)).solve(equation.forward());
    assertArrayEquals(asked, solution.times());
    double allowed = solver.order() == 1 ? 0.1 : symplectic ? 3e-3 : 3e-4;
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
    Integrator integrator = Integrator.fixed(solver, 0.01);
    Problem problem = TestEquation.KEPLER.forward();
    Tensor sparse = integrator.withSaveAt(SaveAt.end()).solve(problem).state(1);
    Solution dense = integrator.withSaveAt(SaveAt.even(5000)).solve(problem);
    assertEquals(sparse, dense.state(4999));
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void givesTheSameBitsTwice(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.05);
    Problem problem = TestEquation.nonlinear(solver).forward();
    Solution first = integrator.solve(problem);
    Solution second = integrator.solve(problem);
    for (String name : first.names()) {
      assertArrayEquals(first.values(name), second.values(name));
    }
  }

  /**
   * Of a batch of equations that know nothing of each other, so that the Jacobian is diagonal and
   * all need as many iterations. Where they differ, Newton's method goes on until their mean is
   * solved, so the bits of one then depend on the others, within its tolerance.
   */
  @ParameterizedTest
  @MethodSource(GENERAL)
  void bitsDoNotDependOnTheSizeOfTheState(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.1).withSaveAt(SaveAt.end());
    VectorField logistic = (t, y, p) -> y.times(y.div(-4).plus(1));
    double[] ones = new double[100];
    Arrays.fill(ones, 1);
    OdeTerm many = OdeTerm.of(logistic, 100);
    Solution wide = integrator.solve(Problem.of(many, Tensor.vector(ones), 0, 6));
    Problem one = Problem.of(OdeTerm.of(logistic, 1), Tensor.vector(1), 0, 6);
    double alone = integrator.solve(one).last("y0");
    assertEquals(alone, wide.last("y0"));
    assertEquals(alone, wide.last("y99"));
    assertEquals(4 / (1 + 3 * StrictMath.exp(-6)), alone, solver.order() == 1 ? 0.01 : 1e-3);
  }

  @ParameterizedTest
  @MethodSource("odeum.solver.TestEquation#explicitSolvers")
  void bitsDoNotDependOnTheOtherSamples(Solver solver) {
    Integrator integrator = Integrator.fixed(solver, 0.1).withSaveAt(SaveAt.end());
    VectorField logistic = (t, y, p) -> y.times(y.div(-4).plus(1));
    double[] starts = new double[100];
    Arrays.setAll(starts, i -> 1 + i / 10.0);
    OdeTerm many = OdeTerm.of(logistic, 100);
    Solution wide = integrator.solve(Problem.of(many, Tensor.vector(starts), 0, 6));
    Problem one = Problem.of(OdeTerm.of(logistic, 1), Tensor.vector(1), 0, 6);
    assertEquals(integrator.solve(one).last("y0"), wide.last("y0"));
  }

  /** The derivative of dense output is one order less precise than its values. */
  @ParameterizedTest
  @MethodSource(ALL)
  void denseOutputHasADerivative(Solver solver) {
    if (solver instanceof SymplecticMethod) {
      return; // this equation has no positions and velocities
    }
    Solution solution = Integrator.fixed(solver, 0.01).solve(TestEquation.LOGISTIC.forward());
    double allowed = solver.order() == 1 ? 2e-2 : 5e-4;
    for (double t : new double[] {0, 0.003, 1.2345, 2.5, 6}) {
      double y = TestEquation.LOGISTIC.exact(t)[0];
      assertEquals(y * (1 - y / 4), solution.derivative(t, "y0"), allowed, "t = " + t);
    }
  }
}
