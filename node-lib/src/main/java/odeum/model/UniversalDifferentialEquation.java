package odeum.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.equation.Ode;
import odeum.nn.Layer;
import odeum.nn.NetFunction;
import odeum.nn.Networks;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.solver.Problem;
import odeum.solver.Solution;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.term.OdeTerm;
import odeum.term.VectorField;
import odeum.train.Limits;
import odeum.train.Loss;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * What is known of a system, as equations, plus networks for what is not (Rackauckas et al. 2020,
 * arXiv:2001.04385). Immutable; training gives another one.
 *
 * <pre>{@code
 * Layer net = Mlp.of(2, 16, 2);
 * var model = UniversalDifferentialEquation.of(
 *         (t, y, p) -> Tracer.stack(y.get(0).times(p.get("a")), y.get(1).times(-0.9))
 *             .plus(net.apply(p.at("net"), y)), "hare", "lynx")
 *     .withNumber("a", 0.5)
 *     .withNet("net", net);
 * var fit = Trainer.of(model).run(series);
 * double interaction = fit.net("net").applyAll(30, 4)[0];
 * }</pre>
 *
 * <p>Training on series is as for {@link EquationFit} and {@link NeuralOde}: a system of equations
 * starts at its own initial values, a field written in Java at the first row of the data.
 */
public final class UniversalDifferentialEquation
    implements Problem, Networks, Trainable<UniversalDifferentialEquation> {
  private final Dynamics dynamics;
  private final FitSettings settings;

  private UniversalDifferentialEquation(Dynamics dynamics, FitSettings settings) {
    this.dynamics = dynamics;
    this.settings = settings;
  }

  /** {@return the model of a system of equations with networks in them} */
  public static UniversalDifferentialEquation of(Ode system) {
    return new UniversalDifferentialEquation(new OdeDynamics(system), FitSettings.DEFAULT);
  }

  /**
   * {@return the model of a field written in Java}
   *
   * @param field its parameters are what {@link #withNumber} and {@link #withNet} add
   * @param states the names of the states; without them they are those of the data
   */
  public static UniversalDifferentialEquation of(VectorField field, String... states) {
    FieldDynamics dynamics =
        FieldDynamics.of(
            field,
            Learned.Parts.NONE,
            new FieldDynamics.States(List.of(states), states.length > 0));
    return new UniversalDifferentialEquation(dynamics, FitSettings.DEFAULT);
  }

  /** {@return this model with one more number to learn, before all networks} */
  public UniversalDifferentialEquation withNumber(String name, double start) {
    FieldDynamics field = field();
    return with(field.learning(parts(field).withNumber(name, start)));
  }

  /** {@return this model with one more network to learn, or another in place of one} */
  public UniversalDifferentialEquation withNet(String name, Layer layer) {
    if (dynamics instanceof OdeDynamics(Ode ode)) {
      return with(new OdeDynamics(ode.withNet(name, layer)));
    }
    FieldDynamics field = field();
    return with(field.learning(parts(field).withNet(name, layer)));
  }

  private FieldDynamics field() {
    if (dynamics instanceof FieldDynamics field) {
      return field;
    }
    throw new IllegalStateException(
        "The numbers of a system of equations are its params. Add a line: param a = 1");
  }

  private static Learned.Parts parts(FieldDynamics field) {
    return (Learned.Parts) field.learned();
  }

  Dynamics dynamics() {
    return dynamics;
  }

  FitSettings settings() {
    return settings;
  }

  private UniversalDifferentialEquation with(Dynamics other) {
    return new UniversalDifferentialEquation(other, settings);
  }

  private UniversalDifferentialEquation with(FitSettings others) {
    return new UniversalDifferentialEquation(dynamics, others);
  }

  /** {@return this model, trained and solved by another method or to other tolerances} */
  public UniversalDifferentialEquation withIntegrator(Integrator integrator) {
    return with(settings.withIntegrator(integrator));
  }

  /** {@return this model with gradients computed another way} */
  public UniversalDifferentialEquation withAdjoint(Adjoint adjoint) {
    return with(settings.withAdjoint(adjoint));
  }

  /** {@return this model with another measure of its errors} */
  public UniversalDifferentialEquation withLoss(Loss loss) {
    return with(settings.withLoss(loss));
  }

  /** {@return this model, trained on all runs of so many rows, each from its own first row} */
  public UniversalDifferentialEquation withWindow(int rows) {
    return with(settings.withWindow(rows));
  }

  /** {@return this model with a state to start from} */
  public UniversalDifferentialEquation withInitial(double... state) {
    return with(dynamics.withInitial(Tensor.vector(state)));
  }

  /** {@return this model with a span of time} */
  public UniversalDifferentialEquation withSpan(double start, double end) {
    return with(dynamics.withSpan(start, end));
  }

  /** {@return this model with these parameters: numbers, then networks} */
  @Override
  public UniversalDifferentialEquation with(Parameters parameters) {
    return with(dynamics.with(parameters));
  }

  /** {@return the present parameters: numbers, then networks} */
  public Parameters parameters() {
    return dynamics.parameters();
  }

  @Override
  public NetFunction net(String name) {
    return dynamics.net(name);
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
  public Trainable<UniversalDifferentialEquation> fit(TimeSeries series) {
    return fit(List.of(series));
  }

  @Override
  public Trainable<UniversalDifferentialEquation> fit(List<TimeSeries> series) {
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
  public Limits limits() {
    return dynamics.limits();
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
  public List<Event> events() {
    return dynamics.events();
  }

  @Override
  public Optional<Observable> observed() {
    return dynamics.observed();
  }

  @Override
  public String toString() {
    return dynamics instanceof OdeDynamics
        ? dynamics.toString()
        : "UniversalDifferentialEquation, %s parameters".formatted(parameters().size());
  }
}
