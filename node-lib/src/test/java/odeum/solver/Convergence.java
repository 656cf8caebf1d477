package odeum.solver;

import odeum.tensor.Tensor;

/** Observed orders. */
final class Convergence {
  private Convergence() {}

  /** The order seen in the largest error within and at all steps, from many and twice as many. */
  static double order(Solver solver) {
    int steps =
        switch (solver) {
          case SymplecticMethod _ -> solver.order() > 4 ? 80 : solver.order() == 3 ? 1280 : 160;
          case StagedMethod _ -> solver.order() > 4 ? 40 : 160;
          default -> solver.order() > 8 ? 8 : solver.order() > 4 ? 20 : 160;
        };
    return rate(error(solver, steps), error(solver, 2 * steps));
  }

  /** Dense output that falls short of the method by more than one order would set the rate. */
  private static double error(Solver solver, int steps) {
    TestEquation equation = TestEquation.nonlinear(solver);
    boolean within = !(solver instanceof StagedMethod m) || m.denseOrder() >= m.order() - 1;
    return equation.error(
        Integrator.fixed(solver, equation.end() / steps)
            .withSaveAt(SaveAt.even((within ? 7 : 1) * steps + 1))
            .solve(equation.forward()));
  }

  /** The power of h that the error of one step shrinks with: the order and one. */
  static double stepRate(Solver solver) {
    double h = solver.order() > 5 ? 0.2 : solver.order() > 3 ? 0.04 : 0.002;
    return rate(stepError(solver, h, SaveAt.end()), stepError(solver, h / 2, SaveAt.end()));
  }

  /** The power of h that the dense output's largest error within one step shrinks with. */
  static double denseRate(Solver solver) {
    double h =
        switch (solver) {
          case SymplecticMethod _ -> 0.001;
          case StagedMethod _ -> 0.02;
          default -> solver.order() > 8 ? 0.5 : solver.order() > 5 ? 0.1 : 0.02;
        };
    SaveAt within = SaveAt.even(33);
    return rate(stepError(solver, h, within), stepError(solver, h / 2, within));
  }

  private static double stepError(Solver solver, double h, SaveAt saveAt) {
    TestEquation equation = TestEquation.KEPLER;
    double start = 0.3;
    Problem problem =
        Problem.of(equation.term(), Tensor.vector(equation.exact(start)), start, start + h);
    return equation.error(Integrator.fixed(solver, h).withSaveAt(saveAt).solve(problem));
  }

  static double rate(double error, double errorOfHalf) {
    return StrictMath.log(error / errorOfHalf) / StrictMath.log(2);
  }
}
