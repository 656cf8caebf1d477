package odeum.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import odeum.adjoint.Adjoint;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Activation;
import odeum.nn.Cell;
import odeum.nn.GruCell;
import odeum.nn.Layer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.Drawn;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A latent equation (Chen et al. 2018, arXiv:1806.07366; Rubanova et al. 2019, arXiv:1907.03907):
 * an encoder reads a series backwards and tells where an equation of hidden states may have
 * started, a decoder reads the values from its solution. Times may be irregular, values may be
 * missing, and series may differ in length. Immutable; training gives another one.
 *
 * <pre>
 *   q(z0) = N(mean, variance) = posterior(encoder(series))
 *   dz/dt = field(z),   value at t ~ N(decoder(z(t)), noise²)
 *   minimised: E_q[-log p(values | z0)] + weight · KL(q(z0) | N(0, 1))
 * </pre>
 *
 * <pre>{@code
 * LatentOde model = LatentOde.of(1, 6).withAnnealing(100);
 * TrainingResult<LatentOde> fit = Trainer.of(model).epochs(400).run(series);
 * Forecast f = fit.model().predict(series, times, 200, RandomKey.of(0));
 * }</pre>
 *
 * <p>Fitted to series, it learns their columns in units of their standard deviation, and each
 * sample's time starts with 0. A data set of one's own has the fields {@code times} (rows), {@code
 * y} (rows, columns), and where values are missing {@code measured}, 1 where there is one; {@link
 * #drawn} adds the fields that are drawn. Series with the same times are solved together.
 */
public final class LatentOde implements Trainable<LatentOde> {
  private static final String NOISE = "noise";
  private static final String WEIGHT = "weight";
  private static final int STATES = 24;

  private final LatentNet net;
  private final int annealing;
  private final SeriesData data;
  private final Optional<Parameters> values;

  private LatentOde(LatentNet net, int annealing, SeriesData data, Optional<Parameters> values) {
    this.net = net;
    this.annealing = annealing;
    this.data = data;
    this.values = values;
  }

  /**
   * {@return a model of so many columns by so many latent states, with an ODE-RNN as its encoder}
   */
  public static LatentOde of(int columns, int latent) {
    return of(
            columns,
            latent,
            GruCell.of(2 * columns, STATES),
            Mlp.of(Activation.TANH, latent, STATES, latent),
            Mlp.of(Activation.TANH, latent, STATES, columns))
        .withEncoderField(Mlp.of(STATES, STATES, STATES));
  }

  /**
   * {@return a model of any layers, with a recurrent network as its encoder}
   *
   * @param columns how many values a row has
   * @param latent how many numbers the latent state has
   * @param encoder reads the rows, last to first; its inputs are the values, or these and for each
   *     whether it was measured, or these and the time since the row before
   * @param field dz/dt
   * @param decoder from z to the values of a row
   */
  public static LatentOde of(int columns, int latent, Cell encoder, Layer field, Layer decoder) {
    LatentNet net =
        new LatentNet(
            columns,
            latent,
            Reader.of(encoder),
            field,
            decoder,
            OptionalDouble.empty(),
            Integrator.of(Solvers.tsit5()),
            Adjoint.direct());
    return new LatentOde(net, 0, SeriesData.NONE, Optional.empty());
  }

  private LatentOde with(UnaryOperator<LatentNet> change) {
    return new LatentOde(change.apply(net), annealing, data, values);
  }

  /** {@return this model, whose encoder's state follows an equation between rows: an ODE-RNN} */
  public LatentOde withEncoderField(Layer layer) {
    return withEncoderField(layer, Drift.COARSE);
  }

  /**
   * {@return the same, its intervals solved by another method} Each is one of length 1 to it: fixed
   * steps of 0.25 are four steps between any two rows.
   */
  public LatentOde withEncoderField(Layer layer, Integrator integrator) {
    Drift drift = new Drift(layer, integrator, net.adjoint());
    Reader reader = new Reader(net.encoder().cell(), Optional.of(drift));
    return new LatentOde(net.withEncoder(reader), annealing, data, Optional.empty());
  }

  /**
   * {@return this model with a known noise, a standard deviation; else each column's is trained}
   * Fitted to series, it counts in standard deviations of the data.
   */
  public LatentOde withNoise(double deviation) {
    LatentNet known = net.withNoise(OptionalDouble.of(deviation));
    return new LatentOde(known, annealing, data, Optional.empty());
  }

  /** {@return this model; the weight of the divergence grows from 0 to 1 in so many epochs} */
  public LatentOde withAnnealing(int epochs) {
    return new LatentOde(net, epochs, data, values);
  }

  /** {@return this model, solved by another method or to other tolerances} */
  public LatentOde withIntegrator(Integrator integrator) {
    return with(old -> old.withIntegrator(integrator));
  }

  /** {@return this model with gradients computed another way} */
  public LatentOde withAdjoint(Adjoint adjoint) {
    return with(old -> old.withAdjoint(adjoint));
  }

  /** {@return this model, trained on runs of so many rows that start so many rows apart} */
  public LatentOde withWindow(int rows, int every) {
    return new LatentOde(net, annealing, data.withWindow(rows, every), values);
  }

  @Override
  public LatentOde fit(List<TimeSeries> series) {
    return new LatentOde(net, annealing, data.with(series, net.columns()), values);
  }

  /** {@return the parameters: those of the encoder, posterior, field, decoder, and of the noise} */
  public Parameters parameters() {
    return start(RandomKey.of(0));
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(() -> net.initial(key));
  }

  @Override
  public LatentOde with(Parameters parameters) {
    return new LatentOde(net, annealing, data, Optional.of(parameters));
  }

  @Override
  public Optimizer optimizer() {
    return Adam.of(1e-2);
  }

  /** The negative evidence lower bound of a sample, whose start is drawn by its {@code noise}. */
  @Override
  public Objective objective() {
    return (p, sample) ->
        net.bound(p, Rows.of(sample), sample.get(NOISE), Rows.field(sample, WEIGHT));
  }

  /** {@return samples with the fields that are drawn: noise, and a weight if it is annealed} */
  public Dataset drawn(Dataset samples) {
    Dataset noisy = samples.and(NOISE, Shape.of(net.latent()), Drawn.normal());
    return annealing > 0 ? noisy.and(WEIGHT, Shape.of(), Drawn.ramp(0, 1, annealing)) : noisy;
  }

  @Override
  public Dataset data() {
    return drawn(data.dataset());
  }

  /** {@return the mean and the standard deviation of a series' start, shape (2, latent)} */
  public Tensor posterior(TimeSeries series) {
    return Numbers.of(parameters(), one(series), this::posterior);
  }

  private Tracer posterior(Traced p, Traced sample) {
    LatentNet.Posterior start = net.posterior(p, Rows.of(sample));
    return Tracer.stack(start.mean(), start.deviation());
  }

  /**
   * {@return what is expected for a sample from the mean of its start, shape (times, columns)} For
   * an objective of one's own.
   *
   * @param times the first is that of the sample's first row
   */
  public Tracer reconstruction(Traced p, Traced sample, Tracer times) {
    return net.expected(p, net.posterior(p, Rows.of(sample)).mean(), times);
  }

  /**
   * {@return what a series' values may be at these times: between its rows, or after them} Each
   * draw has a start of its own, and noise at each time as an observation has it.
   *
   * @param seen what is known
   * @param times increasing, none before the first row of what is known
   * @param key where the draws come from
   */
  public Forecast predict(TimeSeries seen, double[] times, int draws, RandomKey key) {
    Standard unit = data.unit(seen, net.columns());
    Tensor start = posterior(seen);
    LatentDraws all = new LatentDraws(net, parameters(), start);
    double[][] values = all.values(times, seen.times()[0], draws, key);
    for (double[] draw : values) {
      for (int i = 0; i < draw.length; i++) {
        draw[i] = unit.out(i % net.columns(), draw[i]);
      }
    }
    return new Forecast(seen.timeName(), times, unit.names(), values);
  }

  /**
   * {@return how odd each row of a series is among all its rows: the mean negative log likelihood
   * of its values, from the mean of the series' start} NaN for a row without values.
   */
  public double[] anomalies(TimeSeries series) {
    Tensor surprises = Numbers.of(parameters(), one(series), this::surprises);
    return Rows.meansOfMeasured(series.select(data.unit(series, net.columns()).names()), surprises);
  }

  private Tracer surprises(Traced p, Traced sample) {
    Rows rows = Rows.of(sample);
    return net.surprises(p, rows, net.posterior(p, rows).mean());
  }

  private Dataset one(TimeSeries series) {
    Standard unit = data.unit(series, net.columns());
    return new SeriesRows(List.of(unit.in(series))).dataset();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", "latent ode of %s by %s, %s".formatted(net.columns(), net.latent(), net));
    facts.put("noise", net.noise().isPresent() ? net.noise().toString() : "trained");
    facts.put("annealing", annealing + " epochs");
    facts.put("solver", net.integrator().solver().name() + ", " + net.integrator().controller());
    facts.put("adjoint", net.adjoint().name());
    facts.put("loss", "negative ELBO");
    facts.putAll(data.facts());
    return facts;
  }

  @Override
  public String toString() {
    return "LatentOde %s, %s parameters".formatted(net, parameters().size());
  }
}
