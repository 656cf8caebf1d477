package odeum.model;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.graph.Tracer;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.nn.TimedLayer;
import odeum.simd.Elementary;
import odeum.solver.Integrator;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Dataset;
import odeum.train.Drawn;
import odeum.train.Objective;
import odeum.train.Trainable;

/**
 * A continuous normalizing flow (Chen et al. 2018, arXiv:1806.07366): samples of a normal
 * distribution are carried along {@code dx/dt = f(t, x)} until they are distributed as the data. It
 * gives densities and samples. Immutable; training gives another one.
 *
 * <pre>{@code
 * ContinuousNormalizingFlow flow = ContinuousNormalizingFlow.of(HyperNetwork.of(2, 64, 32));
 * ContinuousNormalizingFlow fit = Trainer.of(flow.fit(points)).batch(256).epochs(100).run().model();
 * double[] logDensity = fit.logDensity(grid);                   // shape (points, 2)
 * Tensor samples = fit.sample(1_000, RandomKey.of(0));
 * }</pre>
 *
 * <p>Training makes the mean of {@code -log p(x)} small, by the exact divergence of the field, or
 * by an estimate that costs the same in any dimension: {@link #withHutchinson}. {@link
 * FlowMatching} trains the same model without solving it. A data set of one's own has the fields
 * {@link #dataset} gives.
 *
 * <p>The field may have a context, as a class: then each sample comes with one, and {@link #given}
 * is the flow for one of them.
 */
public final class ContinuousNormalizingFlow implements Trainable<ContinuousNormalizingFlow> {
  static final String X = "x";
  static final String CONTEXT = "context";
  static final String NOISE = "noise";
  static final String JITTER = "jitter";

  private final TimedLayer layer;
  private final FlowSettings settings;
  private final Optional<Parameters> values;
  private final Optional<Tensor> given;
  private final FlowPrograms programs;

  private ContinuousNormalizingFlow(
      TimedLayer layer,
      FlowSettings settings,
      Optional<Parameters> values,
      Optional<Tensor> given,
      FlowPrograms programs) {
    this.layer = layer;
    this.settings = settings;
    this.values = values;
    this.given = given;
    this.programs = programs;
  }

  /**
   * {@return a flow by a field} It starts from standard normal numbers and takes from time 0 to 1,
   * solved by {@code dopri5} to 1e-5.
   */
  public static ContinuousNormalizingFlow of(TimedLayer field) {
    return new ContinuousNormalizingFlow(
        field,
        FlowSettings.of(field.dimension()),
        Optional.empty(),
        Optional.empty(),
        new FlowPrograms());
  }

  /** {@return a flow by a network of state, time and context: {@code mlp(d + 1, ..., d)}} */
  public static ContinuousNormalizingFlow of(Mlp net) {
    return of(TimedLayer.of(net));
  }

  private ContinuousNormalizingFlow with(FlowSettings others) {
    return new ContinuousNormalizingFlow(layer, others, values, given, new FlowPrograms());
  }

  /** {@return this flow from normal numbers with mean 0 and this standard deviation} */
  public ContinuousNormalizingFlow withBase(double deviation) {
    return with(settings.withBase(BaseNormal.of(dimension(), deviation)));
  }

  /** {@return this flow from independent normal numbers, each of its own} */
  public ContinuousNormalizingFlow withBase(Tensor means, Tensor deviations) {
    BaseNormal base = new BaseNormal(means, deviations);
    if (means.size() != dimension()) {
      throw new IllegalArgumentException(
          "The flow has %s dimensions, got %s means.".formatted(dimension(), means.size()));
    }
    return with(settings.withBase(base));
  }

  /**
   * {@return this flow from normal numbers with the means and standard deviations of data} So the
   * field need not move and scale them. Of a flow of levels they are those of the continuous values
   * the levels become: say {@link #withLevels} first.
   *
   * @param x shape {@code (points, dimension)}
   */
  public ContinuousNormalizingFlow withBaseOf(Tensor x) {
    FlowData.check(this, x);
    Tensor values =
        settings.levels().map(levels -> FlowData.continuous(levels, x, jitter(x))).orElse(x);
    return with(settings.withBase(BaseNormal.of(values)));
  }

  /** The noise that makes levels continuous is that of one seed: the same each time. */
  private static Tensor jitter(Tensor x) {
    return RandomKey.of(0).uniform(x.shape(), 0, 1);
  }

  /**
   * {@return this flow over other times} A trained flow that ends before its time gives the density
   * on the way.
   */
  public ContinuousNormalizingFlow withSpan(double start, double end) {
    return with(settings.withSpan(start, end));
  }

  /** {@return this flow, trained and solved by another method or to other tolerances} */
  public ContinuousNormalizingFlow withIntegrator(Integrator integrator) {
    return with(settings.withIntegrator(integrator));
  }

