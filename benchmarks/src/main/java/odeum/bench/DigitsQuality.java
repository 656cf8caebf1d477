package odeum.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import odeum.model.OdeNet;
import odeum.nn.Parameters;
import odeum.tensor.RandomKey;
import odeum.train.Batch;
import odeum.train.Compiled;
import odeum.train.Dataset;
import odeum.train.Evaluation;
import odeum.train.Optimizer;
import odeum.train.Schedule;
import odeum.train.Sgd;

/**
 * Trains torchdiffeq's ODE-Net on handwritten digits, from one seed after the other, and says how
 * many of the test images it knows. A line of JSON per seed. The arguments are the file of images,
 * the number of epochs and the seeds.
 */
final class DigitsQuality {
  private static final int BATCH = 64;
  private static final int STEPS = DigitsNet.TRAINING / BATCH;

  private final Dataset training;
  private final Dataset test;
  private final int epochs;
  private final OdeNet net = DigitsNet.odeNet();
  private final Compiled compiled;

  private DigitsQuality(Dataset digits, int epochs) {
    this.training = digits.select(IntStream.range(0, DigitsNet.TRAINING).toArray());
    this.test = digits.select(IntStream.range(DigitsNet.TRAINING, digits.size()).toArray());
    this.epochs = epochs;
    this.compiled = net.objective().compile(net.parameters(), training);
  }

  public static void main(String[] args) throws IOException {
    Dataset digits = DigitsNet.read(Path.of(args[0]));
    DigitsQuality quality = new DigitsQuality(digits, Integer.parseInt(args[1]));
    for (String seed : Arrays.asList(args).subList(2, args.length)) {
      System.out.println(quality.run(Integer.parseInt(seed)));
    }
  }

  /** As in the peers' run: the learning rate falls to a tenth at epoch 18, and again at 26. */
  private Optimizer.State start(RandomKey key) {
    int first = Math.ceilDiv(18 * epochs, 30) * STEPS;
    int second = Math.ceilDiv(51 * epochs, 60) * STEPS;
    return Sgd.of(0.1)
        .withMomentum(0.9)
        .withSchedule(Schedule.multistep(0.1, first, second))
        .start(net.start(key));
  }

  private String run(int seed) {
    RandomKey key = RandomKey.of(seed);
    Optimizer.State state = start(key.fold(0));
    double loss = Double.NaN;
    long begin = System.nanoTime();
    for (int epoch = 0; epoch < epochs; epoch++) {
      loss = 0;
      for (Batch batch : training.epoch(BATCH, key.fold(1).fold(epoch))) {
        // The rest, smaller than a batch, is dropped.
        if (batch.size() == BATCH) {
          Evaluation e = compiled.at(state.parameters(), batch);
          state = state.step(e.gradient());
          loss += e.value() / STEPS;
        }
      }
      System.err.printf(Locale.ROOT, "seed %d, epoch %d: loss %.3g%n", seed, epoch + 1, loss);
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    return line(seed, state.parameters(), loss, seconds);
  }

  private String line(int seed, Parameters parameters, double loss, double seconds) {
    OdeNet trained = net.with(parameters);
    double evaluations = Arrays.stream(trained.evaluations(test)).average().orElseThrow();
    return String.format(
        Locale.ROOT,
        "{\"seed\": %d, \"parameters\": %d, \"loss\": %.6g, \"training accuracy\": %.4f,"
            + " \"test accuracy\": %.4f, \"evaluations per image\": %.1f, \"seconds\": %.0f}",
        seed,
        parameters.size(),
        loss,
        trained.accuracy(training),
        trained.accuracy(test),
        evaluations,
        seconds);
  }
}
