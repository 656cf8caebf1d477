package odeum.model;

import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.train.Drawn;

/**
 * How a flow is solved.
 *
 * @param base the distribution at the start
 * @param start when samples of the base set out
 * @param end when they arrive as data
 * @param noise of the estimate of the divergence while training, or empty for the exact one
 * @param levels what the data are if they are whole numbers
 */
record FlowSettings(
    BaseNormal base,
    double start,
    double end,
    Integrator integrator,
    Adjoint adjoint,
    Optional<Drawn> noise,
    Optional<Levels> levels) {
  private static final double TOLERANCE = 1e-5;

  FlowSettings {
    if (!(Double.isFinite(start) && Double.isFinite(end) && start != end)) {
      throw new IllegalArgumentException(
          "A flow goes from one time to another, got %s and %s.".formatted(start, end));
    }
  }

  static FlowSettings of(int dimension) {
    return new FlowSettings(
        BaseNormal.of(dimension, 1),
        0,
        1,
        Integrator.adaptive(Solvers.dopri5(), Pid.of(TOLERANCE, TOLERANCE)),
        Adjoint.direct(),
        Optional.empty(),
        Optional.empty());
  }

  FlowSettings withBase(BaseNormal other) {
    return new FlowSettings(other, start, end, integrator, adjoint, noise, levels);
  }

  FlowSettings withSpan(double from, double to) {
    return new FlowSettings(base, from, to, integrator, adjoint, noise, levels);
  }

  FlowSettings withIntegrator(Integrator other) {
    return new FlowSettings(base, start, end, other, adjoint, noise, levels);
  }

  FlowSettings withAdjoint(Adjoint other) {
    return new FlowSettings(base, start, end, integrator, other, noise, levels);
  }

  FlowSettings withNoise(Optional<Drawn> other) {
    return new FlowSettings(base, start, end, integrator, adjoint, other, levels);
  }

  FlowSettings withLevels(Levels other) {
    return new FlowSettings(base, start, end, integrator, adjoint, noise, Optional.of(other));
  }
}
