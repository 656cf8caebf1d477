package odeum.solver;

import odeum.tensor.Tensor;

/** Observed orders. */
final class Convergence {
  private Convergence() {}

  /** The order seen in the largest error within and at all steps, from many and twice as many. */
  static double order(Solver solver) {
    int steps = solver.order() > 4 ? 20 : 160;
    return rate(error(solver, steps), error(solver, 2 * steps));
  }

  private static double error(Solver solver, int steps) {
    TestEquation equation = TestEquation.COUPLED;
    return equation.error(
        Integrator.fixed(solver, equation.end() / steps)
            .withSaveAt(SaveAt.even(7 * steps + 1))
            .solve(equation.forward()));
  }

  /** The power of h that the dense output's error within one step shrinks with. */
  static double denseRate(Solver solver) {
    double h = solver.order() > 5 ? 0.05 : 0.02;
    return rate(denseError(solver, h), denseError(solver, h / 2));
  }

  private static double denseError(Solver solver, double h) {
    TestEquation equation = TestEquation.COUPLED;
    double start = 0.6;
    Problem problem =
        Problem.of(equation.term(), Tensor.vector(equation.exact(start)), start, start + h);
    return equation.error(
        Integrator.fixed(solver, h).withSaveAt(SaveAt.even(33)).solve(problem));
  }

  static double rate(double error, double errorOfHalf) {
    return StrictMath.log(error / errorOfHalf) / StrictMath.log(2);
  }
}
