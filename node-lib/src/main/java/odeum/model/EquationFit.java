package odeum.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import odeum.adjoint.Adjoint;
import odeum.adjoint.Solve;
import odeum.equation.Ode;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.solver.Solvers;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.term.Observable;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.LevenbergMarquardt;
import odeum.train.Limits;
import odeum.train.Loss;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A system of equations whose parameters are fitted to data. The solve begins at the first time of
 * the data, with the system's own initial values (which may be parameters); the loss is the mean
 * square (or another mean) of solution minus data over all values that were measured, the first
 * ones included. The events of the system do not act.
 *
 * <pre>{@code
 * TimeSeries pelts = TimeSeries.readCsv(Path.of("hudson-bay.csv"));
 * TimeSeries data = pelts.select(Map.of("x", "hare", "y", "lynx"));
 * TrainingResult<Ode> fit = Trainer.of(EquationFit.of(lotka, data)).run();
 * }</pre>
 */
public final class EquationFit implements Trainable<Ode> {
  private final Ode system;
  private final TimeSeries data;
  private final List<String> ignored;
  private final Integrator integrator;
  private final Adjoint adjoint;
  private final Loss loss;

  private EquationFit(
      Ode system,
      TimeSeries data,
      List<String> ignored,
      Integrator integrator,
      Adjoint adjoint,
      Loss loss) {
    this.system = system;
    this.data = data;
    this.ignored = List.copyOf(ignored);
    this.integrator = integrator;
    this.adjoint = adjoint;
    this.loss = loss;
  }

  /** {@return a fit of the columns that are named like a state or a let; others do not count} */
  public static EquationFit of(Ode system, TimeSeries data) {
    List<String> known = names(system);
    if (system.parameters().size() == 0) {
      throw new IllegalArgumentException(
          "The system has no parameters to fit. Add a line: param a = 1");
    }
    List<String> columns = data.names().stream().filter(known::contains).toList();
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "No column of the data (%s) is named like a value of the system (%s). Say which is which, as in: --columns %s=%s"
              .formatted(
                  String.join(" ", data.names()),
                  String.join(" ", known),
                  known.getFirst(),
                  data.names().isEmpty() ? "…" : data.names().getFirst()));
    }
    if (data.size() < 2) {
      throw new IllegalArgumentException("A fit needs data at two times or more, got one.");
    }
    TimeSeries used = data.select(columns);
    if (used.missing() == data.size() * columns.size()) {
      throw new IllegalArgumentException("Every value of the data is missing.");
    }
    List<String> ignored = data.names().stream().filter(n -> !columns.contains(n)).toList();
    return new EquationFit(
        system, used, ignored, Integrator.of(Solvers.tsit5()), Adjoint.direct(), Loss.MEAN_SQUARE);
  }

  private static List<String> names(Ode system) {
    List<String> names = new ArrayList<>(system.states());
    system.observed().ifPresent(lets -> names.addAll(lets.names()));
    return names;
  }

  /** {@return this fit with another solver or other tolerances} */
  public EquationFit withIntegrator(Integrator other) {
    return new EquationFit(system, data, ignored, other, adjoint, loss);
  }

  /** {@return this fit with gradients computed another way} */
  public EquationFit withAdjoint(Adjoint other) {
    return new EquationFit(system, data, ignored, integrator, other, loss);
  }

  /** {@return this fit with another measure of the errors} */
  public EquationFit withLoss(Loss other) {
    return new EquationFit(system, data, ignored, integrator, adjoint, other);
  }

  /** {@return the data that are fitted, with only the columns that count} */
  public TimeSeries series() {
    return data;
  }

  /**
   * {@return the columns of the data that do not count, as nothing in the system has their name}
   */
  public List<String> ignored() {
    return ignored;
  }

  @Override
  public Parameters start(RandomKey key) {
    return Parameters.of(system.parameters(), system.parameterValues());
  }

  /**
   * {@return the system with these parameters} Its span is its own if that starts with the data,
   * else that of the data, where the start values hold.
   */
  @Override
  public Ode with(Parameters parameters) {
    double[] times = data.times();
    Ode fitted = system.withParameters(parameters.flat());
    return startsElsewhere() || !fitted.hasSpan()
        ? fitted.withSpan(times[0], times[times.length - 1])
        : fitted;
  }

  /** {@return whether the system has a span of its own that does not start with the data} */
  public boolean startsElsewhere() {
    return system.hasSpan() && system.start() != data.times()[0];
  }

  @Override
  public Limits limits() {
    Limits limits = Limits.NONE;
    for (String name : system.parameters().names()) {
      var bounds = system.bounds(name);
      if (bounds.isPresent()) {
        limits = limits.and(name, bounds.get().low(), bounds.get().high());
      }
    }
    return limits;
  }

  @Override
  public Optimizer optimizer() {
    return loss == Loss.MEAN_SQUARE ? LevenbergMarquardt.of() : Adam.of(1e-3);
  }

  @Override
  public String diagnosis(Parameters parameters) {
    double[] times = data.times();
    return integrator.solve(with(parameters), times[0], times[times.length - 1]).message();
  }

  /**
   * {@return one sample: times (n), values and, if some are missing, which are measured (n,
   * columns)}
   */
  @Override
  public Dataset data() {
    double[] values = data.values().toArray();
    double[] measured = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      measured[i] = Double.isNaN(values[i]) ? 0 : 1;
      values[i] = Double.isNaN(values[i]) ? 0 : values[i];
    }
    Shape shape = data.values().shape();
    Dataset sample =
        Dataset.sample("times", Tensor.vector(data.times()))
            .and("values", Tensor.of(shape, values));
    return data.missing() == 0 ? sample : sample.and("measured", Tensor.of(shape, measured));
  }

  @Override
  public Objective objective() {
    Solve solve = Solve.of(system.field(), integrator, adjoint);
    Objective.Residuals errors =
        (p, sample) -> {
          Tracer times = sample.get("times");
          Tracer states = solve.apply(p, system.initial(p), times);
          return columns(p, times, states).minus(sample.get("values"));
        };
    return data.missing() > 0
        ? loss.of(errors, (p, sample) -> sample.get("measured"))
        : loss.of(errors);
  }

  /** The fitted columns of the solution, shape {@code (times, columns)}. */
  private Tracer columns(Traced p, Tracer times, Tracer states) {
    if (data.names().equals(system.states())) {
      return states;
    }
    Optional<Tracer> lets = lets(p, times, states);
    List<Tracer> columns = new ArrayList<>();
    for (String name : data.names()) {
      int state = system.states().indexOf(name);
      if (state >= 0) {
        columns.add(states.slice(1, state, state + 1));
      } else {
        int let = system.observed().orElseThrow().names().indexOf(name);
        columns.add(lets.orElseThrow().slice(1, let, let + 1));
      }
    }
    return Tracer.concatenate(1, columns);
  }

  /** All lets at all times, if one of them is fitted. */
  private Optional<Tracer> lets(Traced p, Tracer times, Tracer states) {
    if (system.states().containsAll(data.names())) {
      return Optional.empty();
    }
    Observable observed = system.observed().orElseThrow();
    Graph graph = observed.graph();
    List<Tracer> rows = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      rows.add(graph.inline(List.of(times.get(i), states.get(i), p.flat())).getFirst());
    }
    return Optional.of(Tracer.stack(rows));
  }
}
