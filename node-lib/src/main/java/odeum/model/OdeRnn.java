package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import odeum.adjoint.Adjoint;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Cell;
import odeum.nn.EachRow;
import odeum.nn.GruCell;
import odeum.nn.Layer;
import odeum.nn.Linear;
import odeum.nn.Mlp;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.solver.Integrator;
import odeum.tensor.RandomKey;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Dataset;
import odeum.train.Objective;
import odeum.train.Optimizer;
import odeum.train.Trainable;

/**
 * A recurrent network whose hidden state follows an equation between observations and jumps at each
 * (ODE-RNN, Rubanova et al. 2019, arXiv:1907.03907). It predicts each observation from those
 * before. Times may be irregular, values may be missing, and series may differ in length.
 * Immutable; training gives another one.
 *
 * <pre>{@code
 * OdeRnn model = OdeRnn.of(1, 16);                        // one column, 16 hidden states
 * TrainingResult<OdeRnn> fit = Trainer.of(model).epochs(200).run(series);
 * TimeSeries next = fit.model().forecast(series, 2001, 2002.5, 2004);
 * }</pre>
 *
 * <p>What is minimised is the squared error of the predictions, its mean over the values of a
 * series but its first row. Fitted to series, it learns their columns in units of their standard
 * deviation. A data set of one's own has the fields {@code times} (rows), {@code y} (rows,
 * columns), and where values are missing {@code measured}, 1 where there is one.
 */
public final class OdeRnn implements Trainable<OdeRnn> {
  private final int columns;
  private final Reader reader;
  private final Layer output;
  private final SeriesData data;
  private final Optional<Parameters> values;

  private OdeRnn(
      int columns, Reader reader, Layer output, SeriesData data, Optional<Parameters> values) {
    Rows.requireInputs(reader.cell(), columns);
    this.columns = columns;
    this.reader = reader;
    this.output = output;
    this.data = data;
    this.values = values;
  }

  /** {@return a gated unit of so many states, which a network of one hidden layer moves between} */
  public static OdeRnn of(int columns, int states) {
    return of(columns, GruCell.of(2 * columns, states), Mlp.of(states, states, states));
  }

  /**
   * {@return a network of any cell and equation}
   *
   * @param columns how many values a row has
   * @param cell what happens at a row; its inputs are the values, or these and for each whether it
   *     was measured, or these and the time since the row before
   * @param field dh/dt between rows
   */
  public static OdeRnn of(int columns, Cell cell, Layer field) {
    Drift drift = new Drift(field, Drift.COARSE, Adjoint.direct());
    Reader reader = new Reader(cell, Optional.of(drift));
    return new OdeRnn(
        columns, reader, Linear.of(cell.states(), columns), SeriesData.NONE, Optional.empty());
  }

  private Drift drift() {
    return reader.drift().orElseThrow();
  }

  private OdeRnn with(Drift drift) {
    Reader other = new Reader(reader.cell(), Optional.of(drift));
    return new OdeRnn(columns, other, output, data, values);
  }

  /**
   * {@return this model, whose intervals are solved by another method} Each interval is one of
   * length 1 to it: fixed steps of 0.25 are four steps between any two rows.
   */
  public OdeRnn withIntegrator(Integrator integrator) {
    return with(new Drift(drift().field(), integrator, drift().adjoint()));
  }

  /** {@return this model with gradients computed another way} */
  public OdeRnn withAdjoint(Adjoint adjoint) {
    return with(new Drift(drift().field(), drift().integrator(), adjoint));
  }

  /** {@return this model with another layer from a state to the values of a row} */
  public OdeRnn withOutput(Layer layer) {
    return new OdeRnn(columns, reader, layer, data, Optional.empty());
  }

  /** {@return this model, trained on runs of so many rows} */
  public OdeRnn withWindow(int rows) {
    return withWindow(rows, 1);
  }

  /** {@return this model, trained on runs of so many rows that start so many rows apart} */
  public OdeRnn withWindow(int rows, int every) {
    return new OdeRnn(columns, reader, output, data.withWindow(rows, every), values);
  }

  @Override
  public OdeRnn fit(List<TimeSeries> series) {
    return new OdeRnn(columns, reader, output, data.with(series, columns), values);
  }

  /** {@return the parameters: {@code cell}, {@code drift} and {@code output}} */
  public Parameters parameters() {
    return start(RandomKey.of(0));
  }

  /**
   * {@return what each row is expected to be after the rows before it, shape (rows, columns)} For
   * an objective of one's own.
   */
  public Tracer predictions(Traced p, Traced sample) {
    Rows rows = Rows.of(sample);
    return output(p, reader.read(p, rows, false).before());
  }

