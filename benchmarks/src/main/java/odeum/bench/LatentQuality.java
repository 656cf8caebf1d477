package odeum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Shape;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Objective;
import odeum.train.Optimizer;

/**
 * How well the latent equation of spirals learns. Arguments: the file of the inputs, how many
 * steps, and the seeds of noise, which are those of the weights in the file. Prints a line of JSON
 * per seed: the bound, the mean of the last ten steps; the root mean square errors to the curves
 * without noise, from the posterior's mean, at the times seen and at as many after them; how long
 * it took.
 */
final class LatentQuality {
  private static final int LAST = 10;

  private final Inputs inputs;
  private final Dataset rows;
  private final Dataset seen;
  private final Dataset later;
  private final int count;

  private LatentQuality(Inputs inputs) {
    this.inputs = inputs;
    rows = LatentSpirals.rows(inputs);
    count = inputs.tensor("times").size();
    Tensor curves = inputs.tensor("curves");
    double[] starts = inputs.tensor("starts").toArray();
    int[] all = IntStream.range(0, starts.length).toArray();
    int[] longer =
        IntStream.of(all).filter(i -> starts[i] + 2 * count <= curves.shape().extent(1)).toArray();
    double step = inputs.tensor("times").at(1);
    double[] grid = IntStream.range(0, 2 * count).mapToDouble(i -> step * i).toArray();
    seen = exact(inputs, all, count, Arrays.copyOf(grid, count));
    later = exact(inputs, longer, 2 * count, grid);
  }

  /** Samples with the curve itself, the rows {@code (count, 2)} from the first one seen. */
  private Dataset exact(Inputs inputs, int[] which, int count, double[] grid) {
    double[] values = new double[which.length * count * 2];
    double[] times = new double[which.length * count];
    for (int n = 0; n < which.length; n++) {
      int kind = (int) inputs.tensor("kinds").at(which[n]);
      int start = (int) inputs.tensor("starts").at(which[n]);
      for (int i = 0; i < count; i++) {
        times[n * count + i] = grid[i];
        for (int j = 0; j < 2; j++) {
          values[(n * count + i) * 2 + j] = inputs.tensor("curves").get(kind, start + i, j);
        }
      }
    }
    return rows.select(which)
        .and("grid", Tensor.of(Shape.of(which.length, count), times))
        .and("exact", Tensor.of(Shape.of(which.length, count, 2), values));
  }

  public static void main(String[] args) throws IOException {
    LatentQuality quality = new LatentQuality(Inputs.read(Path.of(args[0])));
    for (int i = 2; i < args.length; i++) {
      System.out.println(quality.run(Integer.parseInt(args[1]), Long.parseLong(args[i])));
    }
  }

  private String run(int steps, long seed) {
    long begin = System.nanoTime();
    double cpu = Side.cpuSeconds();
    Dataset data = LatentSpirals.MODEL.drawn(rows);
    Parameters start = LatentSpirals.parameters(inputs, "seed" + seed + ".");
    Compiled compiled = LatentSpirals.MODEL.objective().compile(start, data);
    Optimizer.State state = Adam.of(1e-2).start(start);
    double sum = 0;
    for (int i = 1; i <= steps; i++) {
      Batch batch = data.epoch(data.size(), RandomKey.of(seed).fold(i), i).getFirst();
      Evaluation e = compiled.at(state.parameters(), batch);
      state = state.step(e.gradient());
      sum += i > steps - LAST ? -e.value() / LAST : 0;
      if (i % 100 == 0 || i == 10 || i == 50) {
        System.err.printf(Locale.ROOT, "seed %d, step %d: %.1f%n", seed, i, -e.value());
      }
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    double used = Side.cpuSeconds() - cpu;
    Parameters p = state.parameters();
    return String.format(
        Locale.ROOT,
        "{\"seed\": %d, \"steps\": %d, \"bound\": %.2f, \"error seen\": %.4f,"
            + " \"error after\": %.4f, \"seconds\": %.1f, \"cpu seconds\": %.1f}",
        seed,
        steps,
        sum,
        error(p, seen, 0),
        error(p, later, count),
        seconds,
        used);
  }

  /** The root mean square error at the times from this one on. */
  private static double error(Parameters p, Dataset samples, int from) {
    Objective squares =
        (q, s) -> {
          var told = LatentSpirals.MODEL.reconstruction(q, s, s.get("grid"));
          int rows = told.shape().extent(0);
          return told.minus(s.get("exact")).slice(0, from, rows).square().mean();
        };
    return Math.sqrt(squares.compile(p, samples).value(p, samples.all()));
  }
}