  /** {@return this flow with gradients computed another way} */
  public ContinuousNormalizingFlow withAdjoint(Adjoint adjoint) {
    return with(settings.withAdjoint(adjoint));
  }

  /**
   * {@return this flow, trained with Hutchinson's estimate of the divergence} (FFJORD, Grathwohl et
   * al. 2019, arXiv:1810.01367.) Each sample of a batch has one draw of the noise for its whole
   * solve. Densities that are asked for are exact all the same.
   *
   * @param noise {@link Drawn#rademacher()}, or {@link Drawn#normal()}, whose variance is larger
   */
  public ContinuousNormalizingFlow withHutchinson(Drawn noise) {
    return with(settings.withNoise(Optional.of(noise)));
  }

  /** {@return this flow, trained with the exact divergence, as it is at first} */
  public ContinuousNormalizingFlow withExactTrace() {
    return with(settings.withNoise(Optional.empty()));
  }

  /**
   * {@return this flow of whole numbers, such as the pixels of an image} Even noise makes them
   * continuous, and a logit takes them to all numbers. Log densities are then lower bounds of the
   * log probability, and samples are whole numbers.
   *
   * @param count values are 0, 1, ..., count - 1
   * @param squeeze how far from the ends of (0, 1) the logit stays, such as 0.05
   */
  public ContinuousNormalizingFlow withLevels(int count, double squeeze) {
    return with(settings.withLevels(new Levels(count, squeeze)));
  }

  /** {@return this flow with these parameters, named as the field names them} */
  @Override
  public ContinuousNormalizingFlow with(Parameters parameters) {
    return new ContinuousNormalizingFlow(
        layer,
        settings,
        Optional.of(OwnParameters.require("The flow", parameters(), parameters)),
        given,
        programs);
  }

  /** {@return the flow for one context: it needs none with what it is asked for} */
  public ContinuousNormalizingFlow given(double... context) {
    if (context.length != layer.context()) {
      throw new IllegalArgumentException(
          "The field has a context of %s values, got %s."
              .formatted(layer.context(), context.length));
    }
    return new ContinuousNormalizingFlow(
        layer, settings, values, Optional.of(Tensor.vector(context)), programs);
  }

  /** {@return the present parameters; those of seed 0 until it was trained} */
  public Parameters parameters() {
    return start(RandomKey.of(0));
  }

  /** {@return how many values a sample has} */
  public int dimension() {
    return layer.dimension();
  }

  /** {@return the field} */
  public TimedLayer field() {
    return layer;
  }

  FlowSettings settings() {
    return settings;
  }

  FlowSolve solve() {
    return new FlowSolve(layer, settings);
  }

  /**
   * {@return the log density at each of many points, by the exact divergence}
   *
   * @param x shape {@code (points, dimension)}
   */
  public double[] logDensity(Tensor x) {
    return logDensity(x, contexts(x));
  }

  /**
   * {@return the log density at each of many points, given a context for each}
   *
   * @param x shape {@code (points, dimension)}
   * @param contexts shape {@code (points, context)}
   */
  public double[] logDensity(Tensor x, Tensor contexts) {
    FlowSolve solve = solve();
    int d = dimension();
    FlowPrograms.Function function =
        settings
            .levels()
            .<FlowPrograms.Function>map(
                levels ->
                    (p, both, context) -> {
                      Tracer own = both.slice(0, 0, d);
                      Tracer spread = both.slice(0, d, 2 * d);
                      return solve
                          .logDensity(p, levels.continuous(own, spread), context, Optional.empty())
                          .plus(levels.logDerivative(own, spread));
                    })
            .orElse((p, own, context) -> solve.logDensity(p, own, context, Optional.empty()));
    FlowData.check(this, x, contexts);
    Tensor rows = settings.levels().isPresent() ? FlowData.beside(x, jitter(x)) : x;
    return programs.run("density", function, parameters(), rows, contexts).toArray();
  }

  /**
   * {@return the density at each of many points}
   *
   * @param x shape {@code (points, dimension)}
   */
  public double[] density(Tensor x) {
    return Arrays.stream(logDensity(x)).map(Elementary::exp).toArray();
  }

  /** {@return the mean of {@code -log p(x)} over many points, in nats} */
  public double negativeLogLikelihood(Tensor x) {
    return FlowData.meanNegative(logDensity(x));
  }

  /** {@return the same, given a context for each point} */
  public double negativeLogLikelihood(Tensor x, Tensor contexts) {
    return FlowData.meanNegative(logDensity(x, contexts));
  }

  /**
   * {@return for each point the number of the context that makes it likeliest: where contexts are
   * classes, all as frequent, the class by Bayes' rule}
   *
   * @param x shape {@code (points, dimension)}
   * @param contexts shape {@code (contexts, context)}
   */
  public int[] likeliest(Tensor x, Tensor contexts) {
    return FlowData.likeliest(this, x, contexts);
  }

