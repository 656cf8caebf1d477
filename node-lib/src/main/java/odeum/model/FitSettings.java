package odeum.model;

import odeum.adjoint.Adjoint;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.train.Loss;

/**
 * How a system is fitted to series.
 *
 * @param integrator solver and tolerances
 * @param adjoint how the solve is differentiated
 * @param loss how errors are measured
 * @param window how many rows a sample has, or 0 for whole series
 */
record FitSettings(Integrator integrator, Adjoint adjoint, Loss loss, int window) {
  static final FitSettings DEFAULT =
      new FitSettings(Integrator.of(Solvers.tsit5()), Adjoint.direct(), Loss.MEAN_SQUARE, 0);

  FitSettings withIntegrator(Integrator other) {
    return new FitSettings(other, adjoint, loss, window);
  }

  FitSettings withAdjoint(Adjoint other) {
    return new FitSettings(integrator, other, loss, window);
  }

  FitSettings withLoss(Loss other) {
    return new FitSettings(integrator, adjoint, other, window);
  }

  FitSettings withWindow(int rows) {
    if (rows < 2) {
      throw new IllegalArgumentException(
          "A window needs two rows or more, got %s.".formatted(rows));
    }
    return new FitSettings(integrator, adjoint, loss, rows);
  }
}
