package odeum.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.nn.Layer;
import odeum.nn.Mlp;
import odeum.nn.NetFunction;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.term.OdeTerm;
import odeum.term.VectorField;
import odeum.train.Loss;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A neural ordinary differential equation (Chen et al. 2018, arXiv:1806.07366): {@code dy/dt} is a
 * network. Immutable; training gives another one.
 *
 * <pre>{@code
 * NeuralOde node = NeuralOde.of(Mlp.of(2, 50, 2));
 * TrainingResult<NeuralOde> fit = Trainer.of(node).epochs(300).run(series);
 * Solution solution = fit.model().solve(new double[] {2, 0}, 0, 25);
 *
 * Layer net = Mlp.of(2, 50, 2);
 * NeuralOde spiral = NeuralOde.of(net, (t, y, p) -> net.apply(p, y.pow(3)));
 * }</pre>
 *
 * <p>The weights are drawn when training begins, from the trainer's seed; until then they are those
 * of seed 0. A model that was trained goes on from its weights.
 *
 * <p>Trained on series, the solve of a sample starts at its first row. A data set of one's own has
 * the fields {@code times} of shape (rows), {@code y} of shape (rows, states) and {@code y0} of
 * shape (states), as {@code Dataset.windows} makes them.
 */
public final class NeuralOde implements Problem, Trainable<NeuralOde> {
  private final Layer layer;
  private final Dynamics dynamics;
  private final FitSettings settings;

  private NeuralOde(Layer layer, Dynamics dynamics, FitSettings settings) {
    this.layer = layer;
    this.dynamics = dynamics;
    this.settings = settings;
  }

  /** {@return the equation {@code dy/dt = layer(y)}} */
  public static NeuralOde of(Layer layer) {
    FieldDynamics.States states =
        layer instanceof Mlp mlp
            ? FieldDynamics.States.numbered(mlp.inputs())
            : FieldDynamics.States.UNKNOWN;
    return of(layer, (t, y, p) -> layer.apply(p, y), states);
  }

  /** {@return the equation {@code dy/dt = field(t, y, p)}, where p are the layer's parameters} */
  public static NeuralOde of(Layer layer, VectorField field) {
    return of(layer, field, FieldDynamics.States.UNKNOWN);
  }

  private static NeuralOde of(Layer layer, VectorField field, FieldDynamics.States states) {
    FieldDynamics dynamics = FieldDynamics.of(field, new Learned.Single(layer), states);
    return new NeuralOde(layer, dynamics, FitSettings.DEFAULT);
  }

  Dynamics dynamics() {
    return dynamics;
  }

  FitSettings settings() {
    return settings;
  }

  private NeuralOde with(Dynamics other) {
    return new NeuralOde(layer, other, settings);
  }

  private NeuralOde with(FitSettings others) {
    return new NeuralOde(layer, dynamics, others);
  }

  /** {@return this model with names for its states; else they are those of the data, or y0, y1} */
  public NeuralOde withNames(String... names) {
    return with(((FieldDynamics) dynamics).named(List.of(names)));
  }

  /** {@return this model, trained and solved by another method or to other tolerances} */
  public NeuralOde withIntegrator(Integrator integrator) {
    return with(settings.withIntegrator(integrator));
  }

  /** {@return this model with gradients computed another way} */
  public NeuralOde withAdjoint(Adjoint adjoint) {
    return with(settings.withAdjoint(adjoint));
  }

  /** {@return this model with another measure of its errors} */
  public NeuralOde withLoss(Loss loss) {
    return with(settings.withLoss(loss));
  }

  /** {@return this model, trained on all runs of so many rows, each from its own first row} */
  public NeuralOde withWindow(int rows) {
    return with(settings.withWindow(rows));
  }

  /** {@return this model with a state to start from} */
  public NeuralOde withInitial(double... state) {
    return with(dynamics.withInitial(Tensor.vector(state)));
  }

  /** {@return this model with a span of time} */
  public NeuralOde withSpan(double start, double end) {
    return with(dynamics.withSpan(start, end));
  }

  /** {@return this model with these parameters, named as the layer names them} */
  @Override
  public NeuralOde with(Parameters parameters) {
    return with(dynamics.with(parameters));
  }

  /** {@return the present parameters, named as the layer names them} */
  public Parameters parameters() {
    return dynamics.parameters();
  }

  /** {@return the network with its present weights, as a function of numbers} */
  public NetFunction net() {
    return dynamics.net("");
  }

  /** {@return the solution from a state} */
  public Solution solve(double[] initial, double start, double end) {
    return settings.integrator().solve(problem(initial, start, end));
  }

  /** {@return this model from a state, over a span: what is solved} */
  public Problem problem(double[] initial, double start, double end) {
    return withInitial(initial).withSpan(start, end);
  }

  /** {@return this model with data to train on} */
  public Trainable<NeuralOde> fit(TimeSeries series) {
    return fit(List.of(series));
  }

  /**
   * {@return this model with data to train on}
   *
   * @param times strictly increasing
   * @param values the state at each time
   */
  public Trainable<NeuralOde> fit(double[] times, double[][] values) {
    if (values.length != times.length || values.length == 0) {
      throw new IllegalArgumentException(
          "A fit needs the state at each time, got %s states for %s times."
              .formatted(values.length, times.length));
    }
    FieldDynamics.States numbered = FieldDynamics.States.numbered(values[0].length);
    TimeSeries series = TimeSeries.of(times);
    for (int i = 0; i < numbered.names().size(); i++) {
      int column = i;
      series =
          series.and(
              numbered.names().get(i),
              Arrays.stream(values).mapToDouble(row -> row[column]).toArray());
    }
    return fit(series);
  }

  @Override
  public Trainable<NeuralOde> fit(List<TimeSeries> series) {
    return SeriesFit.of(dynamics, series, settings, this::with);
  }

  @Override
  public Map<String, String> facts() {
    return new SeriesObjective(dynamics, Optional.empty(), settings).facts();
  }

  @Override
  public Objective objective() {
    return new SeriesObjective(dynamics, Optional.empty(), settings).objective();
  }

  @Override
  public Parameters start(RandomKey key) {
    return dynamics.start(key);
  }

  @Override
  public Optimizer optimizer() {
    return SeriesFit.optimizer(dynamics, settings);
  }

  @Override
  public OdeTerm term() {
    return dynamics.term();
  }

  @Override
  public Tensor initial() {
    return dynamics.initial();
  }

  @Override
  public double start() {
    return dynamics.start();
  }

  @Override
  public double end() {
    return dynamics.end();
  }

  @Override
  public List<String> names() {
    return dynamics.names();
  }

  @Override
  public String toString() {
    return "NeuralOde %s, %s parameters".formatted(layer, parameters().size());
  }
}