  /** {@return samples, shape {@code (count, dimension)}} */
  public Tensor sample(int count, RandomKey key) {
    Tensor z = settings.base().sample(count, key);
    return inLevels(moved(z, contexts(z), false));
  }

  /**
   * {@return a sample for each of some contexts, shape {@code (count, dimension)}}
   *
   * @param contexts shape {@code (count, context)}
   */
  public Tensor sample(Tensor contexts, RandomKey key) {
    Tensor z = settings.base().sample(FlowData.count(contexts), key);
    return inLevels(moved(z, contexts, false));
  }

  private Tensor inLevels(Tensor x) {
    return settings.levels().map(levels -> FlowData.each(x, levels::level)).orElse(x);
  }

  /**
   * {@return where points of the base distribution arrive}
   *
   * @param z shape {@code (points, dimension)}
   */
  public Tensor fromBase(Tensor z) {
    return moved(z, contexts(z), false);
  }

  /**
   * {@return where points come from in the base distribution} Of a flow of levels, the points are
   * the continuous values they become.
   *
   * @param x shape {@code (points, dimension)}
   */
  public Tensor toBase(Tensor x) {
    return moved(x, contexts(x), true);
  }

  private Tensor moved(Tensor points, Tensor contexts, boolean backward) {
    FlowSolve solve = solve();
    FlowData.check(this, points, contexts);
    return programs.run(
        backward ? "to base" : "from base",
        (p, x, context) -> solve.moved(p, x, context, backward),
        parameters(),
        points,
        contexts);
  }

  /**
   * {@return points on their way from the base, shape {@code (points, times, dimension)}}
   *
   * @param z shape {@code (points, dimension)}, at the first of the times
   * @param times in order, the first one included
   */
  public Tensor path(Tensor z, double... times) {
    FlowSolve solve = solve();
    Tensor contexts = contexts(z);
    FlowData.check(this, z, contexts);
    return new FlowPrograms()
        .run(
            "path",
            (p, x, context) -> solve.states(p, x, context, x.constant(Tensor.vector(times))),
            parameters(),
            z,
            contexts);
  }

  private Tensor contexts(Tensor x) {
    if (given.isEmpty() && layer.context() > 0) {
      throw new IllegalStateException(
          "This flow has a context of %s values: say which with given(...)."
              .formatted(layer.context()));
    }
    return FlowData.repeated(given.orElse(Tensor.vector()), FlowData.count(x));
  }

  /** {@return this flow with points to train on, shape {@code (points, dimension)}} */
  public Trainable<ContinuousNormalizingFlow> fit(Tensor x) {
    return new FlowFit(this, this, dataset(x));
  }

  /** {@return this flow with points to train on, and a context for each} */
  public Trainable<ContinuousNormalizingFlow> fit(Tensor x, Tensor contexts) {
    return new FlowFit(this, this, dataset(x, contexts));
  }

  /**
   * {@return points as samples to train on: {@code x}, and what is drawn anew for each batch}
   *
   * @param x shape {@code (points, dimension)}
   */
  public Dataset dataset(Tensor x) {
    return dataset(x, contexts(x));
  }

  /**
   * {@return points as samples to train on: {@code x}, {@code context}, and what is drawn anew}
   *
   * @param x shape {@code (points, dimension)}
   * @param contexts shape {@code (points, context)}
   */
  public Dataset dataset(Tensor x, Tensor contexts) {
    Dataset data = FlowData.samples(this, x, contexts);
    Shape each = Shape.of(dimension());
    return settings.noise().map(noise -> data.and(NOISE, each, noise)).orElse(data);
  }

  /** {@return minus the log density of a sample, in nats} */
  @Override
  public Objective objective() {
    FlowSolve solve = solve();
    boolean estimated = settings.noise().isPresent();
    return (p, sample) -> {
      Tracer x = FlowData.continuous(this, sample);
      Optional<Tracer> noise = estimated ? Optional.of(sample.get(NOISE)) : Optional.empty();
      Tracer density = solve.logDensity(p, x, FlowData.context(this, sample), noise);
      return settings
          .levels()
          .map(levels -> density.plus(levels.logDerivative(sample.get(X), sample.get(JITTER))))
          .orElse(density)
          .unaryMinus();
    };
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(() -> layer.initial(key));
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("field", layer.toString());
    facts.put(
        "solver",
        settings.integrator().solver().name() + ", " + settings.integrator().controller());
    facts.put("adjoint", settings.adjoint().name());
    facts.put("loss", "negative log likelihood");
    facts.put("divergence", settings.noise().map(Drawn::toString).orElse("exact"));
    facts.put("base", settings.base().toString());
    facts.put("span", settings.start() + " .. " + settings.end());
    settings.levels().ifPresent(levels -> facts.put("levels", levels.toString()));
    return facts;
  }

  @Override
  public String toString() {
    return "ContinuousNormalizingFlow %s, t %s .. %s, %s parameters"
        .formatted(layer, settings.start(), settings.end(), parameters().size());
  }
}
