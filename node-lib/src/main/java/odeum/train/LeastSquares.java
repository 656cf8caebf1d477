package odeum.train;

import java.util.Optional;
import odeum.graph.Traced;
import odeum.graph.Tracer;

/** The mean square of residuals. */
record LeastSquares(Residuals of) implements Objective {
  @Override
  public Tracer loss(Traced p, Traced sample) {
    return of.of(p, sample).square().mean();
  }

  @Override
  public Optional<Residuals> residuals() {
    return Optional.of(of);
  }
}
