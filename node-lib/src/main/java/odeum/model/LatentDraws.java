package odeum.model;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import odeum.autodiff.Vmap;
import odeum.compile.Program;
import odeum.graph.Graph;
import odeum.graph.Traced;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;

/**
 * Draws of what a latent equation gives.
 *
 * @param net the equation
 * @param parameters its parameters
 * @param start mean and standard deviation of where it starts, shape {@code (2, latent)}
 */
record LatentDraws(LatentNet net, Parameters parameters, Tensor start) {
  /** {@return for each draw its values, row by row} */
  double[][] values(double[] times, double origin, int draws, RandomKey key) {
    if (times.length == 0 || draws < 1) {
      throw new IllegalArgumentException(
          "A prediction needs a time or more and a draw or more, got %s and %s."
              .formatted(times.length, draws));
    }
    if (times[0] < origin) {
      throw new IllegalArgumentException(
          "The equation starts at the first row, %s, but %s lies before it. Take later times, or a longer series."
              .formatted(origin, times[0]));
    }
    boolean atOrigin = times[0] == origin;
    Tensor expected = expected(saved(times, origin), starts(draws, key.fold(0)));
    double[] deviations = deviations();
    RandomKey noise = key.fold(1);
    int columns = net.columns();
    double[][] values = new double[draws][times.length * columns];
    for (int draw = 0; draw < draws; draw++) {
      for (int i = 0; i < times.length; i++) {
        for (int j = 0; j < columns; j++) {
          int at = i * columns + j;
          double mean = expected.get(atOrigin ? i : i + 1, j, draw);
          double drawn = noise.normal((long) draw * times.length * columns + at);
          values[draw][at] = mean + deviations[j] * drawn;
        }
      }
    }
    return values;
  }

  /** The times of the solve, which begins at the start and goes on to some later time. */
  private static double[] saved(double[] times, double origin) {
    DoubleStream later = Arrays.stream(times).map(t -> t - origin).filter(t -> t != 0);
    double[] saved = DoubleStream.concat(DoubleStream.of(0), later).toArray();
    return saved.length > 1 ? saved : new double[] {0, 1};
  }

  private Tensor starts(int draws, RandomKey key) {
    double[] values = new double[net.latent() * draws];
    for (int i = 0; i < values.length; i++) {
      int state = i / draws;
      values[i] = start.get(0, state) + start.get(1, state) * key.normal(i);
    }
    return Tensor.of(Shape.of(net.latent(), draws), values);
  }

  private Tensor expected(double[] times, Tensor starts) {
    Graph one =
        Graph.trace(
            List.of(Shape.of(parameters.size()), Shape.of(net.latent()), Shape.of(times.length)),
            in ->
                List.of(
                    net.expected(
                        new Traced(parameters.structure(), in.get(0)), in.get(1), in.get(2))));
    int draws = starts.shape().extent(1);
    Program program = Program.of(Vmap.of(one, List.of(false, true, false), draws));
    return program.run(List.of(parameters.flat(), starts, Tensor.vector(times))).getFirst();
  }

  private double[] deviations() {
    Graph graph =
        Graph.trace(
            List.of(Shape.of(parameters.size())),
            in -> List.of(net.deviations(new Traced(parameters.structure(), in.getFirst()))));
    return Program.of(graph).run(List.of(parameters.flat())).getFirst().toArray();
  }
}
