package odeum.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.graph.Tracer;
import odeum.nn.Layer;
import odeum.nn.Parameters;
import odeum.path.TimeSeries;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Draws of how a series goes on, by a network that tells each row before it comes. At each time
 * ahead a draw takes for observed what is expected plus the error of a known row, and goes on from
 * there. The step from a row to the next is compiled once, for all draws together.
 *
 * @param reader the network
 * @param output from a state to the values of a row
 * @param parameters those of both
 * @param unit what the network knows the columns in
 */
record RnnDraws(Reader reader, Layer output, Parameters parameters, Standard unit) {
  /** An error is drawn among so many, if there are as many. */
  private static final int CHOICE = 30;

  private static final int LEAST = 10;

  /** The errors of a row's columns, and for how long before it nothing had been observed. */
  private record Miss(double gap, double[] errors) {}

  /** States before a row, shape (states, draws), and what is expected of it, (columns, draws). */
  private record Stand(Tensor states, Tensor expected) {
    Stand repeated(int draws) {
      return new Stand(repeated(states, draws), repeated(expected, draws));
    }

    private static Tensor repeated(Tensor one, int draws) {
      double[] values = new double[one.size() * draws];
      for (int i = 0; i < values.length; i++) {
        values[i] = one.at(i / draws);
      }
      return Tensor.of(Shape.of(one.size(), draws), values);
    }
  }

  /**
   * The known rows as they were read.
   *
   * @param next where they lead to
   * @param observed the time of the last row with a value
   * @param misses of the rows after the first in which no value is missing
   */
  private record Known(Stand next, double observed, List<Miss> misses) {
    /** {@return the errors after a gap as long as this one, or else after those most like it} */
    List<Miss> after(double gap) {
      List<Miss> nearest =
          misses.stream()
              .sorted(Comparator.comparingDouble(miss -> Math.abs(miss.gap() - gap)))
              .toList();
      double farthest = Math.abs(nearest.get(Math.min(CHOICE, nearest.size()) - 1).gap() - gap);
      return nearest.stream().filter(miss -> Math.abs(miss.gap() - gap) <= farthest).toList();
    }
  }

  /** {@return for each draw its values, row by row, in the unit of the data} */
  double[][] values(TimeSeries seen, double[] times, int draws, RandomKey key) {
    Forecast.requireLater(seen, times);
    if (draws < 1) {
      throw new IllegalArgumentException("A prediction needs a draw or more, got " + draws + ".");
    }
    Known known = read(unit.in(seen), times[0]);
    if (known.misses().size() < LEAST) {
      throw new IllegalArgumentException(
          "The draws take up the errors of known rows: after the first there are %s without a missing value, %s are needed. Take a longer series."
              .formatted(known.misses().size(), LEAST));
    }
    return drawn(known, times, draws, key);
  }

  private Known read(TimeSeries known, double later) {
    int columns = unit.names().size();
    double[] times = Arrays.copyOf(known.times(), known.size() + 1);
    times[known.size()] = later;
    Tensor values = known.values();
    Program step = step(1);
    Tensor zero = Tensor.zeros(Shape.of(reader.cell().states(), 1));
    Stand stand = new Stand(zero, Tensor.zeros(Shape.of(columns, 1)));
    double observed = times[0];
    List<Miss> misses = new ArrayList<>();
    for (int row = 0; row < known.size(); row++) {
      double[] y = new double[columns];
      double[] measured = new double[columns];
      double[] errors = new double[columns];
      for (int j = 0; j < columns; j++) {
        double value = values.get(row, j);
        measured[j] = Double.isNaN(value) ? 0 : 1;
        y[j] = Double.isNaN(value) ? 0 : value;
        errors[j] = value - stand.expected().at(j);
      }
      double seen = Arrays.stream(measured).sum();
      if (row > 0 && seen == columns) {
        misses.add(new Miss(times[row] - observed, errors));
      }
      observed = seen > 0 ? times[row] : observed;
      double before = row == 0 ? 0 : times[row] - times[row - 1];
      stand = next(step, stand, y, measured, before, times[row + 1] - times[row]);
    }
    return new Known(stand, observed, misses);
  }

  private double[][] drawn(Known known, double[] times, int draws, RandomKey key) {
    int columns = unit.names().size();
    double[][] values = new double[draws][times.length * columns];
    double[] measured = new double[columns];
    Arrays.fill(measured, 1);
    Program step = step(draws);
    Stand stand = known.next().repeated(draws);
    double observed = known.observed();
    for (int row = 0; row < times.length; row++) {
      double gap = times[row] - observed;
      List<Miss> choice = known.after(gap);
      RandomKey own = key.fold(row);
      double[] y = stand.expected().toArray();
      for (int draw = 0; draw < draws; draw++) {
        double[] errors = choice.get(own.integer(draw, choice.size())).errors();
        for (int j = 0; j < columns; j++) {
          y[j * draws + draw] += errors[j];
          values[draw][row * columns + j] = unit.out(j, y[j * draws + draw]);
        }
      }
      if (row + 1 < times.length) {
        stand = next(step, stand, y, measured, gap, times[row + 1] - times[row]);
      }
      observed = times[row];
    }
    return values;
  }

  private Stand next(
      Program step, Stand stand, double[] y, double[] measured, double before, double after) {
    int draws = y.length / measured.length;
    List<Tensor> found =
        step.run(
            List.of(
                parameters.flat(),
                stand.states(),
                Tensor.of(Shape.of(measured.length, draws), y),
                Tensor.vector(measured),
                Tensor.vector(before, after)));
    return new Stand(found.get(0), found.get(1));
  }

  /** From the states before a row, and the row, to the states before the next and its values. */
  private Program step(int draws) {
    int columns = unit.names().size();
    int states = reader.cell().states();
    List<Shape> shapes =
        List.of(
            Shape.of(parameters.size()),
            Shape.of(states),
            Shape.of(columns),
            Shape.of(columns),
            Shape.of(2));
    Graph one =
        Graph.trace(
            shapes,
            in ->
                step(new Traced(parameters.structure(), in.get(0)), in.subList(1, shapes.size())));
    return Program.of(Vmap.of(one, List.of(false, true, true, false, false), draws));
  }

  private List<Tracer> step(Traced p, List<Tracer> in) {
    Tracer state = in.get(0);
    Shape flat = Shape.of(1, in.get(1).shape().size());
    Optional<Tracer> measured = Optional.of(in.get(2).reshape(flat));
    Tracer gap = in.get(3).slice(0, 0, 1);
    Rows row = new Rows(gap, in.get(1).reshape(flat), measured, gap);
    Tracer inputs = row.inputs(reader.cell().inputs()).get(0);
    Tracer jumped = reader.cell().apply(p.at("cell"), inputs, state);
    Tracer after = Tracer.where(row.seen().orElseThrow().get(0), jumped, state);
    Drift drift = reader.drift().orElseThrow();
    Tracer next = drift.rule(p.at("drift"), state.shape().size()).apply(after, in.get(3).get(1));
    return List.of(next, output.apply(p.at("output"), next));
  }
}
