package odeum.model;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import odeum.adjoint.Adjoint;
import odeum.equation.Ode;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Event;
import odeum.solver.Integrator;
import odeum.tensor.RandomKey;
import odeum.train.Dataset;
import odeum.train.Limits;
import odeum.train.Loss;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A system of equations whose parameters and networks are fitted to data. The solve begins at the
 * first time of the data, with the system's own initial values (which may be parameters); the loss
 * is the mean square (or another mean) of solution minus data over all values that were measured,
 * the first ones included. Events that reset the state act, those that stop the solve do not.
 *
 * <p>Of several series each starts at its own first row, and only where the initial value of a
 * state is computed from a parameter, or was not measured, does that of the system hold. So do
 * windows: runs of a few rows, each solved from its own first row. They make the loss smooth where
 * a solve through the whole series would lose its way.
 *
 * <pre>{@code
 * TimeSeries pelts = TimeSeries.readCsv(Path.of("hudson-bay.csv"));
 * TimeSeries data = pelts.select(Map.of("x", "hare", "y", "lynx"));
 * TrainingResult<Ode> fit = Trainer.of(EquationFit.of(lotka, data)).run();
 * }</pre>
 */
public final class EquationFit implements Trainable<Ode> {
  private final Ode system;
  private final SeriesFit<Ode> fit;
  private final List<String> ignored;

  private EquationFit(Ode system, SeriesFit<Ode> fit, List<String> ignored) {
    this.system = system;
    this.fit = fit;
    this.ignored = List.copyOf(ignored);
  }

  /** {@return a fit of the columns that are named like a state or a let; others do not count} */
  public static EquationFit of(Ode system, TimeSeries data) {
    return of(system, List.of(data));
  }

  /** {@return a fit to several series with the same columns, see {@link #of(Ode, TimeSeries)}} */
  public static EquationFit of(Ode system, List<TimeSeries> data) {
    return of(system, data, FitSettings.DEFAULT);
  }

  private static EquationFit of(Ode system, List<TimeSeries> data, FitSettings settings) {
    if (system.parameters().size() == 0) {
      throw new IllegalArgumentException(
          "The system has no parameters to fit. Add a line: param a = 1");
    }
    SeriesFit<Ode> fit =
        SeriesFit.of(new OdeDynamics(system), data, settings, it -> ((OdeDynamics) it).ode());
    for (TimeSeries series : fit.series()) {
      double[] times = series.times();
      system
          .field()
          .inputs()
          .forEach(input -> input.requireCovers(times[0], times[times.length - 1]));
    }
    List<String> used = fit.series().getFirst().names();
    List<String> ignored =
        data.getFirst().names().stream().filter(name -> !used.contains(name)).toList();
    return new EquationFit(system, fit, ignored);
  }

  /** {@return this fit with another solver or other tolerances} */
  public EquationFit withIntegrator(Integrator other) {
    return with(settings -> settings.withIntegrator(other));
  }

  /** {@return this fit with gradients computed another way} */
  public EquationFit withAdjoint(Adjoint other) {
    return with(settings -> settings.withAdjoint(other));
  }

  /** {@return this fit with another measure of the errors} */
  public EquationFit withLoss(Loss other) {
    return with(settings -> settings.withLoss(other));
  }

  /**
   * {@return this fit to all runs of so many rows} Each is a sample that starts at its own first
   * row; {@code Trainer.batch} draws some of them for each step.
   */
  public EquationFit withWindow(int rows) {
    return with(settings -> settings.withWindow(rows));
  }

  private EquationFit with(UnaryOperator<FitSettings> change) {
    return new EquationFit(system, fit.with(change.apply(fit.settings())), ignored);
  }

  /** {@return this fit to other series} */
  @Override
  public EquationFit fit(List<TimeSeries> series) {
    return of(system, series, fit.settings());
  }

  /**
   * {@return the data that are fitted, or the first series of them, with the columns that count}
   */
  public TimeSeries series() {
    return fit.series().getFirst();
  }

  /** {@return all series that are fitted, with the columns that count} */
  public List<TimeSeries> allSeries() {
    return fit.series();
  }

  /**
   * {@return the columns of the data that do not count, as nothing in the system has their name}
   */
  public List<String> ignored() {
    return ignored;
  }

  /** {@return the events of the system; those that stop a solve are not heeded} */
  public List<Event> events() {
    return system.events();
  }

  /** {@return whether the system has a span of its own that does not start with the data} */
  public boolean startsElsewhere() {
    return fit.startsElsewhere();
  }

  @Override
  public Parameters start(RandomKey key) {
    return fit.start(key);
  }

  /**
   * {@return the system with these parameters} Its span is its own if that starts with the data,
   * else that of the data, where the start values hold.
   */
  @Override
  public Ode with(Parameters parameters) {
    return fit.with(parameters);
  }

  @Override
  public Limits limits() {
    return fit.limits();
  }

  @Override
  public Optimizer optimizer() {
    return fit.optimizer();
  }

  @Override
  public String diagnosis(Parameters parameters) {
    return fit.diagnosis(parameters);
  }

  /**
   * {@return a sample for each series or window} Its times (rows), values y (rows, columns) and, if
   * some do not count, which are measured (rows, columns).
   */
  @Override
  public Dataset data() {
    return fit.data();
  }

  /** {@inheritDoc} Of one series the last rows are held back, of several series some by chance. */
  @Override
  public Dataset.Split split(double share, RandomKey key) {
    return fit.split(share, key);
  }

  @Override
  public Map<String, String> facts() {
    return fit.facts();
  }

  @Override
  public Objective objective() {
    return fit.objective();
  }

  @Override
  public String toString() {
    return fit.toString();
  }
}
