package odeum.model;

import odeum.adjoint.Adjoint;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.solver.Integrator;
import odeum.solver.Pid;
import odeum.solver.Solvers;
import odeum.tensor.Structure;
import odeum.train.Limits;

/**
 * How the equation of an {@link OdeNet} is solved, and until when.
 *
 * @param integrator solver and tolerances
 * @param adjoint how the solve is differentiated
 * @param end the end of the span; where it starts if it is learned
 * @param learned whether the end is a parameter
 */
record OdeNetSettings(Integrator integrator, Adjoint adjoint, double end, boolean learned) {
  /** The name of a learned end among the parameters. */
  static final String END = "end";

  /** A learned end stays above this share of where it starts. */
  private static final double LEAST_SHARE = 1e-3;

  static final OdeNetSettings DEFAULT =
      new OdeNetSettings(dopri5(1e-3), Adjoint.direct(), 1, false);

  OdeNetSettings {
    if (!(end > 0 && end < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("The span ends after 0, got %s.".formatted(end));
    }
  }

  static Integrator dopri5(double tolerance) {
    return Integrator.adaptive(Solvers.dopri5(), Pid.of(tolerance, tolerance));
  }

  OdeNetSettings withIntegrator(Integrator other) {
    return new OdeNetSettings(other, adjoint, end, learned);
  }

  OdeNetSettings withAdjoint(Adjoint other) {
    return new OdeNetSettings(integrator, other, end, learned);
  }

  OdeNetSettings withEnd(double time, boolean isLearned) {
    return new OdeNetSettings(integrator, adjoint, time, isLearned);
  }

  /** {@return all parameters, from those of the layers} */
  Parameters joined(Parameters layers) {
    return learned ? layers.and(END, end) : layers;
  }

  /** {@return the parameters of the layers among all} */
  Parameters layers(Parameters all) {
    if (!learned) {
      return all;
    }
    Parameters layers = Parameters.EMPTY;
    for (Structure.Part part : all.structure().parts()) {
      layers = part.name().equals(END) ? layers : layers.and(part.name(), all.tensor(part.name()));
    }
    return layers;
  }

  double end(Parameters all) {
    return learned ? all.get(END) : end;
  }

  Tracer end(Traced p) {
    return learned ? p.get(END) : p.flat().constant(end);
  }

  Limits limits() {
    return learned ? Limits.of(END, end * LEAST_SHARE, Double.POSITIVE_INFINITY) : Limits.NONE;
  }
}
