package odeum.model;

import java.util.Optional;
import java.util.OptionalDouble;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.EachRow;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Parameters;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Losses;

/**
 * What a latent equation computes. Its parameters: {@code encoder} (reads a series backwards),
 * {@code posterior} (mean and log variance of the start from the state reached), {@code field},
 * {@code decoder}, and if it is trained {@code noise}, the logarithms of standard deviations.
 *
 * @param columns how many values a row has
 * @param latent how many numbers the latent state has
 * @param encoder what reads a series
 * @param field dz/dt
 * @param decoder from a latent state to the values of a row
 * @param noise the standard deviation of what is observed, or nothing if it is trained
 * @param integrator what solves the equation
 * @param adjoint how it is differentiated
 */
record LatentNet(
    int columns,
    int latent,
    Reader encoder,
    Layer field,
    Layer decoder,
    OptionalDouble noise,
    Integrator integrator,
    Adjoint adjoint) {
  /** Where a trained noise starts, in standard deviations of the data. */
  private static final double START_NOISE = 0.5;

  LatentNet {
    Rows.requireInputs(encoder.cell(), columns);
    if (noise.isPresent() && !(noise.getAsDouble() > 0)) {
      throw new IllegalArgumentException(
          "The noise is a positive standard deviation, got %s.".formatted(noise.getAsDouble()));
    }
  }

  /** Where a series starts: independent normal numbers, each of shape {@code (latent)}. */
  record Posterior(Tracer mean, Tracer logVariance) {
    Tracer deviation() {
      return logVariance.times(0.5).exp();
    }
  }

  LatentNet withEncoder(Reader other) {
    return new LatentNet(columns, latent, other, field, decoder, noise, integrator, adjoint);
  }

  LatentNet withNoise(OptionalDouble other) {
    return new LatentNet(columns, latent, encoder, field, decoder, other, integrator, adjoint);
  }

  LatentNet withIntegrator(Integrator other) {
    return new LatentNet(columns, latent, encoder, field, decoder, noise, other, adjoint);
  }

  LatentNet withAdjoint(Adjoint other) {
    Reader reader =
        new Reader(
            encoder.cell(), encoder.drift().map(d -> new Drift(d.field(), d.integrator(), other)));
    return new LatentNet(columns, latent, reader, field, decoder, noise, integrator, other);
  }

  private Linear head() {
    return Linear.of(encoder.cell().states(), 2 * latent);
  }

  Parameters initial(RandomKey key) {
    Parameters all =
        Parameters.of("encoder", encoder.initial(key.fold(0)))
            .and("posterior", head().initial(key.fold(1)))
            .and("field", field.initial(key.fold(2)))
            .and("decoder", decoder.initial(key.fold(3)));
    Tensor log = Tensor.full(Shape.of(columns), Elementary.log(START_NOISE));
    return noise.isPresent() ? all : all.and("noise", log);
  }

  Posterior posterior(Traced p, Rows rows) {
    Tracer read = encoder.read(p.at("encoder"), rows, true).last();
    Tracer both = head().apply(p.at("posterior"), read);
    return new Posterior(both.slice(0, 0, latent), both.slice(0, latent, 2 * latent));
  }

  /**
   * {@return what is expected at times, the first of which is that of z0, shape (times, columns)}
   */
  Tracer expected(Traced p, Tracer z0, Tracer times) {
    Solve solve = Solve.of((t, z, q) -> field.apply(q, z), integrator, adjoint);
    Tracer states = solve.apply(p.at("field"), z0, times);
    return new EachRow(decoder).apply(p.at("decoder"), states);
  }

  /** {@return the standard deviation of each column's noise, shape {@code (columns)}} */
  Tracer deviations(Traced p) {
    return noise.isPresent()
        ? p.flat().constant(Tensor.full(Shape.of(columns), noise.getAsDouble()))
        : p.get("noise").exp();
  }

  /**
   * {@return the negative log likelihood of each value, shape (rows, columns); zero without one}
   */
  Tracer surprises(Traced p, Rows rows, Tracer z0) {
    Tracer errors = expected(p, z0, rows.times()).minus(rows.y());
    Tracer deviations = deviations(p).broadcast(errors.shape());
    return rows.ofValues(Losses.gaussianValues(errors, deviations));
  }

  /**
   * {@return the negative evidence lower bound of a sample: what its values cost from a drawn
   * start, and the divergence of the starts from standard normal ones}
   *
   * @param noise standard normal numbers, shape {@code (latent)}
   * @param weight of the divergence, 1 if there is none
   */
  Tracer bound(Traced p, Rows rows, Tracer noise, Optional<Tracer> weight) {
    Posterior start = posterior(p, rows);
    Tracer z0 = start.mean().plus(start.deviation().times(noise));
    Tracer divergence = Losses.normalDivergence(start.mean(), start.logVariance());
    return surprises(p, rows, z0).sum().plus(weight.map(divergence::times).orElse(divergence));
  }

  @Override
  public String toString() {
    return "%s, field %s, decoder %s".formatted(encoder, field, decoder);
  }
}
