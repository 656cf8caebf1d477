package odeum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import odeum.model.ContinuousNormalizingFlow;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.tensor.Structure;
import odeum.tensor.Tensor;
import odeum.train.Adam;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Optimizer;

/**
 * Trains torchdiffeq's continuous normalizing flow on circles and on moons, from one seed after the
 * other, and says how likely held-out points are. A line of JSON per figure and seed. The arguments
 * are the file of inputs, which {@code python -m peers.cnf_quality inputs FILE} writes, the number
 * of steps, the figures with a comma between them, and the seeds.
 */
final class FlowQuality {
  private static final double NOISE = 0.06;
  private static final double RATE = 1e-3;

  private final Inputs inputs;
  private final int steps;

  private FlowQuality(Inputs inputs, int steps) {
    this.inputs = inputs;
    this.steps = steps;
  }

  public static void main(String[] args) throws IOException {
    FlowQuality quality = new FlowQuality(Inputs.read(Path.of(args[0])), Integer.parseInt(args[1]));
    for (String seed : Arrays.asList(args).subList(3, args.length)) {
      for (String figure : List.of(args[2].split(","))) {
        System.out.println(quality.run(figure, Integer.parseInt(seed)));
      }
    }
  }

  /** The points of a figure moved by noise of their own. */
  private static Dataset points(Tensor figure, RandomKey key) {
    double[] points = figure.toArray();
    for (int i = 0; i < points.length; i++) {
      points[i] += NOISE * key.normal(i);
    }
    return Dataset.samples("x", Tensor.of(figure.shape(), points));
  }

  private Parameters start(int seed, Structure structure) {
    Parameters parameters = Parameters.EMPTY;
    for (String name : structure.names()) {
      parameters = parameters.and(name, inputs.tensor("seed" + seed + "." + name));
    }
    return parameters;
  }

  private String run(String figure, int seed) {
    ContinuousNormalizingFlow flow = Flow.flow();
    Parameters start = start(seed, flow.parameters().structure());
    RandomKey key = RandomKey.of(seed);
    Optimizer.State state = Adam.of(RATE).start(start);
    double recent = 0;
    long begin = System.nanoTime();
    double cpu = Side.cpuSeconds();
    Tensor shape = inputs.tensor(figure);
    Compiled compiled = flow.objective().compile(start, points(shape, key));
    for (int step = 0; step < steps; step++) {
      Dataset batch = points(shape, key.fold(step));
      Evaluation e = compiled.at(state.parameters(), batch.all());
      state = state.step(e.gradient());
      recent += step >= steps - 10 ? e.value() / 10 : 0;
      if (step % 100 == 99) {
        System.err.printf(
            Locale.ROOT, "%s, seed %d, step %d: %.3f%n", figure, seed, step + 1, e.value());
      }
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    double used = Side.cpuSeconds() - cpu;
    double[] density =
        flow.with(state.parameters()).logDensity(inputs.tensor("held out " + figure));
    double held = -Arrays.stream(density).average().orElseThrow();
    return String.format(
        Locale.ROOT,
        "{\"figure\": \"%s\", \"seed\": %d, \"steps\": %d, \"training nll\": %.4f,"
            + " \"held-out nll\": %.4f, \"seconds\": %.1f, \"cpu seconds\": %.1f}",
        figure,
        seed,
        steps,
        recent,
        held,
        seconds,
        used);
  }
}
