package odeum.model;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.nn.Parameters;
import odeum.nn.TimeLayer;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.VectorField;
import odeum.train.Dataset;
import odeum.train.Limits;
import odeum.train.Objective;
import odeum.train.Trainable;

/**
 * A residual network of continuous depth (Chen et al. 2018, arXiv:1806.07366): a stem makes the
 * state from a sample, an equation {@code dy/dt = block(t, y)} moves it, a head reads a score for
 * each class from it. Training makes the cross entropy small. Immutable; training gives another
 * one.
 *
 * <pre>{@code
 * Layer half = Chain.of(GroupNorm.of(8, 16), Activation.RELU, ConcatTime.of(Conv2d.of(17, 16, 3).withPadding(1)));
 * OdeNet net = OdeNet.of(
 *     Chain.of(Reshape.of(1, 8, 8), Conv2d.of(1, 16, 4).withStride(2).withPadding(1)),  // to 4 x 4
 *     Chain.of(half, half, GroupNorm.of(8, 16)),
 *     Chain.of(GlobalAveragePool.of(), Linear.of(16, 10)));
 * Dataset digits = Dataset.samples("x", pixels).and("class", labels);  // shapes (count, 64), (count)
 * OdeNet trained = Trainer.of(net).optimizer(Adam.of(3e-3)).batch(64).epochs(10).run(digits).model();
 * double share = trained.accuracy(test);
 * int[] work = trained.evaluations(test);                              // of the block, per sample
 * double faster = trained.withTolerance(1e-1).accuracy(test);          // the same weights
 *
 * OdeNet ofVectors = OdeNet.of(Augment.of(2), Mlp.of(4, 32, 4), Linear.of(4, 2));
 * }</pre>
 *
 * <p>The fields of a sample are {@code x}, of the shape that the stem takes, and {@code class}, a
 * number counted from 0. The parameters are the members {@code stem}, {@code block} and {@code
 * head}, and {@code end} where the end of the span is learned. All samples of a batch share the
 * steps of their solve; {@link #evaluations} solves each alone.
 */
public final class OdeNet implements Trainable<OdeNet> {
  private final Parts parts;
  private final OdeNetSettings settings;
  private final Optional<Parameters> values;
  private final ClassScores scores;
  private final StatePaths paths;

  /** The layers. */
  private record Parts(Layer stem, Layer block, Layer head) {
    Parameters initial(RandomKey key) {
      return Parameters.of("stem", stem.initial(key.fold(0)))
          .and("block", block.initial(key.fold(1)))
          .and("head", head.initial(key.fold(2)));
    }

    @Override
    public String toString() {
      return "%s, d/dt = %s, %s".formatted(stem, block, head);
    }
  }

  private OdeNet(Parts parts, OdeNetSettings settings, Optional<Parameters> values) {
    this.parts = parts;
    this.settings = settings;
    this.values = values;
    this.scores = new ClassScores((p, x) -> scores(p, x));
    this.paths = new StatePaths(this);
  }

  /**
   * {@return a net that solves its equation from 0 to 1 by dopri5 with tolerances of 1e-3}
   *
   * @param stem from a sample to the state
   * @param block the derivative of the state, in its shape; may be a {@link TimeLayer}
   * @param head from the state to a score for each class, shape {@code (classes)}
   */
  public static OdeNet of(Layer stem, Layer block, Layer head) {
    return new OdeNet(new Parts(stem, block, head), OdeNetSettings.DEFAULT, Optional.empty());
  }

  private OdeNet with(OdeNetSettings others) {
    return new OdeNet(parts, others, values);
  }

  /** {@return this net, solved by another method or to other tolerances} */
  public OdeNet withIntegrator(Integrator integrator) {
    return with(settings.withIntegrator(integrator));
  }

  /** {@return this net, solved by dopri5 to this relative and absolute tolerance} */
  public OdeNet withTolerance(double tolerance) {
    return withIntegrator(OdeNetSettings.dopri5(tolerance));
  }

  /** {@return this net with gradients computed another way} */
  public OdeNet withAdjoint(Adjoint adjoint) {
    return with(settings.withAdjoint(adjoint));
  }

  /** {@return this net, whose span ends at this time and is not learned} */
  public OdeNet withEnd(double end) {
    return withEnd(end, false);
  }

  /**
   * {@return this net, whose span ends at a time that is trained like the weights, as the parameter
   * {@code end}} It stays positive.
   *
   * @param start where it starts
   */
  public OdeNet withLearnedEnd(double start) {
    return withEnd(start, true);
  }

  private OdeNet withEnd(double end, boolean learned) {
    OdeNetSettings others = settings.withEnd(end, learned);
    return new OdeNet(parts, others, values.map(all -> others.joined(settings.layers(all))));
  }