  /** {@return what is read from the state after each row, shape (rows, outputs)} */
  public Tracer readouts(Traced p, Traced sample) {
    Rows rows = Rows.of(sample);
    return output(p, reader.read(p, rows, false).after());
  }

  private Tracer output(Traced p, List<Tracer> states) {
    return new EachRow(output).apply(p.at("output"), Tracer.stack(states));
  }

  /** The squared errors of a sample, shape (rows, columns); zero where there is no value. */
  private Tracer squares(Traced p, Traced sample) {
    Rows rows = Rows.of(sample);
    return rows.ofValues(predictions(p, sample).minus(rows.y()).square());
  }

  @Override
  public Objective objective() {
    return (p, sample) -> {
      Rows rows = Rows.of(sample);
      int size = rows.size();
      Tracer later = squares(p, sample).slice(0, 1, size).sum();
      Tracer one = later.constant(1);
      return later.div(rows.count(1).max(one));
    };
  }

  @Override
  public Parameters start(RandomKey key) {
    return values.orElseGet(
        () -> {
          Parameters read = reader.initial(key.fold(0));
          return read.and("output", output.initial(key.fold(1)));
        });
  }

  @Override
  public OdeRnn with(Parameters parameters) {
    return new OdeRnn(columns, reader, output, data, Optional.of(parameters));
  }

  @Override
  public Optimizer optimizer() {
    return Adam.of(1e-2);
  }

  @Override
  public Dataset data() {
    return data.dataset();
  }

  /** {@return for each row what is expected after the rows before it, in the unit of the data} */
  public TimeSeries predict(TimeSeries series) {
    Standard unit = data.unit(series, columns);
    Dataset one = new SeriesRows(List.of(unit.in(series))).dataset();
    Tensor found = Numbers.of(parameters(), one, this::predictions);
    TimeSeries result = TimeSeries.named(series.timeName(), series.times());
    for (int column = 0; column < columns; column++) {
      int j = column;
      double[] expected =
          IntStream.range(0, series.size())
              .mapToDouble(i -> unit.out(j, found.get(i, j)))
              .toArray();
      result = result.and(unit.names().get(j), expected);
    }
    return result;
  }

  /** {@return what is expected at times after the last one of a series} */
  public TimeSeries forecast(TimeSeries series, double... times) {
    double[] all =
        DoubleStream.concat(Arrays.stream(series.times()), Arrays.stream(times)).toArray();
    TimeSeries longer = TimeSeries.named(series.timeName(), all);
    for (String name : series.names()) {
      double[] column = Arrays.copyOf(series.column(name), all.length);
      Arrays.fill(column, series.size(), all.length, Double.NaN);
      longer = longer.and(name, column);
    }
    return predict(longer).rows(series.size(), all.length);
  }

  /**
   * {@return what a series' values may be at times after its last one} At each time a draw observes
   * what is expected plus an error the model made at a row of the series, all columns of it
   * together, and the state jumps to that: a forward bootstrap by the errors of one step ahead, as
   * they are (Pan and Politis 2016, doi:10.1016/j.jspi.2014.10.003). Errors after a gap like the
   * one ahead are drawn: those of the 30 rows most like it, and of rows as like.
   *
   * @param seen what is known; the errors are those of its rows after the first without a missing
   *     value. If the model was trained on them, they are smaller than those to come
   * @param times increasing, the first after the last row of what is known
   * @param key where the draws come from
   */
  public Forecast predict(TimeSeries seen, double[] times, int draws, RandomKey key) {
    Standard unit = data.unit(seen, columns);
    double[][] values =
        new RnnDraws(reader, output, parameters(), unit).values(seen, times, draws, key);
    return new Forecast(seen.timeName(), times, unit.names(), values);
  }

  /**
   * {@return how odd each row is after the rows before it: the mean square of the errors of its
   * values, in units of their standard deviations} NaN for a row without values and for the first.
   */
  public double[] anomalies(TimeSeries series) {
    Standard unit = data.unit(series, columns);
    Dataset one = new SeriesRows(List.of(unit.in(series))).dataset();
    Tensor squares = Numbers.of(parameters(), one, this::squares);
    double[] scores = Rows.meansOfMeasured(series.select(unit.names()), squares);
    scores[0] = Double.NaN;
    return scores;
  }

  @Override
  public Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", "ode-rnn of " + columns + ", " + reader + ", " + output);
    facts.put(
        "solver", drift().integrator().solver().name() + ", " + drift().integrator().controller());
    facts.put("adjoint", drift().adjoint().name());
    facts.put("loss", "mean square, in standard deviations");
    facts.putAll(data.facts());
    return facts;
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>(List.of(reader.toString(), output.toString()));
    return "OdeRnn %s, %s parameters".formatted(String.join(", ", parts), parameters().size());
  }
}