  /** {@return this net with these parameters} */
  @Override
  public OdeNet with(Parameters parameters) {
    return new OdeNet(
        parts, settings, Optional.of(OwnParameters.require("The net", parameters(), parameters)));
  }

  /** {@return the present parameters} */
  public Parameters parameters() {
    return start(RandomKey.of(0));
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(() -> settings.joined(parts.initial(key)));
  }

  /** {@return the end of the span, as it is now} */
  public double end() {
    return settings.end(parameters());
  }

  /** {@return solver and tolerances} */
  public Integrator integrator() {
    return settings.integrator();
  }

  /** {@return how the solve is differentiated} */
  public Adjoint adjoint() {
    return settings.adjoint();
  }

  /** {@return the derivative of the state; its parameters are the members {@code block}} */
  public VectorField field() {
    return (t, y, p) -> TimeLayer.apply(parts.block, p, t, y);
  }

  /** {@return the state at time 0 for one sample x} */
  public Tracer stem(Traced p, Tracer x) {
    return parts.stem.apply(p.atIfPresent("stem"), x);
  }

  /** {@return the end of the span, a number in the trace of the parameters} */
  public Tracer end(Traced p) {
    return settings.end(p);
  }

  /** {@return the state at the end for the one at time 0} */
  public Tracer flow(Traced p, Tracer y) {
    Tracer end = end(p);
    Tracer times = Tracer.stack(end.constant(0), end);
    Solve solve = Solve.of(field(), settings.integrator(), settings.adjoint());
    return solve.apply(p.atIfPresent("block"), y, times).get(1);
  }

  /** {@return a score for each class, shape {@code (classes)}, for the state at the end} */
  public Tracer head(Traced p, Tracer y) {
    return parts.head.apply(p.atIfPresent("head"), y);
  }

  /** {@return a score for each class, shape {@code (classes)}, for one sample x} */
  public Tracer scores(Traced p, Tracer x) {
    return head(p, flow(p, stem(p, x)));
  }

  /**
   * {@return a score for each class, shape {@code (samples, classes)}}
   *
   * @param x samples along the first axis
   */
  public Tensor scores(Tensor x) {
    return scores.of(parameters(), x);
  }

  /** {@return the class with the largest score of each sample; they lie along the first axis} */
  public int[] classify(Tensor x) {
    return scores.classes(parameters(), x);
  }

  /** {@return the share of these samples whose class has the largest score, from 0 to 1} */
  public double accuracy(Dataset samples) {
    return scores.accuracy(parameters(), samples);
  }

  /** {@return how often the block is evaluated for each sample, solved alone} */
  public int[] evaluations(Dataset samples) {
    Tensor x = samples.all().field("x");
    int count = x.shape().extent(0);
    Shape shape = x.shape().without(0);
    return IntStream.range(0, count)
        .map(
            i -> {
              double[] own = new double[shape.size()];
              Arrays.setAll(own, j -> x.at(i * shape.size() + j));
              return (int) solve(Tensor.of(shape, own)).statistics().evaluations();
            })
        .toArray();
  }

  /** {@return the path of the state, row-major, for one sample} */
  public Solution solve(Tensor x) {
    return settings.integrator().solve(problem(x));
  }

  /** {@return what is solved for one sample} */
  public Problem problem(Tensor x) {
    return paths.problem(parameters(), x, end());
  }

  /** {@return the residual network of so many blocks that Euler's method makes of this net} */
  public ResNet resNet(int blocks) {
    if (settings.learned()) {
      return withEnd(end()).resNet(blocks);
    }
    ResNet net = ResNet.shared(parts.stem, parts.block, blocks, parts.head);
    return net.withStep(settings.end() / blocks).with(parameters());
  }

  /**
   * Writes this net to a {@code .safetensors} file, for {@link SavedClassifier#load}: a tensor per
   * parameter, everything else as JSON in its remarks.
   *
   * @param sample the shape of one sample, such as {@code Shape.of(64)}
   * @throws IllegalArgumentException if something of it is Java code that no file can hold
   * @throws odeum.file.FileException if the file cannot be written
   */
  public void save(Path file, Shape sample) {
    SavedClassifier.write(file, parameters(), sample, this::scores, List.of(), List.of());
  }

  @Override
  public Objective objective() {
    return scores.objective();
  }

  @Override
  public Limits limits() {
    return settings.limits();
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("net", parts.toString());
    facts.put(
        "solver",
        settings.integrator().solver().name() + ", " + settings.integrator().controller());
    facts.put("adjoint", settings.adjoint().name());
    facts.put("loss", "cross entropy");
    facts.put("end", settings.learned() ? "learned" : String.valueOf(settings.end()));
    return facts;
  }

  @Override
  public String toString() {
    return "OdeNet %s, %s parameters".formatted(parts, parameters().size());
  }
}
